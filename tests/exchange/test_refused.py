"""Files made by strangers: refused with a sentence, and nothing of them stays."""

import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from uuid import uuid4
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from journal.exchange import archive, importer, survey
from journal.exchange.exporting import line
from journal.exchange.foreign.recognition import supported
from tests.exchange.factories import exported, files_in, journal_of, packed, path_of, sent
from tests.factories import make_entry, make_person
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db

DAMAGED = "This file isn’t a ZIP file, or it’s damaged."
NO_JSON = "selftrust.json is damaged: it isn’t JSON as Selftrust writes it."
OUTSIDE = "A file in the ZIP has an unsafe path"


def refusal(person: Any, content: bytes) -> str:
    row = sent(person, content)
    assert row.failed_at
    assert not path_of(row).exists()
    assert person.entries.count() == person.promises.count() == 0
    return row.refusal


def linked() -> bytes:
    info = ZipInfo("journal/2026-01-01.md")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return one(info, "/etc/passwd")


def one(info: ZipInfo | str, content: Any) -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as opened:
        opened.writestr(info, content)
    return held.getvalue()


def with_json(text: str | bytes) -> bytes:
    return packed({"selftrust.json": text})


def locked() -> bytes:
    content = bytearray(one("a.md", "words"))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def with_a_lying_size() -> bytes:
    """Says that it is small; unpacked it would not be."""
    content = bytearray(one("selftrust.json", b" " * 50_000_000))
    start = content.rindex(b"PK\x01\x02")
    content[start + 24 : start + 28] = struct.pack("<I", 1000)
    return bytes(content)


def of_another_packing() -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_BZIP2) as opened:
        opened.writestr("a.md", "words")
    return held.getvalue()


ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no ZIP": (lambda: b"\x89PNG\0 no", DAMAGED),
    "a PDF": (
        lambda: b"%PDF-1.4 no",
        "It looks like a PDF. Export text from the app it comes from instead. " + supported(),
    ),
    "half a ZIP": (lambda: packed({"a.md": "x" * 5000})[:-30], DAMAGED),
    "a ZIP whose middle is missing": (
        lambda: (
            one("selftrust.json", line({"format": "selftrust"}) * 50)[:40]
            + one("selftrust.json", "{}")[60:]
        ),
        DAMAGED,
    ),
    "nothing of use": (
        lambda: packed({"photo.jpg": b"\xff\xd8"}),
        "We don’t recognise this file. " + supported(),
    ),
    "a way out": (lambda: packed({"../../2026-01-01.md": "x"}), f"{OUTSIDE}: ../../2026-01-01.md"),
    "a way out by a backslash": (
        lambda: packed({"a\\..\\..\\2026-01-01.md": "x"}),
        f"{OUTSIDE}: a\\..\\..\\2026-01-01.md",
    ),
    "from the root": (
        lambda: packed({"/etc/2026-01-01.md": "x"}),
        f"{OUTSIDE}: /etc/2026-01-01.md",
    ),
    "a link": (linked, "The ZIP contains a link, which could lead anywhere: journal/2026-01-01.md"),
    "a bomb": (
        lambda: one("selftrust.json", b" " * 200_000_000),
        "A file in the ZIP is compressed too far to be text: selftrust.json",
    ),
    "a bomb that lies": (with_a_lying_size, "This file is damaged."),
    "a passphrase": (locked, "This file is encrypted. Send it again with its passphrase."),
    "another packing": (
        of_another_packing,
        "The ZIP uses a compression method we can’t read: a.md",
    ),
    "not UTF-8": (lambda: with_json(b'{"format": "\xff\xfe"}'), "The text in it isn’t UTF-8."),
    "no JSON": (lambda: with_json("{format: selftrust}"), NO_JSON),
    "too deep": (lambda: with_json('{"format": ' + "[" * 200_000), NO_JSON),
    "not a number": (lambda: with_json('{"format": NaN, "tables": {}}'), NO_JSON),
    "somebody else's": (
        lambda: with_json('{"format": "diary", "version": 1, "tables": {}}'),
        "selftrust.json isn’t from a Selftrust export.",
    ),
    "a version to come": (
        lambda: with_json('{"format": "selftrust", "version": 2, "tables": {}}'),
        "The file has format version 2, which this version of Selftrust can’t read.",
    ),
    "an unknown table": (
        lambda: with_json(
            '{"format": "selftrust", "version": 1, "tables": {"people.User": [{"id": "1"}]}}'
        ),
        "The file contains something this version doesn’t know: people.User.",
    ),
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_is_refused(kind, eve):
    make, sentence = ARCHIVES[kind]
    assert refusal(eve, make()) == sentence


