"""The list, a decision's page, dropping it, later thoughts, related lessons, and the review."""

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

from journal.decisions import queries
from journal.decisions.forms import AddendumForm, LaterForm
from journal.decisions.models import Addendum, Decision
from journal.decisions.review_steps import PROCESS, REVIEW, get_or_new_review
from journal.decisions.steps import FLOW
from journal.guide import flow_views, responses
from journal.guide.edit_views import pausing
from journal.guide.new_row import redirect_to_row
from journal.guide.steps import ENOUGH
from journal.lessons import related, related_views, threads
from journal.lessons.threads import use_lesson_for
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.pagination import PageForm

State = Decision.State


@require_GET
@login_required
def decisions(request: SignedInRequest) -> HttpResponse:
    person, today = request.user, clock.today(request.user)
    form = PageForm(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    rows = [] if before else queries.current(person, today)
    ended, more = queries.ended(person, today, before)
    context = {
        "idle": [FLOW.draft(row.decision) for row in rows if row.decision.is_idle()],
        "due": [row for row in rows if row.is_due],
        "open": [row for row in rows if row.is_open and not row.decision.is_idle()],
        "decided": [row for row in rows if not row.is_open and not row.is_due],
        "reviewed": [row for row in ended if row.decision.state == State.REVIEWED],
        "dropped": [row for row in ended if row.decision.state == State.DROPPED],
        "older": ended[-1].decision.pk if more else None,
        "before": before,
        "past": queries.looked_back_on(person),
    }
    return render(request, "decisions/decisions.html", context)


@require_GET
@login_required
def decision(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.decisions.live().select_related("chosen_option"), pk=pk)
    if not row.is_decided and row.state != State.DROPPED:
        return redirect(FLOW.resume_address(row))
    review = row.reviews.first()
    if review:
        review.decision = row
    context = {
        "decision": row,
        "options": row.options_now(),
        "values": row.values_now(),
        "review": review,
        "summary": responses.summary_items(REVIEW, review, REVIEW.steps_of(review))
        if review and review.is_correctable
        else None,
        "earlier_reviews": list(row.earlier_reviews.all()) if review else [],
        "is_due": row.is_review_due(clock.today(request.user)),
        "addenda": list(row.addenda.live()),
        "threads": threads.links_of(request.user, row),
        "uses": related.uses_at(request.user, row.pk),
    }
    return render(request, "decisions/decision.html", context)


def own(request: SignedInRequest, pk: UUID) -> Decision:
    """The person's own decision; locked for a POST."""
    rows = request.user.decisions.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    return get_object_or_404(rows, pk=pk)


def decided(request: SignedInRequest, pk: UUID) -> Decision:
    row = own(request, pk)
    if not row.is_decided:
        raise Http404
    return row


@require_POST
@login_required
@transaction.atomic
def drop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    row.drop()
    undo = reverse("decisions:take-up", args=[row.pk])
    messages.success(request, _("Dropped. Not deciding is an answer too."), extra_tags=undo)
    return redirect("decisions:list")


@require_POST
@login_required
@transaction.atomic
def take_up(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    row.take_up()
    messages.success(request, _("Reopened where you left it."))
    return redirect(row)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def later(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Puts the review off to another day."""
    row = decided(request, pk)
    if row.state != State.DECIDED:
        messages.info(request, _("You’ve looked back on it already."))
        return redirect(row)
    form = LaterForm(request.user, request.POST or None, decision=row)
    if request.method == "POST" and form.is_valid():
        row.look_back_on(form.cleaned_data["ask_on"])
        messages.success(request, form.said())
        return redirect(row)
    title = row.prediction or row.question
    return render(request, "decisions/later.html", {"form": form, "row": row, "title": title})


# --- later thoughts


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def new_addendum(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Adds, never changes: the same page sent with other words asks to be sent once more."""
    row, template = decided(request, pk), "decisions/addendum.html"
    addendum = Addendum(owner=request.user, decision=row, written_on=clock.today(request.user))
    added = f"{row.get_absolute_url()}#later"
    if moved := redirect_to_row(request, addendum, lambda _stored: added):
        return moved
    form, status = AddendumForm(request.POST or None, instance=addendum), 200
    context = {"form": form, "decision": row, "action": request.get_full_path()}
    paused = pausing(request, form, template, context)
    if paused:
        return paused
    if request.method == "POST" and form.is_valid():
        if form.insert():
            messages.success(request, _("Added, with today’s date."))
            return redirect(added)
        status = 409
    return render(request, template, context, status=status)


@require_POST
@login_required
@transaction.atomic
def delete_addendum(request: SignedInRequest, pk: UUID, addendum: UUID) -> HttpResponse:
    thought = get_object_or_404(decided(request, pk).addenda.live(), pk=addendum)
    thought.trash()
    undo = reverse("decisions:restore-addendum", args=[thought.decision_id, thought.pk])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect(thought.decision)


@require_POST
@login_required
@transaction.atomic
def restore_addendum(request: SignedInRequest, pk: UUID, addendum: UUID) -> HttpResponse:
    thought = get_object_or_404(decided(request, pk).addenda.trashed(), pk=addendum)
    thought.restore()
    messages.success(request, _("Restored."))
    return redirect(thought.decision)


# --- related lessons


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def related_lesson(request: SignedInRequest, pk: UUID, lesson: UUID, *, use: bool) -> HttpResponse:
    """Uses a lesson, or hides it from this decision."""
    row = own(request, pk)
    one = get_object_or_404(request.user.lessons.live(), pk=lesson)
    act = partial(use_lesson_for, request.user, one, row) if use else partial(row.hide, one.pk)
    return related_views.on_step(FLOW, request, row, act)


# --- the review


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def review(request: SignedInRequest, pk: UUID, slug: str) -> HttpResponse:
    """One step of the review; the view only reads the decision itself."""
    row = own(request, pk)
    if not row.is_decided or row.state == State.DROPPED:
        messages.info(request, _("You can look back once you’ve decided."))
        return redirect(row)
    first = request.method == "POST" and slug == PROCESS.slug and "version" not in request.POST
    one = get_or_new_review(row, page_was_new=first)
    if first and one.finished_at:  # the page is from before the review, so it never saw its answers
        posted = request.POST.copy()
        posted["version"] = "0"
        request.POST = posted  # type: ignore[assignment]  # the copy may be changed
    if one._state.adding:
        slug = request.GET.get("step", slug)
        if slug not in (PROCESS.slug, ENOUGH):
            return redirect(REVIEW.address(one, PROCESS.slug))
    return flow_views.go(REVIEW, request, one, slug)
