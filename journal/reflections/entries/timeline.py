"""The journal by month, newest first, a page at a time, and this day in earlier years."""

from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.languages.lists import beside
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.reflections.entries import star
from journal.reflections.entries.models import Entry, EntryQuerySet
from journal.reflections.entries.models.tag import Tag, stored_tags
from journal.reflections.practices import Practice

PAGE = 20
YEARS_AGO, MOST_LOOKED_BACK = 50, 3


@dataclass(frozen=True)
class Narrowing:
    """The filters of the journal; empty ones do not filter."""

    month: date | None = None  # its first day
    practice: str = ""
    tag: Tag | None = None
    unsorted: bool = False  # only quick notes that wait to be sorted
    favourite: bool = False
    has_photos: bool = False

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def is_to_sort(self) -> bool:
        """Whether it is the list of notes to sort, without another label."""
        return self.labels == Narrowing(unsorted=True)

    @property
    def is_favourites(self) -> bool:
        """Whether it is the page of favourites, without another label."""
        return self.labels == Narrowing(favourite=True)

    @property
    def is_photos(self) -> bool:
        """Whether it is the page of entries with photos, without another label."""
        return self.labels == Narrowing(has_photos=True)

    @property
    def is_single(self) -> bool:
        """Whether a chip of its own offers it."""
        return self.is_to_sort or self.is_favourites or self.is_photos

    @property
    def name(self) -> str:
        """What the labels are called."""
        named = (
            (Practice(self.practice).label if self.practice else ""),
            (self.tag.name if self.tag else ""),
            (_("With photos") if self.has_photos else ""),
            (_("Favourites") if self.favourite else ""),
            (_("Notes to sort") if self.unsorted else ""),
        )
        return beside(one for one in named if one) or _("All")

    @property
    def month_name(self) -> str:
        return date_format(self.month, "F Y") if self.month else ""

    @property
    def labels(self) -> "Narrowing":
        """The filters of the calendar, which shows the days of every month."""
        return replace(self, month=None)

    @property
    def fields(self) -> dict[str, str | bool]:
        """The filters that are fields of an entry."""
        return {name: getattr(self, name) for name in ("practice", "unsorted", "favourite")}

    def apply(self, entries: EntryQuerySet) -> EntryQuerySet:
        last_day = next_month(self.month) - timedelta(days=1) if self.month else None
        rows = entries.narrowed(self.month, last_day, entry_tags__tag=self.tag, **self.fields)
        return with_photos(rows) if self.has_photos else rows

    @property
    def month_text(self) -> str:
        return f"{self.month:%Y-%m}" if self.month else ""

    @property
    def address(self) -> str:
        """This page with the filters."""
        return f"?{self.query}" if self.query else "./"

    def choices(self, *, has_to_sort: bool = False) -> list["Narrowing"]:
        """What a page offers to show: without labels, one label, and these filters."""
        plain = Narrowing(month=self.month)
        offered = [plain, replace(plain, has_photos=True), replace(plain, favourite=True)]
        if has_to_sort:
            offered.append(replace(plain, unsorted=True))
        return offered if self in offered else [*offered, self]

    @property
    def values(self) -> dict[str, str]:
        """The filters as fields of a form."""
        parts = {
            "month": self.month_text,
            "practice": self.practice,
            "tag": str(self.tag.pk) if self.tag else "",
            "unsorted": "1" if self.unsorted else "",
            "favourite": "1" if self.favourite else "",
            "photos": "1" if self.has_photos else "",
        }
        return {name: part for name, part in parts.items() if part}

    @property
    def query(self) -> str:
        return urlencode(self.values)


EVERYTHING = Narrowing()


# The day that the page starts at and, on a later page, the last entry of the page before.
Position = tuple[date, UUID | None]
Row = dict[str, Any]  # an entry as plain values, which templates read quickly


@dataclass(frozen=True)
class Month:
    first_day: date
    entries: list[Entry]
    count: int | None  # None if the month continues on another page
    photos: Mapping[UUID, list[Photo]]  # by their entry

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
            is_again = entry.written_on == marked_on  # many share their day with the one before
            if not is_again:
                mark, marked_on = entry.day.mark, entry.written_on
            yield {
                "day": mark,
                "again": is_again,
                "pk": entry.pk,
                "address": entry.get_absolute_url(),
                "unsorted": entry.unsorted,
                "star": star.button(entry),
                "name": entry.name,
                "title": entry.title,
                "excerpt": entry.excerpt if entry.title else entry.opening,
                "read_on": "" if entry.title else entry.length_to_read_on,
                "time": entry.written_time,
                "practice": entry.practice_name,
                "drawing": entry.drawing,
                "tags": entry.tags,
                "photos": self.photos.get(entry.pk, ()),
            }


