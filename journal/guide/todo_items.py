"""The lines under "Waiting for you", which every practice defines for itself.

A practice gives a query factory of the rows that may wait (`rows(person, day)`) and the lines of
each row (`lines(row, day)`). Today reads the rows of all practices in one SQL statement.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from journal.guide.flow import Draft
from journal.privacy.batched_queries import QueryFactory, fetch_batched


@dataclass(frozen=True)
class TodoItem:
    """`title` is the person's own words, unless `own` is False. A draft has its practice's name."""

    title: str
    text: str
    address: str
    draft: Draft | None = None
    own: bool = True
    on: date | None = None  # the day it is about: Today shows what has a day first
    at: datetime | None = None  # the moment of that day, where it has one


def draft_item(draft: Draft) -> TodoItem:
    place = {"number": draft.number, "total": draft.total}
    text = _("Step %(number)s of %(total)s") % place
    named = draft.by_name
    return TodoItem(named.title, text, draft.address, named, own=False)


@dataclass(frozen=True)
class TodoSource:
    """One practice's part of the list: `waiting = Asked("mist", may_wait, waiting_of)`."""

    icon: str
    rows: QueryFactory
    lines: Callable[[Any, date], Sequence[TodoItem]]

    def __call__(self, person: Any, day: date) -> list[TodoItem]:
        return [line for _icon, line in ask([self], person, day)]


def ask(practices: Sequence[TodoSource], person: Any, day: date) -> list[tuple[str, TodoItem]]:
    """The items of all practices, each with its icon, read in one statement."""
    found = fetch_batched(person, day, *(practice.rows for practice in practices))
    return collect_todo_items(practices, found, day)


def collect_todo_items(
    practices: Sequence[TodoSource], found: Iterable[Sequence[Any]], day: date
) -> list[tuple[str, TodoItem]]:
    """The items of the rows found for each practice, each with its icon."""
    return [
        (practice.icon, line)
        for practice, rows in zip(practices, found, strict=True)
        for row in rows
        for line in practice.lines(row, day)
    ]
