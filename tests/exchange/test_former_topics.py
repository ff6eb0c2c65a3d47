"""Exports from when an entry had one topic: it becomes the tag of that entry."""

import json
from typing import Any

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import brought_in, journal_now, packed, sent
from tests.factories import make_entry, tag_of, tags_of
from tests.reflections.factories import make_changed_entry
from tests.reflections.rumination.factories import make_answer

pytestmark = pytest.mark.django_db


def as_before(journal: dict[str, Any]) -> dict[str, Any]:
    """The journal as an older version wrote it: each entry has the first of its tags as topic."""
    tables = journal["tables"]
    topics = {row["entry"]: row["tag"] for row in tables.pop("reflections.EntryTag")}
    tables["reflections.Topic"] = tables.pop("reflections.Tag")
    for row in tables["reflections.Entry"]:
        row["topic"] = topics.get(row["id"])
    for row in tables["reflections.EarlierVersion"]:
        row["topic"] = topics.get(row["entry"]) if row.pop("tags") else None
    for row in tables["reflections.RuminationAnswer"]:
        row["topic"] = row.pop("tag")
    first = ("reflections.Topic", "reflections.Entry")  # what is referred to came first
    journal["tables"] = {name: tables.pop(name) for name in first} | tables
    return journal


def older(person, **changes: Any) -> bytes:
    journal = as_before(journal_now(person))
    for row in journal["tables"]["reflections.Topic"]:
        row.update(changes)
    return packed({"selftrust.json": json.dumps(journal)})


@pytest.fixture
def entry(ada):
    entry = make_changed_entry(ada, "Before", "Now", tagged=["Sea"])
    make_entry(ada, "Without")
    make_answer(ada, tag_of(entry))
    return entry


def test_entries_versions_and_answers_have_it(ada, eve, entry):
    row = brought_in(eve, older(ada))

    assert (row.refusal, row.preview["skipped"]) == ("", [])
    with acting_as(eve):
        found = {one.body: one.tag_names for one in eve.entries.all()}
        assert found == {"Now": ["Sea"], "Without": []}
        assert [one.tag_names for one in eve.earlier_versions.all()] == [["Sea"]]
        assert [one.tag.name for one in eve.ruminationanswers.all()] == ["Sea"]


def test_read_in_again_it_changes_no_entry(ada, entry):
    archive = older(ada)
    with acting_as(ada):
        entry = ada.entries.get(pk=entry.pk)
        entry.tagged = ["Work"]
        entry.save()

    row = brought_in(ada, archive)

    assert (row.refusal, tags_of(entry)) == ("", ["Work"])


def test_a_name_loses_what_no_name_of_a_tag_holds(ada, eve, entry):
    brought_in(eve, older(ada, name="#Sea, sun"))

    with acting_as(eve):
        assert [tag.name for tag in eve.tags.all()] == ["Sea sun"]


@pytest.mark.parametrize("topic", [[], {}, 7, "x", "\ud800"])
def test_a_topic_that_is_none_is_refused_with_a_sentence(ada, eve, entry, topic):
    journal = as_before(journal_now(ada))
    for row in journal["tables"]["reflections.Entry"]:
        row["topic"] = topic

    row = sent(eve, packed({"selftrust.json": json.dumps(journal)}))

    assert row.refusal
    with acting_as(eve):
        assert eve.entries.count() == 0
