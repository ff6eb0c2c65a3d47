"""A crossing: what happened, what the person did, the follow-up, and the next script."""

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

from journal.boundaries.forms import CrossingForm, RenewForm, StartForm
from journal.boundaries.models import Crossing
from journal.boundaries.steps import FLOW
from journal.boundaries.telling_views import to_be_said
from journal.boundaries.views import get_active_boundary, own
from journal.guide.edit_views import add, change
from journal.guide.steps import ENOUGH
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.support.links import support_address


def after(request: SignedInRequest, crossing: Crossing, said: str) -> HttpResponse:
    """After a crossing that was not safe to act on, only the support page,
    without even "Saved."."""
    if request.POST.get("do") == ENOUGH:
        return redirect(FLOW.address(crossing.boundary, ENOUGH))
    if crossing.result == Crossing.Result.UNSAFE_TO_ACT:
        return redirect(support_address(request.user))
    messages.success(request, said)
    return redirect(crossing)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def new_crossing(request: SignedInRequest, pk: UUID) -> HttpResponse:
    boundary = get_active_boundary(request, pk)
    asked, today = StartForm(request.GET), clock.today(request.user)
    on = asked.cleaned_data["on"] if asked.is_valid() else None  # the day of a check-in
    row = Crossing(owner=request.user, boundary=boundary, occurred_on=min(on or today, today))
    row.what_happened = request.user.daily_checks.line_words(on)
    kept = add(request, row, CrossingForm, "boundaries/crossing.html", boundary=boundary)
    if isinstance(kept, HttpResponse):
        return kept
    return after(request, kept, _("Saved."))


def one_crossing(
    request: SignedInRequest, pk: UUID, crossing: UUID, *, gone: bool = False
) -> Crossing:
    rows = own(request, pk).crossings
    row = get_object_or_404(rows.trashed() if gone else rows.live(), pk=crossing)
    row.owner = request.user  # as a query that starts from the person does
    return row


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def edit_crossing(request: SignedInRequest, pk: UUID, crossing: UUID) -> HttpResponse:
    row = one_crossing(request, pk, crossing)
    context = {"boundary": row.boundary, "crossing": row}
    found = change(request, row, CrossingForm, "boundaries/crossing.html", **context)
    if isinstance(found, HttpResponse):
        return found
    found.save_step()
    return after(request, row, _("Saved."))


@require_POST
@login_required
@transaction.atomic
def delete_crossing(request: SignedInRequest, pk: UUID, crossing: UUID) -> HttpResponse:
    row = one_crossing(request, pk, crossing)
    row.trash()
    undo = reverse("boundaries:restore-crossing", args=[row.boundary_id, row.pk])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect(row.boundary)


@require_POST
@login_required
@transaction.atomic
def restore_crossing(request: SignedInRequest, pk: UUID, crossing: UUID) -> HttpResponse:
    row = one_crossing(request, pk, crossing, gone=True)
    row.restore()
    messages.success(request, _("Restored."))
    return redirect(row.boundary)


@require_POST
@login_required
@transaction.atomic
def follow_up(request: SignedInRequest, pk: UUID, crossing: UUID, *, done: bool) -> HttpResponse:
    """Ticks the follow-up of a crossing, or removes the tick."""
    row = one_crossing(request, pk, crossing)
    if not row.follow_up:
        raise Http404
    row.follow_up_is_done(done=done)
    if done:
        undo = reverse("boundaries:undo-follow-up", args=[row.boundary_id, row.pk])
        messages.success(request, _("Done."), extra_tags=undo)
    return redirect(row)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def renew(request: SignedInRequest, pk: UUID, crossing: UUID) -> HttpResponse:
    """The next script, with what happened in view. Earlier tellings keep their own words."""
    boundary = to_be_said(request, pk)
    row = get_object_or_404(boundary.crossings.live(), pk=crossing)
    context: dict[str, Any] = {"boundary": boundary, "crossing": row}
    if request.POST.get("do") == "preview":
        form = RenewForm(request.POST, instance=boundary, button="preview", lenient=True)
        form.is_valid()  # writes into the boundary, which this page shows and does not store
        live = request.htmx.target == "live"
        template = "boundaries/_spoken.html" if live else "boundaries/renew.html"
        context |= {"form": form, "row": boundary, "action": request.path}
        return render(request, template, context)
    template = "boundaries/renew.html"
    found = change(request, boundary, RenewForm, template, **context)
    if isinstance(found, HttpResponse):
        return found
    boundary.renew()
    messages.success(request, _("New words saved. Say them when you’re ready."))
    return redirect(boundary)
