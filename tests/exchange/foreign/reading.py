"""Files of other apps, brought in as a person does, and what then stands in the journal."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from journal.exchange.models import Import
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import packed, the_import, work

SAMPLES = Path(__file__).parent / "samples"
Shown = tuple[date, str, str, str, list[str]]


def sample(name: str) -> bytes:
    """A file of samples/, or a folder of it as a ZIP."""
    path = SAMPLES / name
    if path.is_file():
        return path.read_bytes()
    files = (one for one in sorted(path.rglob("*")) if one.is_file())
    return packed({one.relative_to(path).as_posix(): one.read_bytes() for one in files})


def previewed(person: User, data: bytes, name: str = "export.zip", **answers: Any) -> Import:
    """Uploaded, looked through, and looked through again with `answers`, by fields of the form."""
    file = SimpleUploadedFile(name, data)
    client = signed_in(person)
    answer = client.post("/settings/import/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    work()
    if answers:
        start(person, {**answers, "again": "1"})
    return the_import(person)


def start(person: User, answers: dict[str, Any]) -> None:
    row = the_import(person)
    answer = signed_in(person).post(f"{row.get_absolute_url()}start/", answers)
    assert answer.status_code == 302, answer.content.decode()
    work()


def read(person: User, data: bytes, name: str = "export.zip", **answers: Any) -> Import:
    """The import of a file, done."""
    row = previewed(person, data, name, **answers)
    assert not row.failed_at, row.refusal
    start(person, answers)
    row = the_import(person)
    assert row.done_at, row.refusal
    return row


def entries(person: User) -> list[Shown]:
    """Day, clock time, title, text and tags, in the order of the journal."""
    with acting_as(person):
        return [
            (one.written_on, clock_of(one), one.title, one.body, one.tag_names)
            for one in person.entries.with_tags().oldest_first()
        ]


def clock_of(entry: Any) -> str:
    if entry.written_at is None:
        return ""
    zone = ZoneInfo(entry.written_zone)
    return f"{entry.written_at.astimezone(zone):%H:%M}"


def left_out(row: Import) -> dict[str, int]:
    return {one["why"]: one["count"] for one in row.preview["skipped"]}


def asked(row: Import) -> dict[str, int]:
    """The questions of a preview, with how many things each is about."""
    lines = row.preview["questions"]
    return {f"{one['kind']} {one['name']}".strip(): one["count"] for one in lines}


def notes(row: Import) -> dict[str, int]:
    """What came in otherwise than it was."""
    return {one["why"]: one["count"] for one in row.preview["notes"]}


def forecasts(person: User) -> list[tuple[Any, ...]]:
    """Question, chance, the day it was made, the day to look back, what came of it and when."""
    with acting_as(person):
        rows = [
            (
                *(one.question, one.chance, clock.day_of(person, one.created_at)),
                *(one.due_on, one.result, one.answered_on),
            )
            for one in person.forecasts.all()
        ]
    return sorted(rows, key=lambda row: (row[3], row[0]))


def answers(person: User) -> dict[str, list[tuple[str, str, str]]]:
    """By promise, the day, the answer and its note."""
    with acting_as(person):
        return {
            promise.statement: [
                (one.due_on.isoformat(), one.status, one.note)
                for one in promise.checkins.order_by("due_on")
            ]
            for promise in person.promises.all()
        }
