"""The pages of a flow, whole or only the content of `main`."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from journal.guide.flow import Flow
from journal.guide.models import Guided
from journal.guide.steps import CHECK, Step, StepForm, place_of
from journal.privacy.http import Request


def step(
    flow: Flow,
    request: Request,
    row: Guided,
    steps: Sequence[Step],
    step: Step,
    form: StepForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    in_main = request.htmx.target == "main"
    at, checking = place_of(steps, step.slug), step.slug == CHECK
    shows_row = step.checked and not checking  # the row stays in view next to the question
    label, sentence = row.pinned(step.fields) if shows_row else ("", "")
    answers = summary_items(flow, row, steps) if checking else []
    context = {
        "shell": "guide/_main.html" if in_main else "focus.html",
        "flow": flow,
        "row": row,
        "step": step,
        "form": form,
        "number": at + 1,
        "total": len(steps),
        "strokes": ["done"] * at + ["current"] * (not checking) + [""] * (len(steps) - at - 1),
        "sentence": sentence,
        "sentence_label": label or flow.sentence_label,
        "aside": (step.aside or flow.aside) if shows_row else "",
        "action": request.get_full_path(),
        "autosaves": autosaves(row, step) and not checking,
        "checking": checking,
        "needed": [one for one in answers if is_needed(one)],
        "summary": [one for one in answers if not is_needed(one)],
        "asks_by_label": not checking and ask_by_label(step, form),
        **step.context(row),
        **more,
    }
    if step.live and request.htmx.target == "live":
        return render(request, step.live, context)
    response = render(request, step.template, context, status=status)
    if in_main:
        arrived = request.method == "GET"
        response["HX-Push-Url"] = request.get_full_path() if arrived else "false"
    return response


def ask_by_label(step: Step, form: StepForm) -> bool:
    """Makes the question the label or legend of the step's only field, so that it is asked once."""
    fields = form.visible_fields()
    if len(fields) != 1 or fields[0].widget_type == "checkbox":
        return False
    field = fields[0]
    hints = (escape(step.hint), field.help_text)
    field.label, field.help_text = str(step.title), " ".join(str(hint) for hint in hints if hint)
    return True


def autosaves(row: Guided, step: Step) -> bool:
    """Only a stored draft autosaves. A finished row changes only by its button."""
    return not (row._state.adding or row.finished_at) and step.form.autosaves()


def summary_items(flow: Flow, row: Guided, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """A line of the check page for each step that asks about the row itself."""
    return [
        {
            "step": one,
            "answers": list(one.form.answers(row)),
            "address": f"{flow.address(row, one.slug)}?from={CHECK}",
        }
        for one in steps
        if one.checked
    ]


def is_needed(item: dict[str, Any]) -> bool:
    return item["step"].required and not item["answers"]


def conflict(flow: Flow, request: Request, row: Guided, step: Step, form: StepForm) -> HttpResponse:
    """The row was saved on another device meanwhile: shows both versions to choose from."""
    stored = type(row)._default_manager.get(pk=row.pk)
    address = flow.address(stored, step.slug)
    origin = asked_by(request, flow.steps_of(stored))
    context = {
        "flow": flow,
        "row": stored,
        "mine": list(type(form).answers(form.instance)),
        "theirs": list(type(form).answers(stored)),
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in ("csrfmiddlewaretoken", "id", "version")
            for value in values
        ],
        "address": address,
        "action": f"{address}?from={origin}" if origin else address,
    }
    response = render(request, "guide/conflict.html", context, status=409)
    # The buttons outside `main` belong to a step; this page has no step, so it replaces the body.
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def closed(request: Request, row: Guided, step: Step | None) -> HttpResponse:
    """A step of a row that is finished for good, or gone: leads to its page, unless the form says
    something else than the row, which is then given back with a sentence."""
    data = request.POST.copy()
    data["version"] = str(row.version)
    form = step.form(data, instance=row) if step and request.method == "POST" else None
    sent = [one for one in form.differences() if one.name in data] if form else []
    if not sent:
        return leave(request, row.get_absolute_url())
    response = render(request, "guide/closed.html", {"row": row, "sent": sent}, status=409)
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def removed(flow: Flow, request: Request, rows: Sequence[Guided]) -> HttpResponse:
    removed_rows = [
        {
            "row": row,
            "title": row.sentence or str(flow.name),
            "address": reverse(f"{flow.namespace}:restore", args=[row.pk]),
        }
        for row in rows
    ]
    return render(request, "guide/removed.html", {"flow": flow, "rows": removed_rows})


def saved_at(row: Guided) -> str:
    """ "Saved 14:02", for the message after a row was saved."""
    time = date_format(timezone.localtime(row.updated_at), "H:i")
    return _("Saved %(time)s") % {"time": time}


def leave(request: Request, address: str) -> HttpResponse:
    """Leaves the flow by a full navigation, since HTMX would swap only `main`."""
    if request.htmx:
        return HttpResponseClientRedirect(address)
    return redirect(address)


def asked_by(request: Request, steps: Sequence[Step]) -> str:
    """The page that led to this step and to which it leads back: the check page, or a step."""
    slug = request.GET.get("from", "")
    return slug if slug in (CHECK, *(step.slug for step in steps)) else ""
