"""The list, the steps of the flow, a promise, and its answers day by day."""

from datetime import date, timedelta
from functools import partial
from operator import attrgetter
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

from journal.guide import pause
from journal.guide.autosave_responses import trigger_saved
from journal.guide.responses import leave
from journal.lessons import origin, related, related_views, threads
from journal.people import clock
from journal.people.date_validators import AHEAD, FIRST_DAY
from journal.people.http import SignedInRequest, next_url
from journal.people.pagination import first_page
from journal.promises import (
    experiments,
    history,
    page_queries,
    queries,
    tallies,
    today_query,
    wording,
)
from journal.promises.forms import CheckInForm, LessonAskedFor, LineForm, RenegotiateForm, WeekForm
from journal.promises.history import PromiseHistory
from journal.promises.models import PLENTY, Promise
from journal.promises.steps import FLOW

State = Promise.State
SHOWN = 20  # promises of a list; the rest is drawn when asked for


@require_http_methods(["GET", "POST"])
@login_required
def promises(request: SignedInRequest) -> HttpResponse:
    """A POST adds a line to the list."""
    person, line = request.user, Promise.new_for(request.user)
    form = LineForm(request.POST or None, instance=line, auto_id="line-%s")
    if request.method == "POST" and form.is_valid() and form.insert():
        return redirect(f"{reverse('promises:list')}?more")
    if form.is_bound or "more" in request.GET:  # the field is ready for another
        form.fields["statement"].widget.attrs["autofocus"] = True
    read = today_query.all_promises(person)
    most = len(read) if "all" in request.GET else SHOWN
    found = [record for record in read if not record.promise.is_line]
    lines = [record.promise for record in read if record.promise.is_line]
    by_state: dict[str, list[PromiseHistory]] = {state: [] for state in State.values}
    for record in found:
        by_state[State.COMPLETED if record.is_over else record.promise.state].append(record)
    active, paused = by_state[State.ACTIVE], by_state[State.PAUSED]
    ended = by_state[State.COMPLETED] + by_state[State.RETIRED]
    total = sum((one.tally for one in found if one.promise.finished_at), start=tallies.Tally())
    today = clock.today(person)
    first = history.tally_start(person, today)
    context = {
        "form": form,
        "waiting": [one for one in lines if not one.ended_on],
        "done": sorted(
            (one for one in lines if one.ended_on), key=attrgetter("ended_on"), reverse=True
        ),
        "drafts": [FLOW.draft(record.promise) for record in by_state[State.DRAFT]],
        "active": [(record, renegotiation_form(record)) for record in active[:most]],
        "paused": paused[:most],
        "ended": ended[:most],
        "left": {"ac": len(active) - most, "pa": len(paused) - most, "dn": len(ended) - most},
        "number": len(active),
        "total": total,
        "range": wording.rough_range(total),
        "plenty": len(active) >= PLENTY,
        "first": first,
        "last_28_days": today - timedelta(days=tallies.WINDOW_DAYS - 1),
        "today": today,
    }
    return render(request, "promises/promises.html", context)


