"""Out and in again: nothing is lost, nothing doubles."""

import re

import pytest

from journal.exchange.models import Import
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import (
    brought_in,
    example_archive,
    exported,
    files_of,
    journal_now,
    journal_of,
    sent,
)
from tests.factories import make_entry, make_person

pytestmark = pytest.mark.django_db


def same_but_for_its_date(archive: bytes) -> dict[str, bytes]:
    """And but for what was between its person and others, which stays where it was, and the pixels
    of photos, which are made anew."""
    files = files_of(archive)
    for name in ("coaching.json", "coaching.html"):
        files.pop(name, None)
    files |= {name: b"" for name in files if name.endswith(".jpg")}
    json_, page = files["selftrust.json"], files["index.html"]
    files["selftrust.json"] = re.sub(rb'"exported_at":.*\n', b"", json_)
    files["index.html"] = re.sub(rb"Exported from Selftrust on .*", b"", page)
    return files


def test_the_example_person_comes_out_as_they_went_in_and_a_second_account_has_own_ids():
    first = example_archive()
    again = make_person("nora.again@example.org")

    row = brought_in(again, first)

    assert row.done_at, row.refusal
    assert same_but_for_its_date(exported(again)) == same_but_for_its_date(first)

    eve = make_person("eve@example.org")
    brought_in(eve, first)
    once = journal_now(eve)["tables"]
    row = brought_in(eve, first)

    assert row.preview["new"] == 0
    assert journal_now(eve)["tables"] == once
    there = journal_of(first)["tables"]
    counts = {table: len(rows) for table, rows in there.items()}
    assert {table: len(rows) for table, rows in once.items()} == counts
    assert ids_in(once).isdisjoint(ids_in(there))


def ids_in(found: dict[str, list]) -> set[str]:
    return {row["id"] for rows in found.values() for row in rows}


def test_ada_reads_her_own_export_in_again_and_nothing_doubles(ada):
    make_entry(ada, "A quiet day.", title="=SUM(A1)", tagged=["Sleep"])
    before = exported(ada)

    row = sent(ada, before)

    assert (row.preview["new"], row.preview["here"]) == (0, 2)


def test_an_import_is_undone_as_a_whole(ada):
    archive = example_archive()
    kept = make_entry(ada, "Mine from before")
    before = journal_now(ada)["tables"]
    row = brought_in(ada, archive)
    assert row.preview["new"] > 100

    signed_in(ada).post(f"{row.get_absolute_url()}undo/")

    assert journal_now(ada)["tables"] == before
    with acting_as(ada):
        assert ada.entries.get() == kept
        assert Import.objects.get(pk=row.pk).undone_at
