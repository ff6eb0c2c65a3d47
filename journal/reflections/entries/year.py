"""A year as a tally sheet: a line for each month, with a place for each day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched
from journal.promises.models import CheckIn

A_YEAR = timedelta(days=366)
KEPT = (CheckIn.Status.KEPT, CheckIn.Status.KEPT_SMALL)
PLACES = 31
WROTE = '<line class="wrote" x1="{0}%" x2="{0}%" y1="13" y2="29"/>'
CHECKED = '<circle cx="{0}%" cy="6" r="3"/>'
KEPT_BELOW = '<line class="kept" x1="{0}%" x2="{0}%" y1="34" y2="39"/>'

# Of the year up to a last day, and of the day before it where no leap day is in between.
OF_A_YEAR: tuple[QueryFactory, ...] = (
    lambda person, day: (
        person.entries.live()
        .filter(written_on__lte=day, written_on__gt=day - A_YEAR)
        .values("written_on")
        .annotate(number=Count("pk"))
    ),
    lambda person, day: (
        person.daily_checks.live()
        .filter(date__lte=day, date__gt=day - A_YEAR, trust__isnull=False)
        .values("date")
    ),
    lambda person, day: (
        person.checkins.live()
        .filter(promise__deleted_at=None)
        .filter(due_on__lte=day, due_on__gt=day - A_YEAR, status__in=KEPT)
        .values("due_on")
        .annotate(number=Count("pk"))
    ),
    lambda person, day: person.entries.live().filter(written_on__lte=day - A_YEAR).values("id")[:1],
)


@dataclass(frozen=True)
class YearMonth:
    """What a month holds, by day: the numbers of entries, of check-ins, and of promises kept."""

    first_day: date
    entries: Counter[date]
    checked: Counter[date]
    kept: Counter[date]
    is_now: bool

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def name(self) -> str:
        return date_format(self.first_day, "F")

    @property
    def written(self) -> int:
        return self.entries.total()

    @property
    def days_checked(self) -> int:
        return len(self.checked)

    @property
    def promises_kept(self) -> int:
        return self.kept.total()

    @cached_property
    def strokes(self) -> SafeString:
        """A stroke for an entry, two for more; a ring for a check-in; honey for what was kept."""
        wrote = format_html_join("", WROTE, _twice(self.entries))
        checked = format_html_join("", CHECKED, _places(self.checked))
        return wrote + checked + format_html_join("", KEPT_BELOW, _places(self.kept))


def _places(days: Iterable[date]) -> Iterable[tuple[str]]:
    return ((f"{(day.day - 0.5) / PLACES * 100:.2f}",) for day in days)


def _twice(entries: Counter[date]) -> Iterable[tuple[str]]:
    for day, number in entries.items():
        for beside in (0,) if number == 1 else (-0.2, 0.2):
            yield (f"{(day.day - 0.5 + beside) / PLACES * 100:.2f}",)


@dataclass(frozen=True)
class Year:
    number: int
    months: list[YearMonth]
    has_earlier: bool
    has_later: bool

    @property
    def entries(self) -> int:
        return sum(month.written for month in self.months)


def is_possible(year: int) -> bool:
    return FIRST_DAY.year <= year <= date.max.year


def build_year(person: User, year: int, today: date) -> Year:
    """One statement, however long the journal is. Months in which nothing was recorded are left
    out before the first and after the last."""
    found = fetch_batched(person, date(year, 12, 31), *OF_A_YEAR)
    written, checked, kept, older = found
    by_day = (_days(written, "written_on"), _days(checked, "date"), _days(kept, "due_on"))
    recorded = {day.month for days in by_day for day in days if day.year == year}
    months = range(min(recorded), max(recorded) + 1) if recorded else ()
    return Year(
        year,
        [_month(date(year, month, 1), by_day, today) for month in months],
        has_earlier=bool(older) or any(day.year < year for day in by_day[0]),
        has_later=year < today.year,
    )


def _days(rows: Iterable[dict[str, Any]], name: str) -> Counter[date]:
    return Counter({date.fromisoformat(row[name]): row.get("number", 1) for row in rows})


def _month(first_day: date, by_day: Iterable[Counter[date]], today: date) -> YearMonth:
    written, checked, kept = (
        Counter({day: number for day, number in days.items() if _is_in(day, first_day)})
        for days in by_day
    )
    return YearMonth(first_day, written, checked, kept, is_now=_is_in(today, first_day))


def _is_in(day: date, first_day: date) -> bool:
    return (day.year, day.month) == (first_day.year, first_day.month)
