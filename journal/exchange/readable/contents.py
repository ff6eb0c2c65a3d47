"""The contents of a book: its years with their months, and what a year is remembered by."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary
from journal.decisions.models import Decision, Forecast
from journal.exchange.export_filters import Rows
from journal.exchange.readable.links import anchor
from journal.exchange.readable.sources import APPENDIX, rows_of
from journal.lessons.models import Lesson
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.promises.models import Promise
from journal.reflections.entries.models import Entry
from journal.reflections.mistakes.models import Mistake


@dataclass
class Year:
    number: int
    items: int = 0
    entries: dict[int, int] = field(default_factory=dict)  # by month, for each that has anything

    @property
    def first(self) -> date:
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        return date(self.number, 12, 31)

    @property
    def months(self) -> list[date]:
        return [date(self.number, month, 1) for month in sorted(self.entries)]

    def add(self, month: int, items: int, entries: int) -> None:
        self.items += items
        self.entries[month] = self.entries.get(month, 0) + entries


def month_anchor(month: date) -> str:
    return f"month-{month:%Y-%m}"


def years_of(person: User, kept: Rows, models: Iterable[type[OwnedModel]]) -> list[Year]:
    """Oldest first. One statement for each table; reads no words."""
    found: dict[int, Year] = {}
    for model in models:
        if model.export_name in APPENDIX:
            continue
        rows = rows_of(person, kept, model).order_by()
        rows = rows.annotate(year=ExtractYear("at"), month=ExtractMonth("at"))
        counts = rows.values_list("year", "month").annotate(n=Count("pk"))
        for number, month, n in counts:
            found.setdefault(number, Year(number)).add(month, n, n if model is Entry else 0)
    return [found[number] for number in sorted(found)]


@dataclass(frozen=True)
class Named:
    title: str
    anchor: str
    day: date


# By what a year is remembered, and where its title is.
REMEMBERED: tuple[tuple[str | Lazy, type[OwnedModel], Callable[[Any], str]], ...] = (
    (_("Favourites"), Entry, lambda row: row.heading),
    (_("Promises"), Promise, lambda row: row.statement),
    (_("Boundaries"), Boundary, lambda row: row.limit),
    (_("Decisions"), Decision, lambda row: row.question),
    (_("Forecasts"), Forecast, lambda row: row.question),
    (_("Mistakes"), Mistake, lambda row: row.title),
    (_("Lessons"), Lesson, lambda row: row.sentence),
)


def remembered(
    person: User, kept: Rows, models: Iterable[type[OwnedModel]], year: int
) -> Iterator[tuple[str | Lazy, list[Named]]]:
    """The titles of a year, by practice."""
    known = set(models)
    for label, model, title in REMEMBERED:
        if model not in known:
            continue
        rows = rows_of(person, kept, model)
        rows = rows.filter(at__gte=date(year, 1, 1), at__lte=date(year, 12, 31))
        if model is Entry:
            rows = rows.filter(favourite=True)
        named = [Named(title(row), anchor(row.pk), row.at) for row in rows.iterator(chunk_size=200)]
        named = [one for one in named if one.title]
        if named:
            yield label, named
