"""A year as a tally sheet: a line for each month, with a place for each day."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.reflections.entries.day_counts import DayCounts, count_days
from journal.reflections.entries.month_calendar import entries_text
from journal.reflections.entries.timeline import Narrowing

PLACES = 31
SATURDAY = 5
WEEKEND = '<rect class="weekend" x="{}%" width="{}%" y="3" height="28"/>'
BASE = '<line class="base" x1="0" x2="{}%" y1="31" y2="31"/>'
WROTE = '<line class="wrote" x1="{0}%" x2="{0}%" y1="14" y2="29"/>'
CHECKED = '<circle cx="{0}%" cy="7" r="3"/>'
KEPT = '<line class="kept" x1="{}%" x2="{}%" y1="36" y2="36"/>'


@dataclass(frozen=True)
class YearMonth:
    first_day: date
    found: DayCounts
    is_now: bool

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def name(self) -> str:
        return date_format(self.first_day, "F")

    @property
    def count_text(self) -> str:
        return entries_text(self.found.number) if self.found.number else _("No entries")

    @property
    def days_checked(self) -> int:
        return len(self.found.checked)

    @property
    def promises_kept(self) -> int:
        return self.found.kept.total()

    @cached_property
    def marks(self) -> SafeString:
        """A stroke for an entry, two for more; a ring for a check-in; a bar for what was kept."""
        days = monthrange(self.first_day.year, self.first_day.month)[1]
        all_days = [self.first_day.replace(day=number) for number in range(1, days + 1)]
        weekends = [day for day in all_days if day.weekday() >= SATURDAY]
        ground = format_html_join(
            "", WEEKEND, ((_place(day, -0.5), _percent(1)) for day in weekends)
        )
        base = format_html(BASE, _percent(days))
        wrote = format_html_join("", WROTE, self._strokes())
        checked = format_html_join("", CHECKED, ((_place(day),) for day in self.found.checked))
        kept = ((_place(day, -0.35), _place(day, 0.35)) for day in self.found.kept)
        return ground + base + wrote + checked + format_html_join("", KEPT, kept)

    def _strokes(self) -> Iterable[tuple[str]]:
        for day, number in self.found.entries.items():
            for beside in (0,) if number == 1 else (-0.2, 0.2):
                yield (_place(day, beside),)


def _place(day: date, beside: float = 0) -> str:
    return _percent(day.day - 0.5 + beside)


def _percent(days: float) -> str:
    return f"{days / PLACES * 100:.2f}"


@dataclass(frozen=True)
class Year:
    number: int
    months: list[YearMonth]
    entries: int
    earlier: int | None  # the last year before it with an entry
    later: int | None  # the first one after it, or this year


def is_possible(year: int) -> bool:
    return FIRST_DAY.year <= year <= date.max.year


def build_year(person: User, year: int, today: date, narrowing: Narrowing) -> Year:
    """One statement, however long the journal is. Months before the first entry are left out, and
    those that have not come."""
    found = count_days(person, date(year, 1, 1), date(year, 12, 31), narrowing)
    months = [
        YearMonth(date(year, month, 1), found.of(year, month), (year, month) == _month_of(today))
        for month in _months(found, year, today)
    ]
    later = found.after.year if found.after else today.year if year < today.year else None
    earlier = found.before.year if found.before else None
    return Year(year, months, found.number, earlier, later)


def _months(found: DayCounts, year: int, today: date) -> Iterable[int]:
    recorded = {day.month for day in found.days}
    if not recorded:
        return ()
    first = 1 if found.before else min(recorded)
    if year < today.year or found.after:
        return range(first, 13)
    return range(first, max(*recorded, today.month if year == today.year else 1) + 1)


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month
