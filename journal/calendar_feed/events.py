"""What a person's calendar holds: the days to come of their journal, their weekly reflection and
their reminders.

The days are those of Today's "Later" and of the reminders, asked for a day that is far ahead, and
a few that Today does not list. Two statements, whatever there is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from journal.boundaries import queries as boundaries
from journal.coaching import queries as coaching
from journal.decisions import queries as decisions
from journal.guide.todo_items import TodoItem, TodoSource
from journal.lessons import queries as lessons
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched
from journal.privacy.ownership import OwnedModel
from journal.promises import queries as promises
from journal.reflections.mistakes import queries as mistakes
from journal.reflections.rating import history as ratings
from journal.sharing import agreements, suggestions

SOURCES: tuple[TodoSource, ...] = (
    boundaries.waiting,
    boundaries.following_each,
    decisions.waiting,
    decisions.deciding,
    decisions.forecasting_each,
    lessons.dated,
    mistakes.waiting,
    promises.dated,
    ratings.dated,
    suggestions.dated,
    agreements.planned,
    agreements.dated,
    coaching.next_sessions,
)
BACK, AHEAD = timedelta(days=31), timedelta(days=2 * 365)
MOST_OF_A_PRACTICE, MOST = 200, 300


@dataclass(frozen=True)
class Event:
    """`start` is a day, or a moment in the person's zone. `days` are the weekdays on which it comes
    again until `until`; Monday is 0."""

    uid: UUID
    title: str
    text: str
    address: str
    start: date
    changed_at: datetime
    days: tuple[int, ...] = ()
    until: date | None = None


def _bounded(rows: QueryFactory) -> QueryFactory:
    return lambda person, day: rows(person, day)[:MOST_OF_A_PRACTICE]


BATCH = tuple(_bounded(source.rows) for source in SOURCES)  # compiled once, by their identity


def dated(person: User, today: date) -> list[Event]:
    """What has a day or a moment, soonest first. What is long past has left the calendar."""
    until = today + AHEAD
    found = fetch_batched(person, until, *BATCH)
    events = [
        _event(person, row, item)
        for source, rows in zip(SOURCES, found, strict=True)
        for row in rows
        for item in source.lines(row, until)
        if item.on and not item.draft and today - BACK <= item.on <= until
    ]
    return sorted(events, key=_order)[:MOST]


def _order(event: Event) -> tuple[str, UUID]:
    return event.start.isoformat(), event.uid


def _event(person: User, row: OwnedModel, item: TodoItem) -> Event:
    """The address tells apart what one row asks for: a boundary is said, and reviewed."""
    at = item.at and item.at.astimezone(clock.zone_of(person))
    start: Any = at or item.on
    uid = uuid5(row.pk, item.address)
    return Event(uid, item.title, item.text, item.address, start, row.updated_at)
