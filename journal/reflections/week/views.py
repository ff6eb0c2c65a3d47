"""The weeks, one week's page, its reflection step by step, and the page to print."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide import flow_views, pause, responses
from journal.guide.steps import AUTOSAVE, CHECK, ENOUGH, LEAVING
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.http import SignedInRequest
from journal.reflections.week import presenters, queries, snapshot_builder
from journal.reflections.week.forms import NextForm, PageForm
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.steps import FLOW, KNOWN, NEXT, PLAN, PROMISES, steps_of

GONE = (CHECK, "boundaries", "critic", "decisions", "lessons")  # steps of older versions
OTHER_BUTTONS = (*LEAVING, AUTOSAVE, pause.AGAIN)  # of the last step: they finish nothing


def week_of(request: SignedInRequest, start: date) -> WeeklyReflection | None:
    """The reflection on the week that begins on this day; None if the person's weeks begin on
    another day. A future week raises Http404."""
    person = request.user
    if not FIRST_DAY <= start <= clock.today(person):
        raise Http404
    row = WeeklyReflection.for_week(person, start)
    if row._state.adding and clock.week_start(person, start) != start:
        return None
    return row


def own(request: SignedInRequest, start: date) -> WeeklyReflection:
    """The stored row, locked for a change."""
    rows = request.user.weeklyreflections.live().select_for_update()
    return get_object_or_404(rows, week_start=start)


@require_GET
@login_required
def weeks(request: SignedInRequest) -> HttpResponse:
    person, form = request.user, PageForm(request.GET)
    today = clock.today(person)
    before = form.cleaned_data["before"] if form.is_valid() else None
    context = {
        "open": queries.open_week(person, today, queries.near(person, today)),
        "page": queries.build_page(person, before),
        "this_week": clock.week_start(person, today),
        "before": before,
    }
    return render(request, "reflections/week/weeks.html", context)


@require_GET
@login_required
def week(request: SignedInRequest, start: date) -> HttpResponse:
    return _page(request, start, "reflections/week/week.html", "week:detail")


@require_GET
@login_required
def print_week(request: SignedInRequest, start: date) -> HttpResponse:
    return _page(request, start, "reflections/week/print.html", "week:print")


def _page(request: SignedInRequest, start: date, template: str, name: str) -> HttpResponse:
    row = week_of(request, start)
    if row is None:
        return redirect(name, clock.week_start(request.user, start))
    today = clock.today(request.user)
    summary = responses.summary_items(FLOW, row, steps_of(row)) if row.is_started else []
    context = {
        "week": row,
        "shown": row.shown,
        "agreed": presenters.agreed(row) if row.finished_at else [],
        "is_resting": queries.is_resting(row, today),
        "added": row.added if row.is_going_on else 0,
        "summary": summary,
        "is_answered": any(item["answers"] for item in summary) or bool(row.older_answers),
        "is_open": row.is_open_on(today),
        "is_over": row.week_end < today,
        "is_removed": row._state.adding
        and request.user.weeklyreflections.removed_of(start).exists(),
        "resume": FLOW.resume_address(row),
    }
    return render(request, template, context)


@require_GET
@login_required
def done(request: SignedInRequest, start: date) -> HttpResponse:
    """The finished week, and no further question."""
    row = get_object_or_404(request.user.weeklyreflections.live(), week_start=start)
    if not row.finished_at:
        return redirect(row)
    context = {"week": row, "shown": row.shown, "agreed": presenters.agreed(row)}
    return render(request, "reflections/week/done.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def step(request: SignedInRequest, start: date, slug: str) -> HttpResponse:
    """One step. A GET for a closed week redirects to its page; a POST still saves."""
    if request.method == "POST":
        list(request.user.weeklyreflections.of_week(start).select_for_update())
    row = week_of(request, start)
    if row is None:
        here = clock.week_start(request.user, start)
        return redirect("week:step", here, slug, preserve_request=request.method == "POST")
    is_open = row.is_open_on(clock.today(request.user))
    if request.method == "GET" and (row.skipped_at or not is_open):
        return responses.leave(request, row.get_absolute_url())
    if _is_from_before(request, slug) and not row.finished_at:
        row = WeeklyReflection.new(request.user, start)
    if row._state.adding:
        if slug not in (PLAN.slug, ENOUGH):
            if request.method == "POST":  # it was deleted meanwhile
                return responses.closed(request, row, KNOWN.get(slug))
            return redirect(FLOW.address(row, PLAN.slug))
        return flow_views.go(FLOW, request, row, slug)
    if slug == NEXT.slug and request.method == "POST" and _finishes(request):
        return _finish(request, row)
    if slug in GONE or (slug in KNOWN and slug not in [one.slug for one in steps_of(row)]):
        return responses.leave(
            request, row.done_address if row.finished_at else FLOW.resume_address(row)
        )
    return flow_views.go(FLOW, request, row, slug)


def _finishes(request: SignedInRequest) -> bool:
    return request.POST.get("do", "") not in OTHER_BUTTONS


def _finish(request: SignedInRequest, row: WeeklyReflection) -> HttpResponse:
    """One tap ends the week, and a tap that is sent again ends nothing twice: the row is locked."""
    form = NextForm(request.POST, instance=row)
    if row.finished_at:
        if form.is_what_was_chosen():
            return responses.leave(request, row.done_address)
        if not request.POST.get("pick"):
            return responses.closed(request, row, NEXT)
        messages.info(request, _("This week was finished before, in another tab."))
        return responses.leave(request, row.done_address)
    if form.is_valid():
        form.finish()
        return responses.leave(request, row.done_address)
    status = 409 if form.is_out_of_date else 200
    return responses.step(FLOW, request, row, steps_of(row), NEXT, form, status=status)


def _is_from_before(request: SignedInRequest, slug: str) -> bool:
    """Whether a page from before the start of the reflection posted this; it
    may hold the same text."""
    return request.method == "POST" and slug == PLAN.slug and "version" not in request.POST


@require_POST
@login_required
@transaction.atomic
def confirm_promise(request: SignedInRequest, start: date, promise: UUID) -> HttpResponse:
    """Confirms a week of a promise. The button belongs to the step's form, so the view renders the
    step again with everything typed, and stores none of it yet."""
    one = get_object_or_404(request.user.promises.finished().select_for_update(), pk=promise)
    row = own(request, start)
    row.confirm_promise(one, snapshot_builder.weeks_of_promise(request.user, start, one))
    address = FLOW.address(row, PROMISES.slug)
    # Confirming raises the version; the version of the posted page decides if it is out of date.
    data = request.POST.copy()
    if data.get("version") == str(row.version - 1):
        data["version"] = str(row.version)
    form = PROMISES.form(data if "version" in data else None, instance=row, lenient=True)
    form.is_valid()
    steps = steps_of(row)
    one_step = next((step for step in steps if step.slug == PROMISES.slug), PROMISES)
    return responses.step(FLOW, request, row, steps, one_step, form, action=address)


@require_POST
@login_required
@transaction.atomic
def skip(request: SignedInRequest, start: date) -> HttpResponse:
    row = week_of(request, start)
    if row is None or row.finished_at:
        raise Http404
    row.skip()
    undo = reverse("week:take-up", args=[start])
    messages.success(request, _("Week skipped. That’s fine."), extra_tags=undo)
    return redirect("week:list")


@require_POST
@login_required
@transaction.atomic
def take_up(request: SignedInRequest, start: date) -> HttpResponse:
    row = week_of(request, start)
    if row:
        row.take_up()
    return redirect("week:detail", start)


@require_POST
@login_required
@transaction.atomic
def end_rest(request: SignedInRequest, start: date) -> HttpResponse:
    """Lets every promise that rests go on today. Doing it twice changes nothing."""
    own(request, start)
    for promise in request.user.promises.active().select_for_update().order_by("id"):
        promise.resume()
    messages.success(request, _("Your promises go on from today."))
    return redirect("today:today")


@require_POST
@login_required
@transaction.atomic
def delete(request: SignedInRequest, start: date) -> HttpResponse:
    own(request, start).trash()
    undo = reverse("week:restore", args=[start])
    messages.success(request, _("Moved to bin."), extra_tags=undo)
    return redirect("week:list")


@require_POST
@login_required
@transaction.atomic
def restore(request: SignedInRequest, start: date) -> HttpResponse:
    get_object_or_404(request.user.weeklyreflections.removed_of(start)).restore()
    messages.success(request, _("Your week is back."))
    return redirect("week:detail", start)
