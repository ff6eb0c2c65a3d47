"""This is too much right now: what was typed is kept, and the page that follows asks for nothing.

The button is parts/_pause_link.html, on every page where people write. What can be saved is saved.
What cannot (too long, say, or changed on another device meanwhile) is shown on the page that
follows and goes back into the form with "Go back to writing", so that nothing is lost; it is in
that page and nowhere else.
"""

from typing import cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from journal.guide.steps import ENOUGH
from journal.privacy.ownership import OwnedModel

AGAIN = "again"  # what "Go back to writing" sends: the form as it was typed, stored by nobody
NOT_TYPED = {"csrfmiddlewaretoken", "do"}


def is_asked(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == ENOUGH


def comes_back(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == AGAIN


def page(request: HttpRequest, back: str) -> HttpResponse:
    """Everything is saved; `back` is where the person was writing."""
    return render(request, "guide/enough.html", {"back": back})


def page_with_words(
    request: HttpRequest, form: BaseForm, saved: OwnedModel | None, action: str, *more: BaseForm
) -> HttpResponse:
    """Something could not be saved. All that was sent travels along, and goes back to `action`;
    where it belongs to several forms, the rest of them are `more`.

    `saved` is the row as part of it was just saved, so that what comes back is not out of date.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and not (saved and name in ("id", "version"))
        for value in values
    ]
    if saved:
        typed.append(("version", str(saved.version)))
    context = {"action": action, "typed": typed, "shown": words_in(form, *more)}
    response = render(request, "guide/enough.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def words_in(*forms: BaseForm) -> list[tuple[str, str]]:
    """Label and text of what could not be saved; of everything where the row is out of date."""
    fields = [field for form in forms for field in form if not field.is_hidden]
    wrong = [field for field in fields if field.errors] or fields
    values = [(str(field.label), field.value()) for field in wrong]
    return [(label, text) for label, text in values if isinstance(text, str) and text.strip()]


def what_holds(form: BaseForm) -> QueryDict | None:
    """What was posted, with the fields that do not hold put back to what stood there.

    None where that would not help: nothing is wrong, or more than single fields.
    """
    wrong = [name for name in form.errors if name in form.fields]
    if not wrong or len(wrong) < len(form.errors):
        return None
    posted = cast(QueryDict, form.data).copy()
    for name in wrong:
        before = form.get_initial_for_field(form.fields[name], name)
        posted[form.add_prefix(name)] = "" if before is None else before
    return posted
