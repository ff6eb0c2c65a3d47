"""Exports that earlier versions made read in whole: every row, every link, every word.

An archive is a ZIP as the version it is named after wrote it, with at least one row of each table.
The JSON of the same name says what is in it. Neither file changes once it is committed.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journal.exchange import tables
from journal.exchange.tag_rows import FORMER_LABELS, with_tags
from journal.privacy.canonical import canonical
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Tag
from journal.reflections.entries.prompts.former_wordings import FORMER_WORDINGS
from journal.reflections.entries.tag_names import tidy
from tests.exchange.factories import brought_in, files_of, journal_now, journal_of, sent
from tests.factories import make_person

pytestmark = pytest.mark.django_db
ARCHIVES = sorted(Path(__file__).with_name("archives").glob("*.zip"))


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.stem)
def archive(request) -> Path:
    return request.param


def expected(archive: Path) -> dict[str, Any]:
    return json.loads(archive.with_suffix(".json").read_text())


def test_there_are_archives():
    assert "135c2c8" in {path.stem for path in ARCHIVES}


def test_an_archive_holds_what_is_said_of_it(archive):
    files = files_of(archive.read_bytes())
    for name, counts in (("selftrust", "counts"), ("coaching", "coaching_counts")):
        found = json.loads(files[f"{name}.json"])["tables"]
        assert {table: len(rows) for table, rows in found.items()} == expected(archive)[counts]
        assert all(found.values())


def test_an_archive_reads_in_whole_and_nothing_doubles(archive):
    """What an export of the new account says of each row is what the archive says of it: links
    and the text of sealed columns included. A column that came later is not compared."""
    again = make_person("again@example.org")

    row = brought_in(again, archive.read_bytes())

    assert row.done_at, row.refusal
    assert row.preview["skipped"] == []
    with acting_as(again):
        stored = {
            label: model._base_manager.filter(owner=again).count()
            for label, model in tables.by_label().items()
        }
    rows = list(as_tags(in_nfc(journal_of(archive.read_bytes()))["tables"]))
    counts = Counter(label for label, _row in rows)
    assert {label: stored[label] for label in counts} == counts
    read, written = journal_now(again), in_nfc(journal_of(archive.read_bytes()))
    given = written["person"]
    at = given.pop("remind_at", None)  # of the daily reminder since; none was ever sent
    assert [(one["at"], one["by_mail"]) for one in read["tables"]["reminders.Reminder"]] == (
        [(at, False)] if at else []
    )
    assert same_columns(read["person"], given) == given
    found = {label: {one["id"]: one for one in rows} for label, rows in read["tables"].items()}
    for label, one in rows:
        assert same_columns(found[label][one["id"]], one) == worded_now(one), label
    for label, column, words in expected(archive)["words"]:
        assert in_nfc(words) in {
            one[column] for one in read["tables"][FORMER_LABELS.get(label, label)]
        }

    row = sent(again, archive.read_bytes())  # once more, and nothing would double

    in_file = sum(expected(archive)["counts"].values())
    assert (row.preview["new"], row.preview["here"]) == (0, in_file)


def as_tags(found: dict[str, list[Any]]) -> Iterator[tuple[str, Any]]:
    """The rows of a file with its topics as tags: those of one name are one."""
    names: dict[str, str] = {}
    same: dict[str | None, str] = {}
    for label, row in with_tags((label, row) for label, rows in found.items() for row in rows):
        if label == Tag.export_name:
            same[row["id"]] = names.setdefault(canonical(tidy(row["name"])), row["id"])
            if same[row["id"]] != row["id"]:
                continue
            row["name"] = tidy(row["name"])
        if "tag" in row:
            row["tag"] = same.get(row["tag"])
        yield label, row


def worded_now(row: dict[str, Any]) -> dict[str, Any]:
    """With the present wording of the app's own prompt; its former one must still be found."""
    prompt = row.get("prompt")
    return row | {"prompt": FORMER_WORDINGS.get(prompt, prompt)} if prompt else row


def in_nfc(values: Any) -> Any:
    """The form in which words are stored."""
    return json.loads(unicodedata.normalize("NFC", json.dumps(values, ensure_ascii=False)))


def same_columns(row: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in other}
