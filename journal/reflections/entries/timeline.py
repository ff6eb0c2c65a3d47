"""The journal by month, newest first, a page at a time, and this day in former years."""

from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.privacy.remembered import Remembered
from journal.reflections.entries.models import Entry, EntryQuerySet
from journal.reflections.entries.topics import Topic

PAGE = 20
YEARS_AGO, MOST_LOOKED_BACK = 50, 3


@dataclass(frozen=True)
class Narrowing:
    """What the journal is narrowed down to; empty parts ask for nothing."""

    month: date | None = None  # its first day
    practice: str = ""
    topic: Topic | None = None

    def __bool__(self) -> bool:
        return bool(self.month or self.practice or self.topic)

    def of(self, entries: EntryQuerySet) -> EntryQuerySet:
        last_day = next_month(self.month) - timedelta(days=1) if self.month else None
        return entries.narrowed(self.month, last_day, self.practice, self.topic)

    @property
    def month_text(self) -> str:
        return f"{self.month:%Y-%m}" if self.month else ""

    @property
    def query(self) -> str:
        """As part of an address."""
        parts = {
            "month": self.month_text,
            "practice": self.practice,
            "topic": str(self.topic.pk) if self.topic else "",
        }
        return urlencode({name: part for name, part in parts.items() if part})


EVERYTHING = Narrowing()


Row = dict[str, Any]  # an entry as the page shows it: plain values, which templates read quickly


@dataclass(frozen=True)
class Month:
    first_day: date
    entries: list[Entry]
    count: int | None  # of the whole month; not asked for where it goes on on another page
    topics: Mapping[UUID, Topic]

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def name(self) -> str:
        return date_format(self.first_day, "F Y")

    @property
    def count_text(self) -> str:
        if self.count is None:
            return ""
        return ngettext("%(n)s entry", "%(n)s entries", self.count) % {"n": self.count}

    @property
    def rows(self) -> Iterator[Row]:
        mark, marked_on = SafeString(), None
        for entry in self.entries:
            if entry.written_on != marked_on:  # many share their day with the one before
                mark, marked_on = entry.day.mark, entry.written_on
            topic = self.topics.get(entry.topic_id) if entry.topic_id else None
            yield {
                "day": mark,
                "address": entry.get_absolute_url(),
                "heading": entry.heading,
                "excerpt": entry.excerpt,
                "time": entry.written_time,
                "practice": entry.practice_name,
                "drawing": entry.drawing,
                "topic": topic.name if topic else "",
            }


@dataclass(frozen=True)
class TimelinePage:
    months: list[Month]
    narrowing: Narrowing
    last: Entry | None  # where the next page begins, if there is one

    @property
    def next_address(self) -> str:
        """The address of the next page, within what this one is narrowed down to."""
        if self.last is None:
            return ""
        place = f"?day={self.last.written_on.isoformat()}&entry={self.last.pk}"
        return f"{place}&{self.narrowing.query}" if self.narrowing else place


def build_page(
    person: User, position: tuple[date, UUID] | None, narrowing: Narrowing = EVERYTHING
) -> TimelinePage:
    """One statement, however long the journal is; one more for topics where rows carry them, and
    one for the number of entries where a month was asked for.
    """
    narrowed = narrowing.of(person.entries.live())
    rows = _page(person, position) if not narrowing else _narrowed(narrowed, position)
    shown = rows[:PAGE]
    labelled = {entry.topic_id for entry in shown if entry.topic_id}
    topics = person.topics.in_bulk(labelled) if labelled else {}
    by_month = groupby(shown, key=lambda entry: entry.written_on.replace(day=1))
    grouped = [(first_day, list(group)) for first_day, group in by_month]
    # The first month may have begun on the page before, the last may go on on the next.
    open_ended = {grouped[0][0]} if grouped and position else set()
    if len(rows) > PAGE:
        open_ended.add(grouped[-1][0])
    months = []
    for first_day, group in grouped:
        count = None if first_day in open_ended else len(group)
        if count is None and narrowing.month:
            count = narrowed.count()
        months.append(Month(first_day, group, count, topics))
    return TimelinePage(months, narrowing, shown[-1] if len(rows) > PAGE else None)


# The whole journal, which is what nearly everyone opens.
_first = Remembered(lambda owner: _of(owner).newest_first()[: PAGE + 1])
_further = Remembered(
    lambda owner, day, entry: _of(owner).newest_first().before(day, entry)[: PAGE + 1]
)
_on_days = Remembered(
    lambda owner, days: _of(owner).on_days(days).newest_first()[:MOST_LOOKED_BACK]
)


def _of(owner: UUID) -> EntryQuerySet:
    return Entry.objects.filter(owner=owner).live()


def _page(person: User, position: tuple[date, UUID] | None) -> list[Entry]:
    if position is None:
        return _first(owner=person.pk)
    day, entry = position
    return _further(owner=person.pk, day=day, entry=entry)


def _narrowed(entries: EntryQuerySet, position: tuple[date, UUID] | None) -> list[Entry]:
    entries = entries.newest_first()
    return list((entries.before(*position) if position else entries)[: PAGE + 1])


def next_month(day: date) -> date:
    """Its first day. After the last month there is comes, near enough, its own last day."""
    if day.year == date.max.year and day.month == 12:
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@dataclass(frozen=True)
class LookingBack:
    title: str
    entries: list[Entry]


def looking_back(person: User, today: date) -> LookingBack | None:
    """Entries of this day in former years, the latest first."""
    days = [day for years in range(1, YEARS_AGO + 1) for day in days_years_ago(today, years)]
    entries = _on_days(owner=person.pk, days=days)
    if not entries:
        return None
    last_year = all(entry.written_on.year == today.year - 1 for entry in entries)
    return LookingBack(_("A year ago today") if last_year else _("On this day"), entries)


def days_years_ago(today: date, years: int) -> list[date]:
    """The same day of that year. The 29 February of a leap year is looked back on the 28th."""
    year = today.year - years
    if year < FIRST_DAY.year:
        return []
    if (today.month, today.day) == (2, 29):
        return [date(year, 2, 29 if isleap(year) else 28)]
    days = [today.replace(year=year)]
    if (today.month, today.day) == (2, 28) and not isleap(today.year) and isleap(year):
        days.append(date(year, 2, 29))
    return days
