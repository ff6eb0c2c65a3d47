"""Reads journal.json and turns it into an export whose last day is yesterday.

journal.json is the selftrust.json of docs/export-format.md, with these differences:

- A day is the number of a week and a weekday, "3 tue"; a moment adds the time on the person's
  clock, "3 tue 21:00". The days in the snapshot of a weekly reflection are written the same way.
- An id is a name, and only a row that another row refers to has one.
- An entry names its tags; the rows between them are made here.
- Every row has `created_at`. `updated_at`, time zones and columns with their default are left out.

Today always lies in LAST_WEEK, on its own weekday, so weekdays stay weekdays. A row that would be
created today or later is dropped, together with the rows that need it.

What the person wrote is in English; words.py has it in other languages.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import models

from journal.exchange import tables
from journal.exchange.export_filters import LOOSE
from journal.exchange.tag_rows import tag_row
from journal.people import clock
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.reflections.entries.models import Entry, EntryTag

FILE = Path(__file__).with_name("journal.json")
PHOTOS = Path(__file__).with_name("photos")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_WEEK = 13
# The only time that may be in the future. Any other future time becomes None.
AHEAD = "cooling_off_until"
# In the record of a week: what nobody wrote.
CODES = {"id", "day", "days", "marks", "result", "what", "state"}
Row = dict[str, Any]
Say = Callable[[str], str]  # an English string of the example, in a language


def photo_files() -> Iterator[Path]:
    """Small drawings; a row of a photo names its file."""
    yield from sorted(PHOTOS.glob("*.jpg"))


def shifted_day(text: str, today: date) -> date:
    week, weekday = text.split()
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=int(week) - LAST_WEEK, days=WEEKDAYS.index(weekday))


def shifted_moment(text: str, today: date, zone: ZoneInfo) -> datetime:
    """The instant in UTC. A time skipped by daylight saving is the instant after the gap."""
    day, _space, local = text.rpartition(" ")
    return datetime.combine(shifted_day(day, today), time.fromisoformat(local), zone).astimezone(
        UTC
    )


def export_for(person: User, say: Say = str) -> str:
    """The text of selftrust.json. A person gets the same text all day."""
    return json.dumps(_Shift(person).export(said(given(), say)))


def given() -> Row:
    return json.loads(FILE.read_text("utf-8"))


def said(journal: Row, say: Say) -> Row:
    """The journal with all that the person wrote in another language: the fields that are sealed
    because they are words, not those that happen to hold text."""
    person, found = {**journal["person"]}, {}
    if "called" in person:
        person["called"] = say(person["called"])
    for label, rows in journal["tables"].items():
        columns = tables.columns(tables.by_label()[label])
        written = {column.name for column in columns if isinstance(column, WordsField)}
        found[label] = [
            {name: _said(one, say) if name in written else one for name, one in row.items()}
            for row in rows
        ]
    return {**journal, "person": person, "tables": found}


def _said(given: Any, say: Say) -> Any:
    if isinstance(given, dict):  # the record of a week
        return {name: one if name in CODES else _said(one, say) for name, one in given.items()}
    if isinstance(given, list):
        return [_said(one, say) for one in given]
    return say(given) if given and isinstance(given, str) else given


class _Shift:
    def __init__(self, person: User) -> None:
        self.person, self.zone, self.today = person, clock.zone_of(person), clock.today(person)
        self.end = clock.begins(person, self.today)
        self.ids: dict[str, UUID] = {}

    def export(self, given: Row) -> Row:
        # All ids first: a decision names an option, and a thread any row, of a later table.
        kept = {label: self.kept(label, rows) for label, rows in given["tables"].items()}
        written = {
            label: [
                self.written(label, pk, row)
                for pk, row in rows
                if all(row[name] in self.ids for name in LOOSE if name in row)
            ]
            for label, rows in kept.items()
        }
        written[EntryTag.export_name] = [
            tag_row(entry, str(self.ids[name]), place)
            for entry in written.get(Entry.export_name, ())
            for place, name in enumerate(entry.pop("tags", ()), start=1)
        ]
        return {**given, "exported_at": tables.plain(self.end), "left_out": [], "tables": written}

    def kept(self, label: str, rows: list[Row]) -> list[tuple[UUID, Row]]:
        """The rows from before today, with their ids."""
        columns = tables.columns(tables.by_label()[label])
        needed = [one.name for one in columns if tables.is_link(one) and not one.null]
        kept = []
        for number, row in enumerate(rows):
            created = shifted_moment(row["created_at"], self.today, self.zone)
            if created < self.end and all(row[name] in self.ids for name in needed):
                pk = self.id_of(label, number, row, created)
                kept.append((pk, row))
                if "id" in row:
                    self.ids[row["id"]] = pk
        return kept

    def id_of(self, label: str, number: int, row: Row, created: datetime) -> UUID:
        """A version 7 UUID that sorts by moment, then by place in the file."""
        if label == tables.LATE:
            return uuid5(self.ids[row["decision"]], "review")
        milliseconds = int(created.timestamp() * 1000)
        tail = uuid5(self.person.pk, f"{label} {number}").int & (1 << 62) - 1
        return UUID(int=milliseconds << 80 | 7 << 76 | number << 64 | 2 << 62 | tail)

    def written(self, label: str, pk: UUID, row: Row) -> Row:
        columns = {column.name: column for column in tables.columns(tables.by_label()[label])}
        zones = {name: str(self.zone) for name in columns if name.endswith("_zone")}
        row = {**zones, "updated_at": row["created_at"], **row}
        tags = {"tags": row.pop("tags")} if "tags" in row else {}
        file = {name: row.pop(name) for name in (tables.PHOTO_FILE,) if name in row}
        values = {name: self.value(columns[name], row[name]) for name in row}
        return {**values, **tags, **file, "id": str(pk)}

    def value(self, column: models.Field, given: Any) -> Any:
        if tables.is_link(column) or column.name in LOOSE:
            return str(self.ids[given]) if given in self.ids else None
        if isinstance(column, models.DateTimeField):
            moment = shifted_moment(given, self.today, self.zone)
            return tables.plain(moment) if moment < self.end or column.name == AHEAD else None
        if isinstance(column, models.DateField):
            return shifted_day(given, self.today).isoformat()
        return json.dumps(self.snapshot(given)) if column.name == "snapshot" else given

    def snapshot(self, given: Any, key: str = "") -> Any:
        if isinstance(given, dict):
            return {name: self.snapshot(value, name) for name, value in given.items()}
        if isinstance(given, list):
            return [self.snapshot(value, key) for value in given]
        if key == "id":
            return str(self.ids[given]) if given else given
        return shifted_day(given, self.today).isoformat() if key in ("day", "days") else given
