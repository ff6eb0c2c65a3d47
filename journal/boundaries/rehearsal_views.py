"""A rehearsal: four lines of pushback, one after the other, ended whenever the person wants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.boundaries import pushback
from journal.boundaries.forms import BeginForm, RehearsalForm, TurnForm
from journal.boundaries.models import Boundary, Rehearsal
from journal.boundaries.rehearsals import Talk, earlier
from journal.boundaries.steps import FLOW
from journal.boundaries.telling_views import to_be_said
from journal.guide.edit_views import add, change
from journal.guide.steps import ENOUGH, SUPPORT
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.support.links import support_address

STOP = "stop"
LEAVE = frozenset({STOP, ENOUGH, SUPPORT})


def one_rehearsal(
    request: SignedInRequest, pk: UUID, rehearsal: UUID, *, gone: bool = False
) -> tuple[Boundary, Rehearsal]:
    """Raises Http404 for a private boundary, which nobody rehearses."""
    boundary = to_be_said(request, pk)
    rows = boundary.rehearsals.trashed() if gone else boundary.rehearsals.live()
    return boundary, get_object_or_404(rows, pk=rehearsal)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def new_rehearsal(request: SignedInRequest, pk: UUID) -> HttpResponse:
    boundary = to_be_said(request, pk)
    row = Rehearsal(
        owner=request.user,
        boundary=boundary,
        rehearsed_on=clock.today(request.user),
        pushback=pushback.draw(),
    )
    if request.method == "POST" and not boundary.line_to_say:
        raise Http404
    line_step = f"{FLOW.address(boundary, 'if-pushed')}?from=check"
    context = {"boundary": boundary, "earlier": earlier(boundary), "line_step": line_step}
    kept = add(request, row, BeginForm, "boundaries/rehearse.html", **context)
    return kept if isinstance(kept, HttpResponse) else redirect(kept.address)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def rehearsal(request: SignedInRequest, pk: UUID, rehearsal: UUID) -> HttpResponse:
    boundary, row = one_rehearsal(request, pk, rehearsal)
    if row.is_over:
        return how_it_went(request, boundary, row)
    turn, button = len(row.answers), request.POST.get("do", "")
    form = TurnForm(request.POST or None, initial={"turn": turn, "reply": row.replies[turn]})
    if request.method == "POST" and form.is_valid():
        if button in Rehearsal.Answer.values:
            is_line = button == Rehearsal.Answer.LINE
            words = boundary.line_to_say if is_line else form.cleaned_data["reply"]
            row.take_turn(form.cleaned_data["turn"], button, words)
            return redirect(f"{row.get_absolute_url()}#turn")
        row.keep_words(form.cleaned_data["turn"], form.cleaned_data["reply"])
    if button in LEAVE:
        return leave(request, boundary, row, button)
    context = {"boundary": boundary, "row": row, "talk": Talk(boundary, row), "form": form}
    return render(request, "boundaries/rehearsal.html", context)


def leave(
    request: SignedInRequest, boundary: Boundary, row: Rehearsal, button: str
) -> HttpResponse:
    """Support leaves it open; "Enough for now" and "This is too much right now" end it."""
    if button == SUPPORT:
        return redirect(support_address(request.user))
    row.end()
    return redirect(FLOW.address(boundary, ENOUGH) if button == ENOUGH else row)


def how_it_went(request: SignedInRequest, boundary: Boundary, row: Rehearsal) -> HttpResponse:
    """Asks once, at the end, how it was in the body and how it went; both may be left empty."""
    context: dict[str, Any] = {"boundary": boundary, "rehearsal": row, "talk": Talk(boundary, row)}
    found = change(request, row, RehearsalForm, "boundaries/rehearsed.html", **context)
    if isinstance(found, HttpResponse):
        return found
    found.save_step()
    messages.success(request, _("Saved."))
    return redirect(boundary)


@require_POST
@login_required
@transaction.atomic
def delete_rehearsal(request: SignedInRequest, pk: UUID, rehearsal: UUID) -> HttpResponse:
    boundary, row = one_rehearsal(request, pk, rehearsal)
    row.trash()
    undo = reverse("boundaries:restore-rehearsal", args=[boundary.pk, row.pk])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect(boundary)


@require_POST
@login_required
@transaction.atomic
def restore_rehearsal(request: SignedInRequest, pk: UUID, rehearsal: UUID) -> HttpResponse:
    boundary, row = one_rehearsal(request, pk, rehearsal, gone=True)
    row.restore()
    messages.success(request, _("Restored."))
    return redirect(boundary)