@require_POST
@login_required
@transaction.atomic
def unpromised(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """POST do=done or do=let-go; without either, the line waits again. Undo sends nothing."""
    row = get_object_or_404(request.user.promises.lines().select_for_update(), pk=pk)
    verb, undo = request.POST.get("do"), f"#lines {reverse('promises:unpromised', args=[pk])}"
    if verb == "done":
        row.mark_done()
        messages.success(request, _("Done. You did what you told yourself."), extra_tags=undo)
    elif verb == "let-go":
        row.trash()
        messages.success(request, _("Let go. One thing less to carry."), extra_tags=undo)
    else:
        row.put_back()
        messages.success(request, _("Back on your list."), extra_tags="#lines")
    return redirect(f"{reverse('promises:list')}#lines")


def renegotiation_form(record: PromiseHistory) -> dict[str, Any] | None:
    """The form that shrinks a promise, if the list offers it."""
    if not record.offers_renegotiation:
        return None
    form = RenegotiateForm(instance=record.promise, auto_id=f"{record.promise.pk}-%s")
    answered = record.today in record.answers
    return {"form": form, "from_day": record.promise.changes_from(answered=answered)}


def new_promise(request: SignedInRequest) -> Promise:
    """A blank promise, or one from a lesson (`?lesson=`), which fills in its if and its then, or
    from another row (`?from_kind=`, `?from_id=`)."""
    form, lesson = LessonAskedFor(request.GET), None
    if form.is_valid() and form.cleaned_data["lesson"]:
        lesson = get_object_or_404(request.user.lessons.live(), pk=form.cleaned_data["lesson"])
    promise = Promise.new_for(request.user, lesson)
    promise.came_from = origin.came_from(request)
    return promise


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def use_lesson(request: SignedInRequest, pk: UUID, lesson: UUID) -> HttpResponse:
    """Uses a lesson beside a step."""
    row = get_object_or_404(request.user.promises.live().select_for_update(of=("self",)), pk=pk)
    one = get_object_or_404(request.user.lessons.live(), pk=lesson)
    act = partial(threads.use_lesson_for, request.user, one, row)
    return related_views.on_step(FLOW, request, row, act)


@require_GET
@login_required
def promise(request: SignedInRequest, pk: UUID) -> HttpResponse:
    record = today_query.one_promise(request.user, pk)
    if record is None:
        raise Http404
    if record.promise.is_line:
        return redirect(f"{reverse('promises:list')}#line-{pk}")
    if not record.promise.finished_at:
        return redirect(FLOW.resume_address(record.promise))
    answers, notes, revisions, reminders, compared = page_queries.rows_of_page(
        request.user, record.today, record.promise
    )
    context = {
        "record": record,
        "promise": record.promise,
        "threads": threads.links_of(request.user, record.promise),
        "uses": related.uses_at(request.user, pk),
        "days": history.recent_days(record, answers),
        "notes": first_page(notes),
        "revisions": revisions,
        "spare_days": record.promise.spare_days_left(record.today),
        "is_open": record.promise.state in (State.ACTIVE, State.PAUSED),
        "reminder": next(iter(reminders), None),
        "unsure": "unsure" in request.GET,
        **experiments.plan_context(record, compared),
    }
    return render(request, "promises/promise.html", context)


def get_locked_promise(request: SignedInRequest, pk: UUID) -> PromiseHistory:
    """The person's own finished promise with its history; locked for a POST."""
    rows = request.user.promises.finished()
    if request.method == "POST":
        # Concurrent answers to the same promise wait here.
        get_object_or_404(rows.select_for_update(), pk=pk)
    record = history.history_of(rows, request.user, pk)
    if record is None:
        raise Http404
    return record


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def check_in(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The answer of a day, by one tap or by a plain form."""
    record = get_locked_promise(request, pk)
    if request.method == "GET":
        day = parse_day(request.GET.get("due_on"), record)
        return render_check_in(request, record, day, None)
    day = parse_day(request.POST.get("due_on"), record)
    target = f"due-{pk}-{day.isoformat()}"
    in_row = request.htmx.target == target
    form: CheckInForm | None = CheckInForm(request.POST, record=record, auto_id=f"{target}-%s")
    if form and form.is_valid():
        form.save()
        if pause.is_asked(request):
            return pause.page(request, record.promise.get_absolute_url())
        if not in_row:
            messages.success(request, _("Saved."))
            return leave(request, next_url(request, record.promise.get_absolute_url()))
        form = None
    if form and pause.is_asked(request):
        return pause.page_with_words(request, form, None, request.path)
    if in_row:
        row = queries.due_today(reread(request, pk, day), day)
        back = next_url(request, record.promise.get_absolute_url())
        context = {"due": row, "form": form, "saved": not form, "back": back}
        return trigger_saved(render(request, "promises/_row.html", context), is_saved=not form)
    return render_check_in(request, record, day, form)


def render_check_in(
    request: SignedInRequest, record: PromiseHistory, day: date, form: CheckInForm | None
) -> HttpResponse:
    row = queries.due_today(reread(request, record.promise.pk, day), day)
    back = next_url(request, record.promise.get_absolute_url())
    context = {"due": row, "form": form, "back": back}
    return render(request, "promises/check_in.html", context)


def reread(request: SignedInRequest, pk: UUID, day: date) -> PromiseHistory:
    """The promise with its current answer of a day."""
    rows = queries.with_answer_of(request.user.promises.finished(), day)
    return history.history_of(rows, request.user, pk)  # type: ignore[return-value]  # it was read before in this view


def parse_day(text: str | None, record: PromiseHistory) -> date:
    """The requested day; today if it is invalid, because the page has to show some day."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return record.today
    return day if FIRST_DAY <= day <= record.today + AHEAD else record.today


@require_POST
@login_required
@transaction.atomic
def confirm_week(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The person confirms that a week is complete; its shortfall counts as missed from now on."""
    record = get_locked_promise(request, pk)
    form = WeekForm(request.POST, record=record)
    if form.is_valid():
        start: Any = form.cleaned_data["week_start"]
        day = date.fromisoformat(start)
        record.promise.confirm_week(day)
        undo = reverse("promises:undo-week", args=[pk, day])
        messages.success(request, _("Week finished."), extra_tags=undo)
    else:
        messages.info(request, " ".join(map(str, form.errors["week_start"])))
    return redirect(record.promise)


@require_POST
@login_required
@transaction.atomic
def undo_week(request: SignedInRequest, pk: UUID, start: date) -> HttpResponse:
    """Takes a confirmation back, for as long as its days can still be changed."""
    record = get_locked_promise(request, pk)
    if record.promise.reopen_week(start):
        messages.success(request, _("That week is open again."))
    else:
        messages.info(request, _("That week was finished more than 7 days ago, so it stays."))
    return redirect(record.promise)
