"""A year as a tally sheet: a line for each month, with a place for each day."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from journal.languages.lists import beside
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.reflections.entries.day_counts import DayCounts, count_days
from journal.reflections.entries.month_calendar import entries_text, photos_text
from journal.reflections.entries.timeline import Narrowing

PLACES = 31
SATURDAY = 5
WEEKEND = '<rect class="weekend" x="{}%" width="{}%" y="3" height="28"/>'
BASE = '<line class="base" x1="0" x2="{}%" y1="31" y2="31"/>'
WROTE = '<line class="wrote" x1="{0}%" x2="{0}%" y1="14" y2="29"/>'
CHECKED = '<circle cx="{0}%" cy="7" r="3"/>'
SQUARE = '<line class="square" x1="{0}%" x2="{0}%" y1="-4.5" y2="1.5"/>'
KEPT = '<line class="kept" x1="{}%" x2="{}%" y1="36" y2="36"/>'


@dataclass(frozen=True)
class YearMonth:
    first_day: date
    counts: DayCounts
    is_now: bool

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def name(self) -> str:
        return date_format(self.first_day, "F")

    @property
    def count_text(self) -> str:
        if not self.counts.number:
            return _("No entries")
        parts = [entries_text(self.counts.number)]
        if self.photos:
            parts.append(photos_text(self.photos).replace(" ", "\u00a0"))  # breaks at the comma
        return beside(parts)

    @property
    def photos(self) -> int:
        return self.counts.photos.total()

    @property
    def days_checked(self) -> int:
        return len(self.counts.checked)

    @property
    def promises_kept(self) -> int:
        return self.counts.kept.total()

    @cached_property
    def marks(self) -> SafeString:
        """A stroke for an entry, two for more; a square for photos; a ring for a check-in; a bar
        for what was kept. Plain formatting: a year has hundreds of them, and all are numbers."""
        weekday, days = monthrange(self.first_day.year, self.first_day.month)
        drawn = [
            WEEKEND.format(_place(number, -0.5), _place(1.5))
            for number in range(1, days + 1)
            if (weekday + number - 1) % 7 >= SATURDAY
        ]
        drawn.append(BASE.format(_place(days + 0.5)))
        for day, number in self.counts.entries.items():
            besides = (0.0,) if number == 1 else (-0.2, 0.2)
            drawn += [WROTE.format(_place(day.day, beside)) for beside in besides]
        drawn += [CHECKED.format(_place(day.day)) for day in self.counts.checked]
        drawn += [SQUARE.format(_place(day.day)) for day in self.counts.photos]
        drawn += [
            KEPT.format(_place(day.day, -0.35), _place(day.day, 0.35)) for day in self.counts.kept
        ]
        return mark_safe("".join(drawn))  # noqa: S308 - numbers


@lru_cache(maxsize=256)
def _place(day: float, beside: float = 0) -> str:
    """Where a day is on the line, in percent."""
    return f"{(day - 0.5 + beside) / PLACES * 100:.2f}"


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
        build_month(date(year, month, 1), found, today) for month in _months(found, year, today)
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


def build_month(first_day: date, found: DayCounts, today: date | None = None) -> YearMonth:
    last_day = first_day.replace(day=monthrange(first_day.year, first_day.month)[1])
    is_now = today is not None and first_day <= today <= last_day
    return YearMonth(first_day, found.between(first_day, last_day), is_now)
