"""No word of an entry, a tag, a prompt or an earlier version lies open, and none is eve's."""

import pytest
from django.db import ProgrammingError, transaction

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import (
    EarlierVersion,
    HiddenPrompt,
    OwnPrompt,
    Prompt,
    Tag,
)
from tests.privacy.stored import changed, run
from tests.reflections.factories import make_changed_entry, make_own_prompt

CANARY = "zanzibarquokka"
TABLES = "select tablename from pg_tables where schemaname = 'public'"


def word(where: str) -> str:
    return f"{CANARY} {where}"


@pytest.mark.django_db
def test_every_word_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    asked = {"text": word("prompt"), "practice": "mistakes"}
    assert ada_client.post("/journal/prompts/", asked).status_code == 302
    entry = {"title": word("title"), "body": word("body"), "written_on": "2026-11-19"}
    address = ada_client.post("/journal/write/", {**entry, "tags": word("tag")}).url
    again = {**entry, "body": word("changed"), "version": 1, "tags": word("other")}
    assert ada_client.post(f"{address}edit/", again).status_code == 302
    refused = {**entry, "tags": word("refused") * 9}
    assert ada_client.post("/journal/write/", refused).status_code == 200
    assert ada_client.post("/journal/write/", {**entry, "another-prompt": "1"}).status_code == 200
    assert ada_client.post("/search/", {"q": CANARY}, follow=True).status_code == 200
    assert ada_client.post(f"{address}earlier/1/bring-back/").status_code == 302

    assert ada_client.get(address).content.decode().count(CANARY) >= 3
    for (table,) in run(TABLES):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text


def test_an_unfiltered_query_finds_only_the_actors_rows(ada, eve):
    for person in (ada, eve):
        make_changed_entry(person, "Before", "Now", tagged=["Work"])
        make_own_prompt(person, "What did the sea say?")
        with acting_as(person):
            Prompt.objects.first().hide_from(person)

    for model in (Tag, OwnPrompt, HiddenPrompt, EarlierVersion):
        with acting_as(ada):
            assert [row.owner_id for row in model.objects.all()] == [ada.pk]
            assert changed(f"update {model._meta.db_table} set version = 9") == 1
            assert changed(f"delete from {model._meta.db_table}") == 1
        assert [row.owner_id for row in model.objects.all()] == [eve.pk]


def test_the_prompts_that_come_along_are_nobodys_to_change(ada, as_ada):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("update entries_prompt set text = 'x'")
