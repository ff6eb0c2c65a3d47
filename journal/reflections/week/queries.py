"""Past weeks a page at a time, and whether one waits to be looked back on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journal.people import clock
from journal.people.models import User
from journal.people.pagination import Page, first_page
from journal.reflections.week import calendar
from journal.reflections.week.models import WeeklyReflection, WeeklyReflectionQuerySet
from journal.reflections.week.steps import FLOW

# What tells how far it has come. The frozen week is long, and read only where it goes on.
PLAIN = ("owner", "week_start", "step", "frozen_at", "finished_at", "skipped_at", "deleted_at")


def build_page(person: User, before: date | None) -> Page[WeeklyReflection]:
    weeks = person.weeklyreflections.newest_first().only(*PLAIN, "sentence_of_week")
    if before:
        weeks = weeks.filter(week_start__lt=before)
    return first_page(weeks)


def near(person: User, day: date) -> WeeklyReflectionQuerySet:
    """What may be said already of the week that is open."""
    return person.weeklyreflections.near(day).only(*PLAIN)


@dataclass(frozen=True)
class Open:
    """The week that is open to be looked back on, and how far that has come."""

    row: WeeklyReflection
    number: int = 0  # of the step to carry on with; 0 where it is not started
    total: int = 0

    @property
    def address(self) -> str:
        return FLOW.resume_address(self.row) if self.number else self.row.get_absolute_url()


def open_week(person: User, day: date, rows: Iterable[WeeklyReflection]) -> Open | None:
    """None where it is told or skipped, or the person came after that week. `rows` are `near`."""
    start = calendar.open_week(person, day)
    row = next((one for one in rows if one.week_start == start), None)
    if row is None:
        joined = clock.day_of(person, person.date_joined)
        if joined > calendar.end_of(start):
            return None
        return Open(WeeklyReflection(owner=person, week_start=start))
    if not row.is_going_on:
        return None
    return Open(row, *FLOW.place(row))
