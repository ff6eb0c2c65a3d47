"""The CSV files of an export: answers to promises, daily checks, and a list of entries.

With words, or with figures only: then an id identifies a promise, and no column contains words.
"""

from collections.abc import Iterator
from typing import Any, Protocol

from journal.exchange.export_filters import Rows
from journal.people.csv_export import csv_text
from journal.promises.models import CheckIn
from journal.reflections.entries.models import Entry
from journal.reflections.entries.models.tag import stored_tags
from journal.reflections.entries.tag_names import join_names
from journal.reflections.models import DailyCheck


class CsvFile(Protocol):
    def __call__(self, kept: Rows, *, words: bool) -> Iterator[str]: ...


def check_ins(kept: Rows, *, words: bool) -> Iterator[str]:
    yield one("due_on", "promise", "status", "excuse", *(["note"] if words else []))
    rows = kept.rows(CheckIn).filter(deleted_at=None).select_related("promise")
    for row in rows.order_by("due_on", "pk").iterator(chunk_size=500):
        promise = row.promise.statement if words else row.promise_id
        yield one(row.due_on, promise, row.status, row.reason, *([row.note] if words else []))


def daily_checks(kept: Rows, *, words: bool) -> Iterator[str]:
    yield one("date", "trust", *(["credit"] if words else []), "visit")
    rows = kept.rows(DailyCheck).filter(deleted_at=None).order_by("date", "pk")
    for row in rows.iterator(chunk_size=500):
        yield one(row.date, row.trust, *([row.credit] if words else []), row.visit)


def entries(kept: Rows, *, words: bool) -> Iterator[str]:
    said = ("title", "tags", "mood") if words else ()
    yield one("written_on", *said, "practice", "intensity", "words")
    rows = kept.rows(Entry).filter(deleted_at=None).prefetch_related(stored_tags())
    for row in rows.order_by("written_on", "created_at", "pk").iterator(chunk_size=500):
        says = (row.title, join_names(row.tag_names), row.mood) if words else ()
        yield one(row.written_on, *says, row.practice, row.intensity, len(row.body.split()))


def one(*cells: Any) -> str:
    return csv_text([cells])


CSV_FILES: dict[str, CsvFile] = {
    "check-ins": check_ins,
    "daily-checks": daily_checks,
    "entries": entries,
}
