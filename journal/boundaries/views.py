"""The list, a boundary's page, its reviews, and retiring it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.boundaries import queries
from journal.boundaries.areas import look_around
from journal.boundaries.forms import FeelingForm, RetireForm, ReviewForm, StartForm
from journal.boundaries.models import AreaFeeling, Boundary
from journal.boundaries.queries import Held
from journal.boundaries.rehearsals import earlier
from journal.boundaries.steps import FLOW, steps_of
from journal.guide import responses
from journal.guide.edit_views import change
from journal.lessons import related, related_views, threads
from journal.people import clock
from journal.people.areas import Area
from journal.people.http import SignedInRequest

State = Boundary.State


@require_GET
@login_required
def boundaries(request: SignedInRequest) -> HttpResponse:
    rows = queries.boundary_rows(request.user)
    context = {
        "drafts": [FLOW.draft(row.boundary) for row in rows if not row.boundary.finished_at],
        "in_force": [row for row in rows if row.boundary.is_in_force],
        "let_go": [row for row in rows if row.boundary.state == State.RETIRED],
        "around": look_around(request.user, rows, clock.today(request.user)),
    }
    return render(request, "boundaries/boundaries.html", context)


def new_boundary(request: SignedInRequest) -> Boundary:
    """An unsaved one, in the area that the address may name (`?area=`)."""
    row, asked = Boundary.new_for(request.user), StartForm(request.GET)
    row.area = asked.cleaned_data["area"] if asked.is_valid() else ""
    return row


@require_POST
@login_required
@transaction.atomic
def feel(request: SignedInRequest, area: str) -> HttpResponse:
    """One tap: how an area feels. The last of two answers counts."""
    form = FeelingForm(request.POST)
    if area not in Area.values or not form.is_valid():
        raise Http404
    AreaFeeling.say(request.user, area, form.cleaned_data["feeling"])
    return redirect(f"{reverse('boundaries:list')}#area-{area}")


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def use_lesson(request: SignedInRequest, pk: UUID, lesson: UUID) -> HttpResponse:
    """Uses a lesson beside a step."""
    row = get_object_or_404(request.user.boundaries.live().select_for_update(of=("self",)), pk=pk)
    one = get_object_or_404(request.user.lessons.live(), pk=lesson)
    act = partial(threads.use_lesson_for, request.user, one, row)
    return related_views.on_step(FLOW, request, row, act)


@require_GET
@login_required
def boundary(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.boundaries.live().select_related("value"), pk=pk)
    if not row.finished_at:
        return redirect(FLOW.resume_address(row))
    crossings = list(row.crossings.live().order_by("occurred_on", "id"))
    ties = threads.links_of_each(request.user, [row, *crossings]).values()
    context = {
        "threads": threads.Links.joined(ties),
        "uses": related.uses_at(request.user, pk, *(one.pk for one in crossings)),
        "boundary": row,
        "tellings": list(row.tellings.live().order_by("told_on", "id")),
        "crossings": crossings,
        "rehearsals": [] if row.is_private else list(earlier(row)),
        "held": Held.from_results([crossing.result for crossing in crossings]),
        "summary": responses.summary_items(FLOW, row, steps_of(row)),
    }
    return render(request, "boundaries/boundary.html", context)


def own(request: SignedInRequest, pk: UUID) -> Boundary:
    """The person's own finished boundary; locked for a POST."""
    rows = request.user.boundaries.finished()
    if request.method == "POST":
        rows = rows.select_for_update()
    return get_object_or_404(rows, pk=pk)


def get_active_boundary(request: SignedInRequest, pk: UUID) -> Boundary:
    """A boundary that can still be told, crossed or reviewed. A retired one raises Http404."""
    row = own(request, pk)
    if not row.is_in_force:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Keeps it, changes it, or retires it."""
    row = get_active_boundary(request, pk)
    if request.POST.get("do") == "change":
        row.look_again()
        messages.success(
            request, _("Change anything that no longer fits, then choose “Keep it in place”.")
        )
        return redirect(f"{row.get_absolute_url()}#change")
    found = change(request, row, ReviewForm, "boundaries/review.html", boundary=row)
    if isinstance(found, HttpResponse):
        return found
    row.keep_in_force(found.cleaned_data["review_on"])
    messages.success(request, _("Boundary kept."))
    return redirect(row)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def retire(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_active_boundary(request, pk)
    found = change(request, row, RetireForm, "boundaries/retire.html", boundary=row)
    if isinstance(found, HttpResponse):
        return found
    row.retire(found.cleaned_data["retire_reason"])
    undo = reverse("boundaries:take-up", args=[row.pk])
    messages.success(request, _("Boundary archived."), extra_tags=undo)
    return redirect("boundaries:list")


@require_POST
@login_required
@transaction.atomic
def take_up(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Puts a retired boundary back in force. Doing it twice changes nothing."""
    row = own(request, pk)
    if row.state == State.RETIRED:
        row.keep_in_force()
    messages.success(request, _("Back in place."))
    return redirect(row)