@dataclass(frozen=True)
class TimelinePage:
    months: list[Month]
    narrowing: Narrowing
    last: Entry | None  # the entry before the next page, if there is one

    @property
    def number(self) -> int:
        return sum(len(month.entries) for month in self.months)

    @property
    def next_address(self) -> str:
        """The address of the next page, with the filters of this one."""
        if self.last is None:
            return ""
        place = f"?day={self.last.written_on.isoformat()}&entry={self.last.pk}"
        return f"{place}&{self.narrowing.query}" if self.narrowing else place


def build_page(
    person: User, position: Position | None, narrowing: Narrowing = EVERYTHING
) -> TimelinePage:
    """Two statements, however long the journal is; one more for the tags of its entries."""
    entries = narrowing.apply(person.entries.live()).newest_first()
    rows = list((entries.before(*position) if position else entries)[: PAGE + 1])
    photos = person.photos.of_entries([entry.pk for entry in rows[:PAGE]])
    return _page(person, rows, photos, narrowing, position)


def _page(
    person: User,
    rows: list[Entry],
    photos: Iterable[Photo],
    narrowing: Narrowing,
    position: Position | None,
) -> TimelinePage:
    shown = rows[:PAGE]
    photos_of: dict[UUID, list[Photo]] = {}
    for photo in photos:
        photos_of.setdefault(photo.entry_id, []).append(photo)
    prefetch_related_objects(shown, stored_tags())
    by_month = groupby(shown, key=lambda entry: entry.written_on.replace(day=1))
    grouped = [(first_day, list(group)) for first_day, group in by_month]
    # The first month may start on the page before, the last may continue on the next.
    open_ended = {grouped[0][0]} if grouped and position else set()
    if len(rows) > PAGE:
        open_ended.add(grouped[-1][0])
    months = [
        Month(first_day, group, None if first_day in open_ended else len(group), photos_of)
        for first_day, group in grouped
    ]
    return TimelinePage(months, narrowing, shown[-1] if len(rows) > PAGE else None)


def with_photos(entries: EntryQuerySet) -> EntryQuerySet:
    photos = Photo.objects.live().filter(owner=OuterRef("owner"), entry=OuterRef("pk"))
    return entries.filter(Exists(photos))


def next_month(day: date) -> date:
    """The first day of the next month. For the last month of the calendar, its own last day."""
    if day.year == date.max.year and day.month == 12:
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@dataclass(frozen=True)
class LookingBack:
    title: str
    entries: list[Entry]


FIRST_PAGE: tuple[QueryFactory, ...] = (
    lambda person, _day: person.entries.live().newest_first()[: PAGE + 1],
    lambda person, _day: (
        person.entries.live()
        .without_quiet()
        .filter(in_given("written_on"))
        .newest_first()[:MOST_LOOKED_BACK]
    ),
    lambda person, _day: person.entries.live().to_sort().newest_first().values("id")[:1],
    lambda person, _day: person.photos.of_entries(
        person.entries.live().newest_first().values("id")[:PAGE]
    ),
)


def first_page(person: User, today: date) -> tuple[TimelinePage, LookingBack | None, bool]:
    """The newest entries, those of this day in earlier years, latest first, and whether a note
    waits to be sorted: one statement, and one more for the tags of the entries."""
    days = [day for years in range(1, YEARS_AGO + 1) for day in days_years_ago(today, years)]
    rows, former, to_sort, photos = fetch_batched(person, today, *FIRST_PAGE, given=days)
    page = _page(person, rows, photos, EVERYTHING, None)
    if not former:
        return page, None, bool(to_sort)
    last_year = all(entry.written_on.year == today.year - 1 for entry in former)
    title = _("A year ago today") if last_year else _("On this day")
    return page, LookingBack(title, former), bool(to_sort)


def days_years_ago(today: date, years: int) -> list[date]:
    """The same day in earlier years; the 28th February stands in for the 29th of a leap year."""
    year = today.year - years
    if year < FIRST_DAY.year:
        return []
    if (today.month, today.day) == (2, 29):
        return [date(year, 2, 29 if isleap(year) else 28)]
    days = [today.replace(year=year)]
    if (today.month, today.day) == (2, 28) and not isleap(today.year) and isleap(year):
        days.append(date(year, 2, 29))
    return days
