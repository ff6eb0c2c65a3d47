"""A journal as a book of HTML: contents by year, then every day, in files that open offline.

A short one is a single page; a long one has a page for each year. Pages are written piece by piece.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from journal.exchange.export_filters import Rows, labels_of
from journal.exchange.photos_out import data_url
from journal.exchange.readable import sources
from journal.exchange.readable.contents import Year, month_anchor, remembered, years_of
from journal.exchange.readable.items import Item
from journal.exchange.readable.links import Threads, anchor
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel

LONG = 400  # items, from which on each year has a page of its own
FIRST = "index.html"


class Pages:
    """`names` are the files of photos; without any, a page holds small ones itself."""

    def __init__(
        self,
        person: User,
        kept: Rows,
        now: datetime,
        left_out: Collection[str],
        models: Iterable[type[OwnedModel]],
        names: Mapping[UUID, str] | None = None,
    ) -> None:
        self._person, self._kept, self._names = person, kept, names
        self._models = sources.told(models)
        self._about = {"person": person, "now": now, "left_out": labels_of(left_out)}
        self._threads = Threads(person, kept)
        self.years = years_of(person, kept, self._models)
        self._files: dict[int, str] = {}  # of the years that have one
        self.written = 0  # items so far

    def files(self, *, by_number: bool) -> Iterator[tuple[str, Iterator[str]]]:
        """`by_number` numbers the names, so that they do not reveal the years."""
        if len(self.years) < 2 or sum(year.items for year in self.years) < LONG:
            yield FIRST, self.whole()
            return
        for place, year in enumerate(self.years, start=1):
            self._files[year.number] = f"year-{place}.html" if by_number else f"{year.number}.html"
        yield FIRST, self._first()
        for place, year in enumerate(self.years):
            yield self._files[year.number], self._year_alone(place, year)

    def whole(self) -> Iterator[str]:
        """All of it on one page."""
        yield self._rendered("head", **self._about)
        yield from self._contents()
        for year in self.years:
            yield from self._year(year)
        yield from self._appendix()
        yield self._rendered("foot")

    def _first(self) -> Iterator[str]:
        yield self._rendered("head", **self._about)
        yield from self._contents()
        yield from self._appendix()
        yield self._rendered("foot")

    def _year_alone(self, place: int, year: Year) -> Iterator[str]:
        beside = {
            name: (self.years[at].number, self._files[self.years[at].number])
            for name, at in (("before", place - 1), ("after", place + 1))
            if 0 <= at < len(self.years)
        }
        yield self._rendered("head", year=year, first=FIRST, **beside, **self._about)
        yield from self._year(year, alone=True)
        yield self._rendered("foot", first=FIRST, **beside)

    def _contents(self) -> Iterator[str]:
        if self.years:
            yield self._rendered("contents")
        for year in self.years:
            kinds = list(remembered(self._person, self._kept, self._models, year.number))
            file = self._files.get(year.number, "")
            yield self._rendered("contents_year", year=year, kinds=kinds, file=file)
        if self.years:
            yield self._rendered("contents_end")
        else:
            yield self._rendered("nothing")

    def _year(self, year: Year, *, alone: bool = False) -> Iterator[str]:
        yield self._rendered("year", year=year, alone=alone)
        month, day = None, None
        for at, item in sources.items(self._person, self._kept, self._models, year.number):
            if at.replace(day=1) != month:
                month = at.replace(day=1)
                name = month_anchor(month.year, month.month)
                yield self._rendered("month", month=month, anchor=name)
            yield self._item(item, new_day=at if at != day else None)
            day = at

    def _appendix(self) -> Iterator[str]:
        is_first = True
        for item in sources.appendix(self._person, self._kept, self._models):
            if is_first:
                yield self._rendered("appendix")
            is_first = False
            yield self._item(item)

    def _item(self, item: Item, new_day: date | None = None) -> str:
        self.written += 1
        ids = [item.row.pk, *(part.pk for part in item.parts if part.pk)]
        return self._rendered(
            "item",
            item=item,
            day=new_day,
            anchor=anchor(item.row.pk),
            links=self._threads.links_of(ids, self._files),
            photos=self._photos(item.row) if item.is_entry else (),
        )

    def _photos(self, entry: Any) -> Iterator[tuple[str, Photo]]:
        """The address and row of each photo: one at a time, since a page may hold all."""
        for photo in entry.shown_photos:
            named = data_url(photo) if self._names is None else self._names.get(photo.pk, "")
            yield named, photo

    def _rendered(self, part: str, **context: Any) -> str:
        context |= {"language": get_language(), "rtl": get_language_bidi(), "style": style()}
        context["style_hash"] = style_hash()
        text = get_template(f"exchange/readable/page.html#{part}").render(context)
        return text if part == "item" else re.sub(r"\n\s*\n+", "\n", text)


@cache
def style() -> SafeString:
    """The stylesheet of every page, which stands in it."""
    return mark_safe(get_template("exchange/readable/style.css").render())  # noqa: S308 - ours


@cache
def style_hash() -> str:
    """For the policy of a page: only this style."""
    return base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
