"""Past weeks, a page at a time, and the open week for the waiting list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journal.people import clock
from journal.people.models import User
from journal.people.pagination import Page, first_page
from journal.reflections.week import calendar
from journal.reflections.week.models import WeeklyReflection, WeeklyReflectionQuerySet
from journal.reflections.week.steps import FLOW

# Columns for its progress. The snapshot is long, so only the reflection itself loads it.
PLAIN = ("owner", "week_start", "step", "frozen_at", "finished_at", "skipped_at", "deleted_at")


def build_page(person: User, before: date | None) -> Page[WeeklyReflection]:
    weeks = person.weeklyreflections.newest_first().only(*PLAIN, "sentence_of_week")
    if before:
        weeks = weeks.filter(week_start__lt=before)
    return first_page(weeks)


def near(person: User, day: date) -> WeeklyReflectionQuerySet:
    """The reflections on weeks that can be open on a day."""
    return person.weeklyreflections.near(day).only(*PLAIN)


@dataclass(frozen=True)
class Open:
    """The week whose reflection is open, and its progress."""

    row: WeeklyReflection
    number: int = 0  # the number of the next step; 0 before the start
    total: int = 0

    @property
    def address(self) -> str:
        return FLOW.resume_address(self.row) if self.number else self.row.get_absolute_url()


def open_week(person: User, day: date, rows: Iterable[WeeklyReflection]) -> Open | None:
    """None if it is finished or skipped, or the person signed up later. `rows` come from `near`."""
    start = calendar.open_week(person, day)
    row = next((one for one in rows if one.week_start == start), None)
    if row is None:
        if clock.joined_on(person) > calendar.end_of(start):
            return None
        return Open(WeeklyReflection(owner=person, week_start=start))
    if not row.is_going_on:
        return None
    return Open(row, *FLOW.place(row))


def is_resting(row: WeeklyReflection, day: date) -> bool:
    """Whether the rest that this week chose is still to end."""
    if not row.finished_at or row.rests_until is None or row.rests_until <= day:
        return False
    return bool(row.owner.promises.active().filter(pauses__until_on__gt=day).exists())
