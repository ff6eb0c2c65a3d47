"""A telling: to whom, when, how, and the reply; with the words at that time."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.boundaries.forms import TellingForm
from journal.boundaries.models import Boundary, Telling
from journal.boundaries.views import get_active_boundary, own
from journal.guide.edit_views import add, change
from journal.people import clock
from journal.people.http import SignedInRequest


def to_be_said(request: SignedInRequest, pk: UUID) -> Boundary:
    """Raises Http404 for a private boundary, which is never said."""
    boundary = get_active_boundary(request, pk)
    if boundary.is_private:
        raise Http404
    return boundary


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def tell(request: SignedInRequest, pk: UUID) -> HttpResponse:
    boundary = to_be_said(request, pk)
    row = Telling(
        owner=request.user,
        boundary=boundary,
        told_to=boundary.person_label,
        told_on=clock.today(request.user),
        channel=boundary.tell_channel,
        script_snapshot="\n".join(boundary.spoken),
    )
    kept = add(request, row, TellingForm, "boundaries/tell.html", boundary=boundary)
    if isinstance(kept, HttpResponse):
        return kept
    if kept is row:
        boundary.tell(row.told_to)
        messages.success(request, _("Saved. You said it."))
    return redirect(boundary)


def one_telling(
    request: SignedInRequest, pk: UUID, telling: UUID, *, gone: bool = False
) -> Telling:
    rows = own(request, pk).tellings
    return get_object_or_404(rows.trashed() if gone else rows.live(), pk=telling)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def edit_telling(request: SignedInRequest, pk: UUID, telling: UUID) -> HttpResponse:
    row = one_telling(request, pk, telling)
    context = {"boundary": row.boundary, "telling": row}
    found = change(request, row, TellingForm, "boundaries/tell.html", **context)
    if isinstance(found, HttpResponse):
        return found
    found.save_step()
    messages.success(request, _("Saved."))
    return redirect(row.boundary)


@require_POST
@login_required
@transaction.atomic
def delete_telling(request: SignedInRequest, pk: UUID, telling: UUID) -> HttpResponse:
    row = one_telling(request, pk, telling)
    row.trash()
    if not row.boundary.tellings.live().exists():
        row.boundary.untell()
    messages.success(
        request,
        _("Removed."),
        extra_tags=reverse("boundaries:restore-telling", args=[row.boundary_id, row.pk]),
    )
    return redirect(row.boundary)


@require_POST
@login_required
@transaction.atomic
def restore_telling(request: SignedInRequest, pk: UUID, telling: UUID) -> HttpResponse:
    row = one_telling(request, pk, telling, gone=True)
    row.restore()
    if row.boundary.communication == Boundary.Communication.PLANNED:
        row.boundary.tell(row.told_to)
    messages.success(request, _("Restored."))
    return redirect(row.boundary)
