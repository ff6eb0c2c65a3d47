"""The tables for a spreadsheet: answers to promises, daily checks, and which entries there are."""

from collections.abc import Callable, Iterator
from typing import Any

from journal.people.models import User
from journal.people.spreadsheet import csv_text


def check_ins(person: User) -> Iterator[str]:
    yield csv_text([["due_on", "promise", "status", "excuse", "note"]])
    rows = person.checkins.live().select_related("promise").order_by("due_on", "pk")
    for row in rows.iterator(chunk_size=500):
        yield one(row.due_on, row.promise.statement, row.status, row.excuse, row.note)


def daily_checks(person: User) -> Iterator[str]:
    yield csv_text([["date", "trust", "credit", "visit"]])
    for row in person.daily_checks.live().order_by("date", "pk").iterator(chunk_size=500):
        yield one(row.date, row.trust, row.credit, row.visit)


def entries(person: User) -> Iterator[str]:
    yield csv_text([["written_on", "title", "practice", "topic", "intensity", "words"]])
    rows = person.entries.live().select_related("topic").order_by("written_on", "pk")
    for row in rows.iterator(chunk_size=500):
        topic = row.topic.name if row.topic else ""
        words = len(row.body.split())
        yield one(row.written_on, row.title, row.practice, topic, row.intensity, words)


def one(*cells: Any) -> str:
    return csv_text([cells])


FIGURES: dict[str, Callable[[User], Iterator[str]]] = {
    "check-ins": check_ins,
    "daily-checks": daily_checks,
    "entries": entries,
}
