"""A book as HTML: contents by year, then every day, in files that open offline.

A short one is a single page; a long one has a page for each year. Pages are written piece by piece.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from uuid import UUID

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from journal.exchange.photos_out import data_url
from journal.exchange.readable.book import Book, rendered
from journal.exchange.readable.contents import Year, month_anchor
from journal.photos.models import Photo

LONG = 400  # items, from which on each year has a page of its own
FIRST = "index.html"


class Pages:
    """`names` are the files of photos; without any, a page holds small ones itself."""

    def __init__(self, book: Book, names: Mapping[UUID, str] | None = None) -> None:
        self._book, self._names = book, names
        self._files: dict[int, str] = {}  # of the years that have one

    @property
    def written(self) -> int:
        return self._book.written

    def files(self, *, by_number: bool) -> Iterator[tuple[str, Iterator[str]]]:
        """`by_number` numbers the names, so that they do not reveal the years."""
        years = self._book.years
        if len(years) < 2 or self._book.size < LONG:
            yield FIRST, self.whole()
            return
        for place, year in enumerate(years, start=1):
            self._files[year.number] = f"year-{place}.html" if by_number else f"{year.number}.html"
        yield FIRST, self._first()
        for place, year in enumerate(years):
            yield self._files[year.number], self._year_alone(place, year)

    def whole(self) -> Iterator[str]:
        """All of it on one page."""
        yield self._head()
        yield from contents(self._book, self._file_of)
        for year in self._book.years:
            yield from self._year(year)
        yield from self._appendix()
        yield rendered("foot")

    def _first(self) -> Iterator[str]:
        yield self._head()
        yield from contents(self._book, self._file_of)
        yield from self._appendix()
        yield rendered("foot")

    def _year_alone(self, place: int, year: Year) -> Iterator[str]:
        years = self._book.years
        beside = {
            name: (years[at].number, self._files[years[at].number])
            for name, at in (("before", place - 1), ("after", place + 1))
            if 0 <= at < len(years)
        }
        yield self._head(year=year, first=FIRST, **beside)
        yield from self._year(year, alone=True)
        yield rendered("foot", first=FIRST, **beside)

    def _head(self, **context: object) -> str:
        hashed = {"style": style(), "style_hash": style_hash()}
        return rendered("head", **hashed, **self._book.about(), **context)

    def _year(self, year: Year, *, alone: bool = False) -> Iterator[str]:
        yield rendered("year", year=year, alone=alone)
        month, day = None, None
        for at, item in self._book.days(year.first, year.last):
            if at.replace(day=1) != month:
                month = at.replace(day=1)
                yield rendered("month", month=month, anchor=month_anchor(month))
            new_day = at if at != day else None
            yield self._book.html_of(item, self._photo, self._file_of, new_day)
            day = at

    def _appendix(self) -> Iterator[str]:
        for number, item in enumerate(self._book.appendix()):
            if not number:
                yield rendered("appendix")
            yield self._book.html_of(item, self._photo, self._file_of)

    def _file_of(self, day: date) -> str:
        return self._files.get(day.year, "")

    def _photo(self, photo: Photo) -> str:
        return data_url(photo) if self._names is None else self._names.get(photo.pk, "")


def contents(book: Book, file_of: Callable[[date], str]) -> Iterator[str]:
    """`file_of` names the file of a day; empty for the same page."""
    if not book.years:
        yield rendered("nothing")
        return
    yield rendered("contents")
    for year in book.years:
        months = [
            (month, f"{file_of(month)}#{month_anchor(month)}", year.entries[month.month])
            for month in year.months
        ]
        kinds = [
            (label, [(row.title, f"{file_of(row.day)}#{row.anchor}") for row in rows])
            for label, rows in book.remembered(year.number)
        ]
        yield rendered("contents_year", year=year, months=months, kinds=kinds)
    yield rendered("contents_end")


@cache
def style() -> SafeString:
    """The stylesheet of every page, which stands in it."""
    return mark_safe(get_template("exchange/readable/style.css").render())  # noqa: S308 - ours


@cache
def style_hash() -> str:
    """For the policy of a page: only this style."""
    return base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
