"""A person's promises with all that their arithmetic needs, read in one statement.

`with_history` adds each promise's terms, pauses, answers and confirmed weeks as plain values (no
text); `PromiseHistory` turns them into a Plan and computes with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journal.people import clock
from journal.people.models import User
from journal.promises import strip_svg, tallies, wording
from journal.promises.models import (
    EDITABLE_DAYS,
    CheckIn,
    Promise,
    PromisePause,
    PromiseRevision,
    WeekConfirmation,
)
from journal.promises.occurrences import (
    Plan,
    Terms,
    Week,
    can_be_answered,
    chances,
    is_by_week,
    is_due,
    week_of,
    weeks,
)
from journal.promises.schedule_fields import Cadence
from journal.promises.tallies import AHEAD, status_of


def with_history(promises: QuerySet[Promise], since: date) -> QuerySet[Promise]:
    answers = CheckIn.objects.filter(promise=OuterRef("pk"), due_on__gte=since).order_by("due_on")
    json = JSONObject(day="due_on", status="status")
    return with_terms(promises, since).annotate(  # type: ignore[no-redef]  # declared on the model
        answer_rows=ArraySubquery(answers.values(json=json))
    )


def with_terms(promises: QuerySet[Promise], since: date) -> QuerySet[Promise]:
    """Adds terms and pauses, without the answers."""
    mine = {"promise": OuterRef("pk")}
    terms = ("effective_on", "cadence", "weekdays", "times_per_week", "due_on")
    return promises.annotate(  # type: ignore[no-redef]  # declared on the model
        terms_rows=ArraySubquery(
            PromiseRevision.objects.filter(**mine)
            .order_by("effective_on")
            .values(json=JSONObject(**{name: name for name in terms}))
        ),
        pause_rows=ArraySubquery(
            PromisePause.objects.filter(**mine)
            .order_by("from_on")
            .values(json=JSONObject(first="from_on", back="until_on"))
        ),
        confirmed_rows=ArraySubquery(
            WeekConfirmation.objects.filter(**mine, week_start__gte=since).values("week_start")
        ),
    )


def tally_start(person: User, today: date) -> date:
    """The first day of the four calendar weeks that are shown, this week included."""
    return clock.week_start(person, today) - timedelta(weeks=strip_svg.TALLY_WEEKS - 1)


def history_since(person: User, today: date) -> date:
    """A start early enough to hold whole weeks of every promise in the window."""
    return tally_start(person, today) - timedelta(days=6)


@dataclass
class PromiseHistory:
    """A promise, read `with_history`, on one of its owner's days."""

    promise: Promise
    today: date
    first: date  # of the window
    joined_on: date = date.min  # of the owner; nothing of a day before it is open

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.promise)

    @cached_property
    def answers(self) -> Mapping[date, str]:
        rows = self.promise.answer_rows
        return {date.fromisoformat(row["day"]): row["status"] for row in rows}

    @property
    def confirmed(self) -> list[date]:
        return self.promise.confirmed_rows

    @cached_property
    def tally(self) -> tallies.Tally:
        return tallies.tally(self.plan, self.answers, self.confirmed, self.today, self.first)

    @cached_property
    def next_due(self) -> date | None:
        """The next day that still needs an answer; this can be today."""
        waiting_today = self.today not in self.answers and self.is_asked_on(self.today)
        return self.today if waiting_today else self.next_chance(self.today)

    def next_chance(self, after: date) -> date | None:
        """The next day without an answer that has something to answer: never one that is set
        aside, and no day of a week whose target is met."""
        found = (day for day in chances(self.plan, after) if day not in self.answers)
        return next((day for day in found if self.is_asked_on(day)), None)

    @property
    def next_due_text(self) -> str:
        return wording.near(self.next_due, self.today) if self.next_due else ""

    @property
    def tally_text(self) -> SafeString:
        return wording.tally(self.tally)

    @property
    def range_text(self) -> str:
        return wording.rough_range(self.tally)

    @property
    def address(self) -> str:
        return self.promise.get_absolute_url()

    @cached_property
    def strip(self) -> SafeString:
        return strip_svg.draw_strip(self.plan, self.answers, self.first, self.today)

    @property
    def is_over(self) -> bool:
        """Whether an active promise is past its last day: nobody has to end it by hand."""
        ends_on = self.promise.ends_on
        return self.promise.state == Promise.State.ACTIVE and bool(ends_on and ends_on < self.today)

    def week_tally(self, week: Week) -> tallies.Tally:
        confirmed = week.starts_on in self.confirmed
        return tallies.tally_week(week, self.answers, self.today, confirmed=confirmed)

    def mark_on(self, day: date) -> str:
        """The calendar's mark: the answer, the state of a due day, or nothing. A promise that is
        due by the week has answers only."""
        if day in self.answers:
            return self.answers[day]
        if not is_due(self.plan, day):
            return ""
        return AHEAD if day > self.today else status_of(day, self.answers, self.today)

    def is_asked_on(self, day: date) -> bool:
        """Whether the day has something to answer; by the week, until no unit is left."""
        if is_due(self.plan, day) or day in self.answers:
            return can_be_answered(self.plan, day) or day in self.answers
        week = week_of(self.plan, day) if is_by_week(self.plan, day) else None
        return bool(week and self.week_tally(week).open and week.starts_on not in self.confirmed)

    def lacks_answer(self, day: date) -> bool:
        """Whether an answer of this day would fill something that was due: no day of a week whose
        target is met, none from before the person joined."""
        if day in self.answers or day < self.joined_on:
            return False
        week = week_of(self.plan, day) if is_by_week(self.plan, day) else None
        if not week:
            return is_due(self.plan, day)
        amount = self.week_tally(week)
        return bool(amount.open or amount.unrecorded or amount.missed)

    @property
    def early_day(self) -> date | None:
        """The day of a promise for one day, before it comes and while it has no answer."""
        day = self.next_due
        early = self.promise.cadence == Cadence.ONCE and day and day > self.today
        return day if early else None

    def can_be_answered_ahead(self, day: date) -> bool:
        return day in self.answers or day == self.early_day

    def statuses_on(self, day: date) -> list[str]:
        """The answers that a day takes. Before it comes, a promise for one day may be kept early,
        and what was set aside stays so; an answer from before a journey west takes any other."""
        given, every = self.answers.get(day), list(tallies.ANSWERS)
        if day <= self.today or given not in (None, tallies.EXCUSED):
            return every
        once = self.promise.cadence == Cadence.ONCE
        return [one for one in every if one != tallies.MISSED] if once else [tallies.EXCUSED]

    @property
    def days_set_aside_ahead(self) -> list[date]:
        found = self.answers.items()
        return [day for day, status in found if day > self.today and status == tallies.EXCUSED]

    @cached_property
    def offers_renegotiation(self) -> bool:
        """Whether three of the last five due were missed since the last review of the terms."""
        looked_at = self.promise.looked_at_on
        first = max(self.first, looked_at + timedelta(days=1)) if looked_at else self.first
        results = tallies.outcomes(self.plan, self.answers, self.confirmed, self.today, first)
        return self.promise.state == Promise.State.ACTIVE and tallies.offers_renegotiation(results)

    @property
    def recorded_weeks(self) -> list[tuple[Week, str]]:
        """Weeks to confirm, each with its answers so far: "2 of 3 kept"."""
        found = []
        for week in self.weeks_to_confirm:
            amount = self.week_tally(week)
            target = week.target - amount.excused
            text = _("%(kept)s of %(target)s kept") % {"kept": amount.kept, "target": target}
            found.append((week, text))
        return found

    @cached_property
    def weeks_to_confirm(self) -> list[Week]:
        """Weeks that are over and lack answers for some of their units."""
        return [
            week
            for week in weeks(self.plan, self.first, self.today)
            if self.joined_on <= week.ends_on < self.today
            and week.starts_on not in self.confirmed
            and (self.week_tally(week).open or self.week_tally(week).unrecorded)
        ]

    @property
    def paused_on(self) -> date | None:
        """The first day of the current pause."""
        open_pauses = [first for first, back in self.plan.pauses if back is None]
        return open_pauses[-1] if open_pauses else None

    @property
    def ended_text(self) -> str:
        """When and why it ended: "Let go 2 October, the season changed"."""
        promise = self.promise
        if promise.state == Promise.State.RETIRED:
            reason = promise.get_retire_reason_display()
            day = wording.day(promise.ended_on)  # type: ignore[arg-type]  # it ended
            return _("Let go on %(day)s: %(reason)s") % {"day": day, "reason": reason}
        last = promise.ends_on if self.is_over else promise.ended_on
        if last and last > self.today:
            return _("Kept early, for %(day)s") % {"day": wording.day(last)}
        return _("Completed on %(day)s") % {"day": wording.day(last)}  # type: ignore[arg-type]  # it ended

    @property
    def open_days(self) -> list[date]:
        """The days to answer or change, newest first: answered ones to come, today, and the last
        seven days."""
        ahead = [day for day in self.answers if day > self.today]
        early = [self.early_day] if self.early_day else []
        back = (self.today - timedelta(days=n) for n in range(EDITABLE_DAYS + 1))
        found = [day for day in back if self.lacks_answer(day) or day in self.answers]
        return sorted({*ahead, *early}, reverse=True) + found


