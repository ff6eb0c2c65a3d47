"""Finds a person's own words wherever they wrote them: decrypts every row and matches it, without
an index."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString

from journal.people.models import User
from journal.privacy.text_search import Needle, excerpt, marked, scan
from journal.reflections.entries.excerpts import MARKUP, beginning
from journal.reflections.week.models import WeeklyReflection
from journal.search.models import Search
from journal.search.sources import SOURCES, Kind, Source

PAGE = 20
MOST = 99  # of each kind are counted; then a page says "99+"


class Hit(NamedTuple):
    """An item that holds the words, and the row of it to show: its own, or else the newest. There
    may be tens of thousands, of which a page shows a few; so ids stay as their bytes."""

    on: date
    pk: bytes
    item: bytes
    source: Source


@dataclass(frozen=True)
class Result:
    """What a page shows of a hit. Words are empty where the item has none."""

    kind: Kind
    on: date
    address: str
    title: SafeString
    excerpt: SafeString
    where: str | Lazy
    row: Any

    @property
    def day(self) -> str:
        if isinstance(self.row, WeeklyReflection):
            return self.row.text
        return date_format(self.on, "DATE_FORMAT")


@dataclass(frozen=True)
class ResultsPage:
    """`counts` by the name of a kind, whatever kind the page shows: exact up to MOST. `start` is
    the number of newer results that are on earlier pages."""

    results: list[Result]
    counts: Counter[str]
    of_kind: int
    start: int

    @property
    def total(self) -> int:
        return sum(min(number, MOST) for number in self.counts.values())

    @property
    def total_text(self) -> str:
        return f"{self.total}+" if any(n > MOST for n in self.counts.values()) else f"{self.total}"

    def count_text(self, kind: Kind) -> str:
        """Empty if there is none."""
        number = self.counts[kind.name]
        return f"{MOST}+" if number > MOST else str(number or "")

    @property
    def end(self) -> int:
        return self.start + len(self.results)

    @property
    def older(self) -> int:
        return self.of_kind - self.end


def find(person: User, search: Search, kind: str = "", start: int = 0) -> ResultsPage:
    """Reads the journal once, newest first, and of each kind until there is more than is counted or
    shown."""
    needle = Needle.parse(search.words)
    hits = _hits(person, search, needle, max(MOST, start + PAGE))
    counts = Counter(hit.source.kind.name for hit in hits)
    chosen = [hit for hit in hits if not kind or hit.source.kind.name == kind]
    newest = nlargest(start + PAGE, chosen, key=lambda hit: (hit.on, hit.pk))
    page = newest[start:]
    return ResultsPage(_results(person, page, needle), counts, len(chosen), start)


def _hits(person: User, search: Search, needle: Needle, most: int) -> Collection[Hit]:
    """One hit for each item. A kind's own table comes before those of its children. Of a table that
    is read by day, `most` items and one more."""
    hits: dict[bytes, Hit] = {}
    for source in SOURCES:
        before_it = len(hits)
        rows = source.rows(person, search)
        for pk, values, _texts in scan(person.pk, rows, source.fields, needle, source.columns):
            item = values[0] if source.item else pk
            before = hits.get(item)
            if before is None or before.source is source:
                hit = Hit(source.day_of(person, values), pk, item, source)
                if before is None or before.on < hit.on:
                    hits[item] = hit
            if source.is_by_day and len(hits) - before_it > most:
                break
    return hits.values()


def _results(person: User, page: list[Hit], needle: Needle) -> list[Result]:
    own = [UUID(bytes=hit.pk) for hit in page]
    ids = [UUID(bytes=hit.item) for hit in page]
    rows = _load((hit.source.model, pk) for hit, pk in zip(page, own, strict=True))
    parents = ((hit.source.kind.model, pk) for hit, pk in zip(page, ids, strict=True))
    items = rows | _load((model, pk) for model, pk in parents if pk not in rows)
    return [
        _result(hit, rows[pk], items[item], needle, person)
        for hit, pk, item in zip(page, own, ids, strict=True)
    ]


def _load(wanted: Iterable[tuple[type[Any], UUID]]) -> dict[UUID, Any]:
    ids: dict[type[Any], list[UUID]] = {}
    for model, pk in wanted:
        ids.setdefault(model, []).append(pk)
    return {
        pk: row
        for model, pks in ids.items()
        for pk, row in model._default_manager.in_bulk(pks).items()
    }


def _result(hit: Hit, row: Any, item: Any, needle: Needle, person: User) -> Result:
    kind = hit.source.kind
    title = kind.title_of(item)
    names = [name for name in hit.source.fields if needle.spans(getattr(row, name))]
    others = [name for name in names if row is not item or getattr(row, name) != title]
    text, where = "", ""
    if others:
        text, where = getattr(row, others[0]), row._meta.get_field(others[0]).verbose_name
    elif kind.name == "entry":
        text = beginning(row.body)
    without_markup = MARKUP.sub("", text)
    text = without_markup if needle.spans(without_markup) or not others else text
    return Result(
        kind=kind,
        on=hit.on,
        address=kind.address_of(item, person),
        title=marked(title, needle),
        excerpt=excerpt(text, needle),
        where=where if kind.name != "entry" or row is not item else "",
        row=item,
    )
