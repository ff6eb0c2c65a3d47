"""Templates of one's own: add, rename, change, remove, undo; and never those of somebody else."""

import pytest

from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.reflections.entries.entry_templates.shipped import SHIPPED
from journal.reflections.entries.models import EntryTemplate
from tests.reflections.factories import make_own_template

LIST, TWICE = "/journal/templates/", uuid7()
TYPED = {"name": "Sundays", "lines": "What was slow?\n\n\nWhat was warm?"}


def own(person):
    with acting_as(person):
        return [(one.name, one.lines) for one in person.entry_templates.live().order_by("id")]


def test_one_is_added_once_however_often_it_is_sent(ada, ada_client):
    for _again in range(2):
        assert ada_client.post(LIST, {**TYPED, "id": str(TWICE)}).status_code == 302

    assert own(ada) == [("Sundays", "What was slow?\n\n\nWhat was warm?")]
    page = ada_client.get("/journal/write/", follow=True).content.decode()
    assert page.index("Sundays") < page.index("Morning") < page.index("A week in one line")


def test_it_is_renamed_and_changed(ada, ada_client):
    one = make_own_template(ada, "Before", "Old")

    for _click in range(2):  # a double click is no conflict
        answer = ada_client.post(f"{LIST}{one.pk}/", {**TYPED, "version": "1"})

        assert answer.url == LIST
    assert own(ada) == [(TYPED["name"], TYPED["lines"])]


def test_a_page_out_of_date_gets_both_versions_and_overwrites_nothing(ada, ada_client):
    one = make_own_template(ada, "Stored", "As it is")

    answer = ada_client.post(f"{LIST}{one.pk}/", {**TYPED, "version": "7"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("Sundays", "Stored", "As it is", "What was slow?"))
    assert own(ada) == [("Stored", "As it is")]


def test_it_is_removed_and_brought_back(ada, ada_client):
    one = make_own_template(ada, "Mine")

    ada_client.post(f"{LIST}{one.pk}/delete/")
    assert own(ada) == []
    assert ada_client.get(f"{LIST}{one.pk}/").status_code == 404
    ada_client.post(f"{LIST}{one.pk}/restore/")

    assert own(ada) == [("Mine", "What now?")]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Give it a name."),
        ("name", "x" * 61, "Use at most 60 characters: this has 61. Nothing is lost."),
        ("lines", "", "Write a line first."),
        ("lines", "x" * 2001, "Use at most 2000 characters: this has 2001. Nothing is lost."),
    ],
)
def test_what_cannot_be_one_is_refused_with_everything_typed(
    ada, ada_client, field, value, sentence
):
    answer = ada_client.post(LIST, {**TYPED, field: value})

    page = answer.content.decode()
    kept = TYPED["name" if field == "lines" else "lines"].split("\n")[0]
    assert answer.status_code == 200
    assert sentence in page
    assert kept in page
    assert own(ada) == []


def test_eve_cannot_change_remove_or_restore_it(ada, eve_client):
    one = make_own_template(ada, "Mine")

    for path in ("", "delete/", "restore/"):
        answer = eve_client.post(f"{LIST}{one.pk}/{path}", {**TYPED, "version": "1"})
        assert answer.status_code == 404

    assert own(ada) == [("Mine", "What now?")]


def test_six_come_with_the_app_and_none_is_stored(ada, ada_client):
    page = ada_client.get("/journal/write/", follow=True).content.decode()

    assert len(SHIPPED) == 6
    assert all(f'name="template" value="{one.pk}"' in page for one in SHIPPED)
    assert EntryTemplate.objects.count() == 0
