"""A month as a table of days, each with its tally: the way through the journal by date."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.languages import lists
from journal.people.models import User
from journal.reflections.entries.day_counts import DayCounts, count_days
from journal.reflections.entries.timeline import Narrowing, next_month

FIVE = 5  # the fifth stroke crosses the other four
STROKE = '<line class="wrote" x1="{0}" x2="{0}" y1="2" y2="13"/>'
CROSS = '<line class="wrote" x1="{}" x2="{}" y1="11" y2="4"/>'
RING = '<circle cx="{}" cy="7.5" r="3"/>'
SQUARE = '<line class="square" x1="{0}" x2="{0}" y1="4.5" y2="10.5"/>'
BAR = SafeString('<line class="kept" x1="12" x2="28" y1="17.5" y2="17.5"/>')
NUMBER = (
    '<span{}>{}</span><svg viewBox="0 0 40 19" aria-hidden="true">{}</svg>'
    '<span class="visually-hidden"> {}</span>'
)


@dataclass(frozen=True)
class CalendarDay:
    date: date
    entries: int
    photos: int
    checked: bool
    kept: int
    is_today: bool
    is_current: bool
    month_name: str
    labels: str = ""  # of the page, for the address of the day

    @property
    def drawing(self) -> SafeString:
        """The day as a link to its entries; in Python, since a month has up to 31 of them."""
        today = SafeString(' class="today"' if self.is_today else "")
        number = format_html(NUMBER, today, self.date.day, self.marks, self.said)
        if not self.entries:
            return format_html("<span>{}</span>", number)
        query = f"day={self.date.isoformat()}" + (f"&{self.labels}" if self.labels else "")
        current = SafeString(' aria-current="date"' if self.is_current else "")
        return format_html('<a href="?{}"{}>{}</a>', query, current, number)

    @property
    def marks(self) -> SafeString:
        return _marks(min(self.entries, FIVE), bool(self.photos), self.checked, bool(self.kept))

    @property
    def said(self) -> str:
        """What the marks show, for a screen reader."""
        parts = [self.month_name]
        if self.is_today:
            parts.append(_("today"))
        if self.entries:
            parts.append(entries_text(self.entries))
        if self.photos:
            parts.append(photos_text(self.photos))
        if self.checked:
            parts.append(_("checked in"))
        if self.kept:
            parts.append(kept_text(self.kept))
        return lists.beside(parts)


@lru_cache
def _marks(entries: int, photos: bool, checked: bool, kept: bool) -> SafeString:
    strokes = min(entries, FIVE - 1)
    left = 20 - 2.5 * (strokes - 1) - (4.5 * (checked + photos) if strokes else 0)
    drawn = format_html_join("", STROKE, ((left + 5 * number,) for number in range(strokes)))
    beside = left + 5 * strokes + 3 if strokes else 20  # the first mark after the strokes
    ring = format_html(RING, beside)
    square = format_html(SQUARE, beside + 8 if checked else beside)
    cross = format_html(CROSS, left - 4, left + 19)
    marks = (cross, entries == FIVE), (ring, checked), (square, photos), (BAR, kept)
    return drawn + format_html_join("", "{}", ((mark,) for mark, is_there in marks if is_there))


def entries_text(number: int) -> str:
    return ngettext("%(n)s entry", "%(n)s entries", number) % {"n": number}


def photos_text(number: int) -> str:
    return ngettext("%(n)s photo", "%(n)s photos", number) % {"n": number}


def kept_text(number: int) -> str:
    return ngettext("%(n)s promise kept", "%(n)s promises kept", number) % {"n": number}


@dataclass(frozen=True)
class MonthCalendar:
    first_day: date
    weeks: list[list[CalendarDay | None]]
    weekdays: list[tuple[str, str]]  # short and whole
    number: int  # of entries
    previous: date | None  # the month before; None if there is no entry before this month
    next: date | None

    @property
    def month_and_year(self) -> str:
        return date_format(self.first_day, "F Y")

    @property
    def count_text(self) -> str:
        return entries_text(self.number)


def build_month(
    person: User, month: date, today: date, narrowing: Narrowing, current: date | None = None
) -> MonthCalendar:
    """One statement. `current` is the day that the page starts at."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    found = count_days(person, month, last, narrowing)
    month_name, labels = date_format(month, "F"), narrowing.labels.query  # once for all days
    days = [
        _day(month.replace(day=number), found, today, current, month_name, labels)
        for number in range(1, last.day + 1)
    ]
    cells = [None] * ((month.weekday() - person.week_starts_on) % 7) + days
    cells += [None] * (-len(cells) % 7)
    weekdays = [(person.week_starts_on + number) % 7 for number in range(7)]
    return MonthCalendar(
        month,
        [cells[start : start + 7] for start in range(0, len(cells), 7)],
        [(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in weekdays],
        found.number,
        (month - timedelta(days=1)).replace(day=1) if found.before else None,
        next_month(month) if found.after or month < today.replace(day=1) else None,
    )


def _day(
    day: date, found: DayCounts, today: date, current: date | None, month_name: str, labels: str
) -> CalendarDay:
    return CalendarDay(
        day,
        found.entries[day],
        found.photos[day],
        day in found.checked,
        found.kept[day],
        is_today=day == today,
        is_current=day == current,
        month_name=month_name,
        labels=labels,
    )