def history_of(promises: QuerySet[Promise], person: User, pk: Any) -> PromiseHistory | None:
    today = clock.today(person)
    promise = with_history(promises, history_since(person, today)).filter(pk=pk).first()
    return history_on(person, today, promise) if promise else None


def history_on(person: User, today: date, promise: Promise) -> PromiseHistory:
    """The history of a promise that was read `with_history`."""
    return PromiseHistory(promise, today, tally_start(person, today), clock.joined_on(person))


def histories(person: User, promises: QuerySet[Promise]) -> list[PromiseHistory]:
    """Reads all promises in one statement."""
    today = clock.today(person)
    rows = with_history(promises, history_since(person, today))
    return [history_on(person, today, promise) for promise in rows]


def in_force(person: User, first: date, last: date) -> QuerySet[Promise]:
    """Finished promises that were in force on at least one day from `first` to `last`."""
    rows = person.promises.finished().filter(Q(ended_on=None) | Q(ended_on__gte=first))
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lte=last)


def recent_days(
    record: PromiseHistory, answers: Iterable[CheckIn]
) -> list[tuple[date, CheckIn | None]]:
    """The days that can still be answered or changed, newest first, each with its answer."""
    given = {row.due_on: row for row in answers}
    return [(day, given.get(day)) for day in record.open_days]


