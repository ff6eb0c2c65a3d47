"""The views of a flow: its steps, drafts and trash. flow_urls.py adds `login_required`."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from journal.guide import check_answers, pause, responses
from journal.guide.flow import Flow
from journal.guide.models import Guided
from journal.guide.new_row import redirect_to_row
from journal.guide.step_view import StepHandler, at_step
from journal.guide.steps import CHECK, ENOUGH, Step, place_of
from journal.privacy.http import Request

REMOVED_SHOWN = 100


def begin(flow: Flow, request: Request, row: Guided) -> HttpResponse:
    """The first steps of a row that is not stored yet (`row` is unsaved, with its owner).

    Optional steps at the start may be left empty without a row; `?step=` names the current one.
    Stored meanwhile, the row shows the answer of that step.
    """
    steps = flow.steps_of(row)
    slug = request.GET.get("step") or steps[0].slug
    if slug == ENOUGH:
        return pause.page(request, at_step(request, ""))
    step = _find(steps, slug)
    first_required = next((i for i, one in enumerate(steps) if one.required), len(steps) - 1)
    if place_of(steps, slug) > first_required:
        return redirect(at_step(request, steps[first_required].slug))
    moved = redirect_to_row(request, row, lambda stored: flow.address_of_answer(stored, slug))
    return moved or StepHandler(flow, request, row, steps, step).answer()


def step(flow: Flow, request: Request, pk: UUID, slug: str) -> HttpResponse:
    """One step of the person's own row; 404 for anyone else's."""
    rows = flow.model._default_manager.live().filter(owner=request.user.pk)
    with transaction.atomic():
        if request.method == "POST":
            rows = rows.select_for_update(of=("self",))
        row = get_object_or_404(rows, pk=pk)
        row.owner = request.user  # which is read already
        return go(flow, request, row, slug)


def go(flow: Flow, request: Request, row: Guided, slug: str) -> HttpResponse:
    """One step of a stored row (locked, for a POST)."""
    steps = flow.steps_of(row)
    if row.finished_at and (slug == CHECK or not flow.is_open(row)):
        sent = next((one for one in steps if one.slug == slug), None)
        return responses.closed(request, row, sent)
    if slug == ENOUGH:
        asked = request.GET.get("at", "")
        known = any(step.slug == asked for step in steps)
        back = flow.address(row, asked) if known else flow.resume_address(row)
        return pause.page(request, back)
    if slug == CHECK:
        return check_answers.answer(flow, request, row, steps)
    step = _find(steps, slug)
    ahead = place_of(steps, slug) > place_of(steps, row.step)
    if ahead and request.method != "POST" and not row.finished_at:
        return redirect(flow.resume_address(row))
    return StepHandler(flow, request, row, steps, step).answer()


def answer_idle(flow: Flow, request: Request, pk: UUID) -> HttpResponse:
    """POST do=keep or do=let-go, for a draft. "let-go" moves it to the trash."""
    rows = flow.model._default_manager.drafts().filter(owner=request.user.pk)
    row = get_object_or_404(rows, pk=pk)
    if request.POST.get("do") == "let-go":
        return _trash(flow, request, row, _("Draft deleted."))
    row.keep_draft()
    return responses.leave(request, flow.resume_address(row))


def remove(flow: Flow, request: Request, pk: UUID) -> HttpResponse:
    """POST: moves a draft or a finished row to the trash and offers an undo."""
    rows = flow.model._default_manager.live().filter(owner=request.user.pk)
    return _trash(flow, request, get_object_or_404(rows, pk=pk), _("Moved to bin."))


def _trash(flow: Flow, request: Request, row: Guided, said: str) -> HttpResponse:
    row.trash()
    messages.success(request, said, extra_tags=reverse(f"{flow.namespace}:restore", args=[row.pk]))
    return responses.leave(request, flow.home())


def restore(flow: Flow, request: Request, pk: UUID) -> HttpResponse:
    row = get_object_or_404(flow.model._default_manager.filter(owner=request.user.pk), pk=pk)
    row.restore()
    messages.success(request, _("Restored."))
    return responses.leave(request, row.get_absolute_url() if row.finished_at else flow.home())


def removed(flow: Flow, request: Request) -> HttpResponse:
    """The trash of this practice: the rows deleted most recently, each with a restore button."""
    rows = flow.model._default_manager.trashed().filter(owner=request.user.pk)
    return responses.removed(flow, request, list(rows.order_by("-deleted_at")[:REMOVED_SHOWN]))


def _find(steps: Sequence[Step], slug: str) -> Step:
    for step in steps:
        if step.slug == slug:
            return step
    raise Http404
