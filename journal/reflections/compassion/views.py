"""The list of hard moments, the start of a new one, its page, and its kind act."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide import responses
from journal.lessons import origin, threads
from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.reflections.compassion import queries, suggestions
from journal.reflections.compassion.forms import PageForm, StartForm
from journal.reflections.compassion.kind_words import KindWords
from journal.reflections.compassion.models import Mark, SelfCompassion
from journal.reflections.compassion.steps import FLOW, steps_of
from journal.reflections.daily import queries as daily


@require_GET
@login_required
def moments(request: SignedInRequest) -> HttpResponse:
    form = PageForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    context = {
        "page": queries.build_page(request.user, asked.get("day"), asked.get("moment")),
        "drafts": queries.drafts(request.user),
        "fitting": suggestions.fitting(request.user),
        "visit": daily.waiting_critic(request.user, clock.today(request.user)),
    }
    return render(request, "reflections/compassion/moments.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def words(request: SignedInRequest) -> HttpResponse:
    """All kind words, what the record holds of each, and the buttons that mark them."""
    if request.method == "POST":
        suggestions.tap(request.user, request.POST.get("do", ""))
        return redirect("compassion:words")
    found = KindWords(request.user)
    context = {"words": found, "eased_more": found.eased_more, "marks": Mark.choices}
    return render(request, "reflections/compassion/words.html", context)


def new_moment(request: SignedInRequest) -> SelfCompassion:
    """A moment in the requested mode (`?mode=`), with its origin (`?from_kind=`, `?from_id=`), or
    with the words of the check-in (`?on=`) that it answers."""
    form = StartForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    row = SelfCompassion.new_for(request.user, asked.get("mode") or SelfCompassion.Mode.BREAK)
    row.came_from = origin.came_from(request)
    row.trigger = request.user.daily_checks.critic_words(asked.get("on"))
    return row


@require_GET
@login_required
def moment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.selfcompassions.live(), pk=pk)
    if not row.finished_at:
        return redirect(FLOW.resume_address(row))
    context = {
        "moment": row,
        "threads": threads.links_of(request.user, row),
        "summary": responses.summary_items(FLOW, row, steps_of(row)),
    }
    return render(request, "reflections/compassion/moment.html", context)


@require_POST
@login_required
@transaction.atomic
def kind_action(request: SignedInRequest, pk: UUID, *, done: bool) -> HttpResponse:
    """Ticks the kind act with one tap, or removes the tick."""
    rows = request.user.selfcompassions.finished().select_for_update()
    row = get_object_or_404(rows, pk=pk)
    row.do_kind_action(done=done)
    if done and row.kind_action:
        undo = reverse("compassion:undo-kind-action", args=[row.pk])
        messages.success(request, _("Done."), extra_tags=undo)
    return redirect(next_url(request, row.get_absolute_url()))
