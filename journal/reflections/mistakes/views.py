"""The list, a mistake's page, its repair, and putting it at rest."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide import responses
from journal.guide.edit_views import change
from journal.lessons import origin, threads
from journal.lessons import queries as lessons
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.people.pagination import PageForm
from journal.privacy.batched_queries import fetch_batched
from journal.reflections.mistakes import queries
from journal.reflections.mistakes.forms import DayForm, RestForm
from journal.reflections.mistakes.models import Mistake
from journal.reflections.mistakes.steps import FLOW, steps_of


@require_GET
@login_required
def mistakes(request: SignedInRequest) -> HttpResponse:
    person, today = request.user, clock.today(request.user)
    form = PageForm(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    next_ones, due, past = fetch_batched(
        person, today, lessons.next_ones, lessons.coming_back, lessons.past_uses
    )
    context: dict[str, Any] = {
        "page": queries.build_page(person, before),
        "drafts": [] if before else queries.drafts(person),
        "lessons": [] if before else next_ones,
        "todays": lessons.lesson_of_day(due, today),
        "past": next(iter(past), {}),
        "later_page": before is not None,
    }
    return render(request, "reflections/mistakes/mistakes.html", context)


def new_mistake(request: SignedInRequest) -> Mistake:
    """A blank mistake, or one with its origin (`?from_kind=`, `?from_id=`,
    and the day in `?on=`)."""
    form = DayForm(request.GET)
    on = form.cleaned_data["on"] if form.is_valid() else None
    return Mistake.new_for(request.user, on, origin.came_from(request))


@require_GET
@login_required
def mistake(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.mistakes.live(), pk=pk)
    if not row.finished_at:
        return redirect(FLOW.resume_address(row))
    ties = threads.links_of(request.user, row)
    context = {
        "mistake": row,
        "lessons": [tied.row for tied in ties.led_to if isinstance(tied.row, Lesson)],
        "threads": threads.Links(
            came_from=ties.came_from,
            led_to=[tied for tied in ties.led_to if not isinstance(tied.row, Lesson)],
        ),
        "summary": responses.summary_items(FLOW, row, steps_of(row)),
    }
    return render(request, "reflections/mistakes/mistake.html", context)


def own(request: SignedInRequest, pk: UUID) -> Mistake:
    """The person's own finished mistake; locked for a POST."""
    rows = request.user.mistakes.finished()
    if request.method == "POST":
        rows = rows.select_for_update()
    return get_object_or_404(rows, pk=pk)


@require_POST
@login_required
@transaction.atomic
def repair(request: SignedInRequest, pk: UUID, *, done: bool) -> HttpResponse:
    """Ticks the repair, or removes the tick."""
    row = own(request, pk)
    if not row.repair:
        raise Http404
    row.repair_is_done(done=done)
    if done:
        undo = reverse("mistakes:undo-repair", args=[row.pk])
        messages.success(request, _("Done. You’ve put your part right."), extra_tags=undo)
    return redirect(next_url(request, row.get_absolute_url()))


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def rest(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    found = change(request, row, RestForm, "reflections/mistakes/put_at_rest.html")
    if isinstance(found, HttpResponse):
        return found
    row.rest()
    undo = reverse("mistakes:reopen", args=[row.pk])
    messages.success(request, _("Closed. The lesson stays."), extra_tags=undo)
    return redirect(row)


@require_POST
@login_required
@transaction.atomic
def take_up(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Takes it out of rest. Doing it twice changes nothing."""
    row = own(request, pk)
    if row.state == Mistake.State.AT_REST:
        row.take_up()
    messages.success(request, _("Reopened."))
    return redirect(row)
