"""Out and in again: nothing is lost, nothing doubles."""

import re

import pytest

from journal.account_deletion import deletion
from journal.exchange.models import Import
from journal.operation.example import person as example
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import brought_in, exported, files_of, journal_of, sent
from tests.factories import PASSWORD, make_entry, make_person

pytestmark = pytest.mark.django_db


def same_but_for_its_date(archive: bytes) -> dict[str, bytes]:
    """And but for what was between its person and others, which stays where it was."""
    files = files_of(archive)
    for name in ("coaching.json", "coaching.html"):
        files.pop(name, None)
    json_, page = files["selftrust.json"], files["index.html"]
    files["selftrust.json"] = re.sub(rb'"exported_at":.*\n', b"", json_)
    files["index.html"] = re.sub(rb"Exported from Selftrust on .*", b"", page)
    return files


def test_the_example_person_comes_out_of_an_empty_account_as_they_went_in():
    nora = example.make_example_person(PASSWORD).person
    first = exported(nora)
    deletion.delete(nora)
    again = make_person("nora.again@example.org")

    row = brought_in(again, first)

    assert row.done_at, row.refusal
    assert same_but_for_its_date(exported(again)) == same_but_for_its_date(first)


def test_a_second_account_takes_the_same_file_with_ids_of_its_own():
    nora = example.make_example_person(PASSWORD).person
    first = exported(nora)
    eve = make_person("eve@example.org")

    brought_in(eve, first)
    once = journal_of(exported(eve))["tables"]
    row = brought_in(eve, first)

    assert row.preview["new"] == 0
    twice = journal_of(exported(eve))["tables"]
    assert twice == once
    counts = {table: len(rows) for table, rows in journal_of(first)["tables"].items()}
    assert {table: len(rows) for table, rows in once.items()} == counts


def test_ada_reads_her_own_export_in_again_and_nothing_doubles(ada):
    make_entry(ada, "A quiet day.", title="=SUM(A1)", labelled="Sleep")
    before = exported(ada)

    row = sent(ada, before)

    assert (row.preview["new"], row.preview["here"]) == (0, 2)


def test_an_import_is_undone_as_a_whole(ada):
    nora = example.make_example_person(PASSWORD).person
    archive = exported(nora)
    kept = make_entry(ada, "Mine from before")
    before = journal_of(exported(ada))["tables"]
    row = brought_in(ada, archive)
    assert row.preview["new"] > 100

    signed_in(ada).post(f"{row.get_absolute_url()}undo/")

    assert journal_of(exported(ada))["tables"] == before
    with acting_as(ada):
        assert ada.entries.get() == kept
        assert Import.objects.get(pk=row.pk).undone_at
