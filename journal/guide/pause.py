"""The buttons "This is too much right now" and "Support": the app keeps the typed text and asks for
nothing more.

The first is parts/_pause_link.html, under Continue where people write about hard things; the second
is in the header of every guided page. The view saves what it can, then opens the page "That is
enough for now" or the one with numbers to call. Where not everything could be saved, the next page
shows the rest (too long, say, or changed on another device) and posts it back into the form with
"Go back to writing". Only that page holds it; nothing stores it.
"""

from typing import cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from journal.guide import responses
from journal.guide.steps import ENOUGH, SUPPORT
from journal.privacy import form_account
from journal.privacy.http import Request
from journal.privacy.ownership import OwnedModel
from journal.support.links import support_address

BUTTONS = frozenset({ENOUGH, SUPPORT})
AGAIN = "again"  # the value of "Go back to writing", which posts the typed form; nothing is stored
NOT_TYPED = {"csrfmiddlewaretoken", form_account.FIELD, "do"}


def is_asked(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") in BUTTONS


def comes_back(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == AGAIN


def leave(request: Request, button: str, enough: str) -> HttpResponse:
    """Where one of the two buttons leads when everything is saved; `enough` is the address of the
    page "That is enough for now"."""
    return responses.leave(request, support_address(request.user) if button == SUPPORT else enough)


def page(request: HttpRequest, back: str) -> HttpResponse:
    """The page when everything is saved; `back` is the address of the form."""
    if request.POST.get("do") == SUPPORT:
        return redirect(support_address(request.user))
    return render(request, "guide/enough.html", {"back": back})


def page_with_words(
    request: HttpRequest, form: BaseForm, saved: OwnedModel | None, action: str, *more: BaseForm
) -> HttpResponse:
    """The page when something could not be saved. It carries all posted values and posts them back
    to `action`; `more` are the other forms on the page.

    `saved` is the row if part of it was just saved: the page then carries its new version.
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
    """Label and text of each field with an error; of all fields where the row is out of date."""
    fields = [field for form in forms for field in form if not field.is_hidden]
    wrong = [field for field in fields if field.errors] or fields
    values = [(str(field.label), field.value()) for field in wrong]
    return [(label, text) for label, text in values if isinstance(text, str) and text.strip()]


def what_holds(form: BaseForm) -> QueryDict | None:
    """The posted data, with the initial value in place of each invalid one.

    None where that would not help: no field has an error, or the form as a whole has one.
    """
    wrong = [name for name in form.errors if name in form.fields]
    if not wrong or len(wrong) < len(form.errors):
        return None
    posted = cast(QueryDict, form.data).copy()
    for name in wrong:
        before = form.get_initial_for_field(form.fields[name], name)
        posted[form.add_prefix(name)] = "" if before is None else before
    return posted
