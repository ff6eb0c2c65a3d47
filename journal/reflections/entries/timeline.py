"""The journal by month, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncMonth

from journal.people.models import User
from journal.reflections.entries.models import Entry

PAGE = 20


@dataclass(frozen=True)
class Month:
    first_day: date
    entries: list[Entry]
    count: int  # of the whole month, which may go on on the next page


@dataclass(frozen=True)
class Page:
    months: list[Month]
    last: Entry | None  # where the next page begins, if there is one


def page_of(person: User, position: tuple[date, UUID] | None) -> Page:
    """Two statements, however long the journal is."""
    entries = person.entries.live().newest_first()
    if position:
        entries = entries.before(*position)
    rows = list(entries[: PAGE + 1])
    shown = rows[:PAGE]
    counts = _counts_of_months(person, shown)
    months = [
        Month(first_day, list(group), counts.get(first_day, 0))
        for first_day, group in groupby(shown, key=lambda entry: entry.written_on.replace(day=1))
    ]
    return Page(months, shown[-1] if len(rows) > PAGE else None)


def _counts_of_months(person: User, shown: list[Entry]) -> dict[date, int]:
    if not shown:
        return {}
    newest, oldest = shown[0].written_on, shown[-1].written_on
    after = date(newest.year + newest.month // 12, newest.month % 12 + 1, 1)
    rows = (
        person.entries.live()
        .filter(written_on__gte=oldest.replace(day=1), written_on__lt=after)
        .annotate(month=TruncMonth("written_on"))
        .values_list("month")
        .annotate(Count("pk"))
        .order_by()
    )
    return dict(rows)
