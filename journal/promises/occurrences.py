"""When a promise is due: arithmetic over plain values, no database, no clock.

A promise is in force from `starts_on` to `ends_on` (both included), until `stopped_on` (excluded),
and not during a pause (first day included, the day of resuming excluded). On each day the terms
with the latest `effective_on` up to that day hold, so a change never rewrites the past.

Every day, chosen weekdays, once: a day in force is due or not. A few times a week: the week is
what is due. Its target is the number promised for each day in force, a seventh each, to the
nearest whole number and at least one; a whole week gives exactly the number promised, and a week
that is cut short by a start, an end, a pause or a change asks for its share. Weeks begin on the
day that was the person's first day of the week when they made the promise, whatever they choose
later, so that no unit moves to another week.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

DAILY, WEEKDAYS, TIMES_PER_WEEK, ONCE = "daily", "weekdays", "times_per_week", "once"
DAY = timedelta(days=1)
FAR = 400  # days that `chances` looks ahead: any weekday recurs within 7, a pause may be long


@dataclass(frozen=True)
class Terms:
    effective_on: date
    cadence: str
    weekdays: frozenset[int] = frozenset()  # Monday is 0
    times_per_week: int = 0
    due_on: date | None = None  # for once


@dataclass(frozen=True)
class Plan:
    starts_on: date
    terms: tuple[Terms, ...]  # in order of effective_on
    ends_on: date | None = None
    stopped_on: date | None = None
    pauses: tuple[tuple[date, date | None], ...] = ()
    week_starts_on: int = 0
    _by_day: dict[date, Terms | None] = field(default_factory=dict, compare=False, repr=False)

    def terms_on(self, day: date) -> Terms | None:
        """The terms that hold on a day; None where the promise is not in force."""
        if day not in self._by_day:
            self._by_day[day] = self._terms_on(day) if self.is_in_force(day) else None
        return self._by_day[day]

    def _terms_on(self, day: date) -> Terms | None:
        holding = None
        for terms in self.terms:
            if terms.effective_on <= day:
                holding = terms
        return holding

    def is_in_force(self, day: date) -> bool:
        if day < self.starts_on or (self.ends_on and day > self.ends_on):
            return False
        if self.stopped_on and day >= self.stopped_on:
            return False
        return not self.is_paused_on(day)

    def is_paused_on(self, day: date) -> bool:
        return any(first <= day and (not back or day < back) for first, back in self.pauses)

    @cached_property
    def is_ever_by_week(self) -> bool:
        return any(terms.cadence == TIMES_PER_WEEK for terms in self.terms)

    def week_start(self, day: date) -> date:
        return day - timedelta(days=(day.weekday() - self.week_starts_on) % 7)


@dataclass(frozen=True)
class Week:
    """A week of a promise that is due so many times a week."""

    starts_on: date
    days: tuple[date, ...]  # the days of the week on which such terms are in force
    target: int

    @property
    def ends_on(self) -> date:
        return self.starts_on + 6 * DAY


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def is_due(plan: Plan, day: date) -> bool:
    """Whether this day itself is due. Never true for a promise by the week: its week is due."""
    terms = plan.terms_on(day)
    if terms is None:
        return False
    if terms.cadence == WEEKDAYS:
        return day.weekday() in terms.weekdays
    if terms.cadence == ONCE:
        return day == terms.due_on
    return terms.cadence == DAILY


def is_by_week(plan: Plan, day: date) -> bool:
    terms = plan.terms_on(day)
    return terms is not None and terms.cadence == TIMES_PER_WEEK


def can_be_answered(plan: Plan, day: date) -> bool:
    return is_due(plan, day) or is_by_week(plan, day)


def due_days(plan: Plan, first: date, last: date) -> list[date]:
    return [day for day in days(first, last) if is_due(plan, day)]


def week_of(plan: Plan, day: date) -> Week | None:
    """The promise's week around a day, if the promise is due by the week in it."""
    if not plan.is_ever_by_week:
        return None
    start = plan.week_start(day)
    shares: dict[date, int] = {}
    for one in days(start, start + 6 * DAY):
        terms = plan.terms_on(one)
        if terms and terms.cadence == TIMES_PER_WEEK:
            shares[one] = terms.times_per_week
    if not shares:
        return None
    return Week(start, tuple(shares), target_of(sum(shares.values())))


def target_of(shares: int) -> int:
    """shares / 7 to the nearest whole number; sevenths are never halfway between two."""
    return max(1, (2 * shares + 7) // 14)


def weeks(plan: Plan, first: date, last: date) -> list[Week]:
    """The weeks of a promise by the week that begin between the two days."""
    start = plan.week_start(first)
    if start < first:
        start += 7 * DAY
    starts = (start + 7 * DAY * n for n in range((last - start).days // 7 + 1))
    return [week for day in starts if (week := week_of(plan, day))]


def ending_weeks(plan: Plan, first: date, last: date) -> list[Week]:
    """The weeks of a promise by the week whose seventh day lies between the two days."""
    return weeks(plan, first - 6 * DAY, last - 6 * DAY)


def chances(plan: Plan, after: date) -> Iterator[date]:
    """The chances after a day: due days, and any day in force of a promise by the week."""
    candidates = days(after + DAY, after + FAR * DAY)
    once = [terms.due_on for terms in plan.terms if terms.due_on and terms.due_on > after]
    return (day for day in chain(candidates, sorted(once)) if can_be_answered(plan, day))
