"""Check your answers: the last page of a flow, with a Change link for each line."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.guide import pause, responses
from journal.guide.flow import Flow
from journal.guide.models import Guided
from journal.guide.steps import CHECK, ENOUGH, LEAVING, Step, StepForm
from journal.privacy.http import Request

TITLE = gettext_lazy("Check your answers")
TEMPLATE = "guide/check.html"


def answer(flow: Flow, request: Request, row: Guided, steps: Sequence[Step]) -> HttpResponse:
    step = flow.check or plain_check(flow.model)
    if row.step != CHECK:  # not there yet
        return redirect(flow.resume_address(row))
    if request.method != "POST":
        return responses.step(flow, request, row, steps, step, step.form(instance=row))
    button = request.POST.get("do", "")
    form = step.form(request.POST, instance=row, button=button, lenient=button in LEAVING)
    if not form.is_valid() or button == pause.AGAIN:
        if button in pause.BUTTONS:
            return pause.page_with_words(request, form, None, request.get_full_path())
        return responses.step(flow, request, row, steps, step, form)
    if form.is_stale:
        # The person may confirm only what they have read, so the page shows the current row again.
        fresh = step.form(instance=row)
        return responses.step(
            flow, request, row, steps, step, fresh, status=409, changed_elsewhere=True
        )
    form.save_step()
    if button in LEAVING:
        return leave(flow, request, row, steps, button)
    try:
        row.finish()
    except ValidationError as error:
        missing = what_is_missing(flow, row, steps, error)
        fresh = step.form(instance=row)
        return responses.step(flow, request, row, steps, step, fresh, missing=missing)
    if ending := flow.ending(row):
        messages.success(request, ending)
    return responses.leave(request, form.next_step_url or row.get_absolute_url())


def leave(
    flow: Flow, request: Request, row: Guided, steps: Sequence[Step], button: str
) -> HttpResponse:
    if button == "back":
        return redirect(flow.address(row, steps[-1].slug))
    if button in pause.BUTTONS:
        return pause.leave(request, button, flow.address(row, ENOUGH))
    messages.success(request, responses.saved_at(row))
    return responses.leave(request, flow.home())


def plain_check(model: type[Guided]) -> Step:
    form = cast("type[StepForm]", modelform_factory(model, form=StepForm, fields=()))
    return Step(CHECK, TITLE, form, template=TEMPLATE)


def what_is_missing(
    flow: Flow, row: Guided, steps: Sequence[Step], error: ValidationError
) -> list[tuple[str, str]]:
    """The errors that keep the row from being finished, each with the address of its step."""
    by_field = {name: step for step in steps for name in step.fields}
    found: list[tuple[str, str]] = []
    for name, texts in error.message_dict.items():
        step = by_field.get(name)
        if step is None:
            found += [(text, "") for text in texts]
        else:
            address = f"{flow.address(row, step.slug)}?from={CHECK}"
            found.append((_("Still needed: %(question)s") % {"question": step.title}, address))
    return list(dict.fromkeys(found))