def plan_of(promise: Promise) -> Plan:
    """The plain values of a promise that was read `with_history`."""
    answered = {row["day"] for row in promise.answer_rows}
    ended_on = promise.ended_on
    return plan_from(
        promise, answered_at_the_end=bool(ended_on and ended_on.isoformat() in answered)
    )


def plan_from(promise: Promise, *, answered_at_the_end: bool) -> Plan:
    """Builds the plan from terms and pauses alone. The day on which the promise ended counts as its
    own if that day had an answer."""
    terms = [_terms(row) for row in promise.terms_rows]
    stopped_on = promise.ended_on
    if stopped_on and answered_at_the_end:
        stopped_on += timedelta(days=1)
    pauses = [(date.fromisoformat(row["first"]), _day(row["back"])) for row in promise.pause_rows]
    return Plan(
        starts_on=promise.starts_on,  # type: ignore[arg-type]  # only a draft has none
        terms=tuple(terms),
        ends_on=promise.ends_on,
        stopped_on=stopped_on,
        pauses=tuple(pauses),
        week_starts_on=promise.week_starts_on,
    )


def _terms(row: dict[str, Any]) -> Terms:
    return Terms(
        effective_on=date.fromisoformat(row["effective_on"]),
        cadence=row["cadence"],
        weekdays=frozenset(row["weekdays"]),
        times_per_week=row["times_per_week"] or 0,
        due_on=_day(row["due_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
