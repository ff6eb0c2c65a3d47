"""Adding and changing rows on a page of their own, outside a flow."""

from copy import copy
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from journal.guide import pause
from journal.guide.new_row import redirect_to_row
from journal.guide.steps import LEAVING, StepForm, differs
from journal.privacy.ownership import OwnedModel


def pausing(
    request: HttpRequest, form: StepForm, template: str, context: dict[str, Any]
) -> HttpResponse | None:
    """The response to "This is too much right now", which carries the typed text along so that the
    person can go back to it. None where another button was pressed."""
    if pause.is_asked(request):
        here = request.get_full_path()
        if form.has_content and pause.words_in(form):
            return pause.page_with_words(request, form, None, here)
        return pause.page(request, here)
    if pause.comes_back(request):
        sent = {
            name: request.POST.getlist(name)
            if isinstance(field, forms.MultipleChoiceField)
            else request.POST[name]
            for name, field in form.fields.items()
            if name in request.POST
        }
        typed = type(form)(initial=sent, instance=form.instance)
        return render(request, template, {**context, "form": typed})
    return None


def add(
    request: HttpRequest, row: Any, form_class: type[StepForm], template: str, **more: Any
) -> Any:
    """The stored row, inserted once even if the form is posted twice, or the page with the form.

    If the same page was posted before with other text, the new page changes the row that it made:
    the row needs an `address` for that, and the template posts to `action`.
    """
    if moved := redirect_to_row(request, row, lambda stored: stored.address):
        return moved
    button = request.POST.get("do", "")
    form = form_class(request.POST or None, instance=row, button=button, lenient=button in LEAVING)
    context = {"form": form, "action": request.get_full_path(), **more}
    paused = pausing(request, form, template, context)
    if paused and not (form.saves_partially and form.has_content and form.is_valid()):
        return paused
    if request.method != "POST" or not form.is_valid():
        return render(request, template, context)
    given = form.given()
    kept: Any = form.save_step()
    if kept is None or kept.deleted_at:
        form.with_a_fresh_id()
        return render(request, template, context, status=409)
    if kept is not row and differs(form_class(instance=kept).stored(), given):
        action = kept.address
        data = request.POST.copy()
        data["version"] = str(kept.version)
        form = form_class(data, instance=kept)
        form.changed_elsewhere(
            _("This was already saved with different words. Save again to use your version.")
        )
        return render(request, template, {**context, "form": form, "action": action}, status=409)
    return kept


def change(
    request: HttpRequest, row: OwnedModel, form_class: Any, template: str, **more: Any
) -> StepForm | HttpResponse:
    """The valid form of a POST, or the page with the form.

    The caller locks the row for a POST. The template reads the stored values from `now`, a copy,
    because the form writes into `row`. 409 where the row changed since the page was rendered.
    """
    now = copy(row)
    form: StepForm = form_class(request.POST or None, instance=row)
    context = {"form": form, "now": now, "action": request.path, **more}
    paused = pausing(request, form, template, context)
    if paused:
        return paused
    if request.method != "POST" or not form.is_valid():
        return render(request, template, context)
    if form.is_stale:
        form.changed_elsewhere(
            _("This was changed somewhere else in the meantime. Check it, then save again.")
        )
        return render(request, template, context, status=409)
    return form