def test_more_than_100_000_files_are_refused_before_they_are_listed(eve, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", None)
    many = packed({f"2026-01-0{number}.md": "x" for number in range(1, 5)})
    assert refusal(eve, many) == "The ZIP contains more than 100,000 files."


def test_too_much_altogether_is_refused(eve, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 5)
    pages = one("2026-01-01.md", "one " * 1000)
    assert refusal(eve, pages) == "This file is larger than a journal can be once it’s unpacked."


def test_a_file_above_the_limit_is_not_even_kept(eve, settings, data_folder):
    settings.IMPORT_MAX_BYTES = 100_000
    with pytest.raises(AssertionError, match="This file is larger than"):
        sent(eve, b"x" * 200_000)
    assert files_in(data_folder) == []


# --- rows: a good export with one thing changed

ENTRY, PROMISE = "reflections.Entry", "promises.Promise"
# A value that its column does not take, and why it cannot be.
VALUES: dict[str, tuple[str, str, Any, str]] = {
    "a day before anyone": (ENTRY, "written_on", "0001-01-01", "that date is out of range"),
    "a day in a far future": (ENTRY, "written_on", "9999-12-31", "that date is out of range"),
    "no day": (ENTRY, "written_on", "yesterday", "it isn’t a date"),
    "a moment without a zone": (
        ENTRY,
        "written_at",
        "2026-01-01T12:00:00",
        "it has no time zone",
    ),
    "a moment that no clock has": (
        ENTRY,
        "written_at",
        "0001-01-01T00:00:00+14:00",
        "it isn’t a date and time",
    ),
    "a zone of nowhere": (ENTRY, "written_zone", "Mars/Olympus", "that time zone doesn’t exist"),
    "NUL": (ENTRY, "body", "a\0b", "it contains a character that isn’t allowed in text"),
    "half a character": (ENTRY, "title", "\ud800", "it contains a broken character"),
    "too long": (
        ENTRY,
        "title",
        "x" * 121,
        "Use at most 120 characters: this has 121. Nothing is lost.",
    ),
    "a number as text": (ENTRY, "intensity", "5", "it’s the wrong type"),
    "yes as a number": (ENTRY, "intensity", True, "it’s the wrong type"),
    "out of range": (ENTRY, "intensity", 11, "Ensure this value is less than or equal to 10."),
    "an enormous number": (
        ENTRY,
        "version",
        10**30,
        "Ensure this value is less than or equal to 2147483647.",
    ),
    "no such choice": (PROMISE, "state", "broken", "it isn’t one of the choices"),
    "days that are no list": (PROMISE, "weekdays", "all", "it isn’t a list"),
    "a step that is a path": (PROMISE, "step", "../check", "that step doesn’t exist"),
}
# Other changes of a row, and the whole sentence.
ROWS: dict[str, tuple[str, str, Any, str]] = {
    "an owner": (
        ENTRY,
        "owner",
        str(uuid4()),
        "The rows name an owner. Remove that: whatever you import becomes yours.",
    ),
    "an unknown column": (
        ENTRY,
        "mood\u202e" + "x" * 100,
        1,
        f"The file contains something this version doesn’t know: mood?{'x' * 55} in {ENTRY}.",
    ),
    "no id": (ENTRY, "id", "7", f"A row in {ENTRY} has no id."),
    "an active one that is unfinished": (
        PROMISE,
        "finished_at",
        None,
        f"A row in {PROMISE} breaks a rule of its table: promise_draft_until_finished.",
    ),
    "a value that is nowhere": (
        PROMISE,
        "value",
        str(uuid4()),
        f"A row in {PROMISE} refers to something that isn’t in the file.",
    ),
}


@pytest.fixture(scope="module")
def as_exported(module_data) -> dict[str, Any]:
    ada = make_person("ada@example.org")
    make_entry(ada, "A quiet day.")
    make_promise(ada, "Walk")
    found = journal_of(exported(ada))
    ada.delete()
    return found


@pytest.fixture
def journal(as_exported) -> dict[str, Any]:
    return deepcopy(as_exported)


def repacked(journal: dict[str, Any]) -> bytes:
    return with_json(json.dumps(journal))


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_is_refused(kind, journal, eve):
    table, column, value, why = VALUES[kind]
    journal["tables"][table][0][column] = value
    assert refusal(eve, repacked(journal)) == f"{column} of a row in {table} can’t be used: {why}"


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_is_refused(kind, journal, eve):
    table, column, value, sentence = ROWS[kind]
    journal["tables"][table][0][column] = value
    assert refusal(eve, repacked(journal)) == sentence


def test_a_row_that_stands_twice_is_refused(journal, eve):
    journal["tables"][ENTRY] *= 2
    assert refusal(eve, repacked(journal)) == "reflections.Entry has the same row twice."


def test_a_row_that_is_no_row_is_refused(journal, eve):
    journal["tables"][ENTRY] = ["words"]
    assert refusal(eve, repacked(journal)) == "Something in reflections.Entry isn’t a valid row."


def test_tables_in_another_order_are_taken_all_the_same(journal, eve):
    journal["tables"] = dict(reversed(journal["tables"].items()))
    row = sent(eve, repacked(journal))
    assert (row.refusal, row.preview["new"]) == ("", 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [("zone", "Mars"), ("theme", "loud"), ("day_starts_at", 24), ("called", "x" * 41), ("pin", 1)],
)
def test_preferences_that_cannot_be_are_refused(name, value, journal, eve):
    journal["person"][name] = value
    assert (
        refusal(eve, repacked(journal)) == "The part about you isn’t in the form Selftrust writes."
    )


def test_one_bad_row_among_many_leaves_nothing(journal, eve, monkeypatch):
    monkeypatch.setattr(importer, "BATCH", 2)
    good = journal["tables"][ENTRY][0]
    journal["tables"][ENTRY] = [{**good, "id": str(uuid4())} for _number in range(5)]
    journal["tables"][ENTRY][4]["body"] = None

    assert refusal(eve, repacked(journal)) == (
        "A row in reflections.Entry breaks a rule of its table: entry_has_words."
    )


def test_more_rows_than_a_journal_can_have_are_refused(journal, eve, monkeypatch):
    monkeypatch.setattr(survey, "MOST_ROWS", 999)
    good = journal["tables"][ENTRY][0]
    journal["tables"][ENTRY] = [{**good, "id": str(uuid4())} for _number in range(1000)]
    assert refusal(eve, repacked(journal)) == "The file has more rows than a journal can have."
