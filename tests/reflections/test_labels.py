"""What an entry may carry: a prompt, a practice, a tag of one's own, an intensity."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts.models import Prompt
from tests.factories import make_entry, tag_of
from tests.page import compact
from tests.reflections.factories import make_own_prompt
from tests.reflections.test_timeline import STATEMENTS, statements_of

WRITTEN = {"title": "", "body": "I waited", "written_on": "2026-11-19"}


def written(client, **fields):
    answer = client.post("/journal/write/", {**WRITTEN, **fields})
    assert answer.status_code == 302, compact(answer)
    return Entry.objects.get(pk=answer.url.split("/")[2])


def test_every_label_is_stored_and_shown(ada, ada_client):
    entry = written(ada_client, practice="boundaries", tags="At work", intensity="0", prompt="13")

    with acting_as(ada):
        assert (entry.practice, entry.tag_names, entry.intensity) == ("boundaries", ["At work"], 0)
        assert entry.prompt.text == "Where did you say yes and mean no?"
    page = compact(ada_client.get(f"/journal/{entry.pk}/"))
    for shown in ("Boundaries", "At work", "Intensity 0 of 10", "Where did you say yes and mean"):
        assert shown in page


def test_a_form_without_labels_leaves_them_as_they_are(ada, ada_client):
    entry = written(ada_client, practice="promises", tags="Walks", intensity="7", prompt="2")

    ada_client.post(f"/journal/{entry.pk}/edit/", {**WRITTEN, "body": "Changed", "version": 1})

    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.practice, entry.intensity, entry.prompt_id) == ("promises", 7, 2)
    with acting_as(ada):
        assert (entry.body, entry.tag_names) == ("Changed", ["Walks"])


def test_a_page_opened_with_a_prompt_shows_it_and_its_practice(ada, ada_client):
    own = make_own_prompt(ada, "What did the sea say?", practice="mistakes")

    page = compact(ada_client.get(f"/journal/write/?prompt={own.pk}", follow=True))

    assert "What did the sea say?" in page
    assert f'name="prompt" value="{own.pk}"' in page
    assert 'name="practice" value="mistakes" checked' in page
    entry = written(ada_client, prompt=str(own.pk))
    assert (entry.prompt_id, entry.own_prompt_id) == (None, own.pk)


def test_another_prompt_keeps_what_was_typed_and_stores_nothing(ada, ada_client):
    typed = {**WRITTEN, "tags": "Work", "prompt": "13", "another-prompt": "1", "intensity": "3"}

    page = compact(ada_client.post("/journal/write/", typed))

    assert "I waited" in page
    assert 'value="Work"' in page
    assert 'name="intensity" value="3" checked' in page
    assert 'name="prompt" value="' in page
    assert 'name="prompt" value="13"' not in page
    assert ada.entries.count() == 0


def test_with_htmx_only_the_prompt_changes(ada, ada_client):
    asking = {"HX-Request": "true", "HX-Target": "prompt"}
    part = compact(ada_client.get("/journal/prompts/another/?prompt=13", headers=asking))

    assert part.lstrip().startswith('<div id="prompt"')
    assert "<html" not in part
    assert 'value="13"' not in part
    plain = ada_client.get("/journal/prompts/another/?prompt=13")
    assert plain.url.startswith("/journal/write/?prompt=")


@pytest.mark.parametrize("reference", ["9" * 30, "0", "-1", "١٣", "x", "", "not-an-id"])
def test_a_prompt_that_is_not_there_is_left_out_and_the_words_are_not(ada, ada_client, reference):
    entry = written(ada_client, prompt=reference)

    assert (entry.prompt_id, entry.own_prompt_id) == (None, None)
    assert ada_client.get(f"/journal/write/?prompt={reference}", follow=True).status_code == 200


def test_eves_prompt_and_tag_are_not_there_for_ada(ada, eve, ada_client):
    eves_prompt = make_own_prompt(eve, "What did the hill say?")
    eves_entry = make_entry(eve, tagged=["Secret"])

    entry = written(ada_client, prompt=str(eves_prompt.pk))
    assert entry.own_prompt_id is None
    narrowed = compact(ada_client.get(f"/journal/?narrow=1&tag={tag_of(eves_entry).pk}"))
    assert "I waited" in narrowed
    assert "Secret" not in narrowed
    for pk in (eves_prompt.pk, uuid4()):
        assert ada_client.get(f"/journal/prompts/{pk}/").status_code == 404
        assert ada_client.post("/journal/prompts/offer/", {"hide": pk}).status_code == 404


def point(entry, **change):
    with acting_as(entry.owner_id):
        Entry.objects.filter(pk=entry.pk).update(**change)
        connection.check_constraints()


def test_the_database_refuses_a_prompt_of_someone_elses(ada, eve):
    mine, eves_prompt = make_entry(ada), make_own_prompt(eve, "What did the hill say?")
    with pytest.raises(IntegrityError, match="same_owner"), transaction.atomic():
        point(mine, own_prompt_id=eves_prompt.pk)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("tags", "w" * 10_000, "Use tags of up to 40 characters."),
        ("tags", "a\0b", "Null characters are not allowed."),
        ("tags", ", ".join(map(str, range(21))), "An entry can have up to 20 tags."),
        ("intensity", "11", "Choose a number from 0 to 10."),
        ("intensity", "much", "Choose a number from 0 to 10."),
        ("intensity", "-1", "Choose a number from 0 to 10."),
        ("practice", "juggling", "Select a valid choice. juggling is not one of the available"),
    ],
)
def test_a_label_that_makes_no_sense_is_refused_and_nothing_is_lost(
    ada, ada_client, field, value, sentence
):
    answer = ada_client.post("/journal/write/", {**WRITTEN, field: value})

    assert answer.status_code == 200
    page = compact(answer)
    assert sentence in page
    assert "I waited" in page
    assert (ada.entries.count(), ada.tags.count()) == (0, 0)


def test_the_journal_is_narrowed_by_month_practice_and_tag(ada, ada_client):
    make_entry(ada, "out in May", written_on=date(2026, 5, 31))
    make_entry(ada, "out in June", written_on=date(2026, 6, 1), practice="mistakes")
    tag = tag_of(make_entry(ada, "out in July", written_on=date(2026, 7, 1), tagged=["Sea"])).pk

    def found(query):
        page = compact(ada_client.get(f"/journal/?{query}"))
        return [month for month in ("May", "June", "July") if f"out in {month}" in page]

    assert found("month=2026-06") == ["June"]
    assert found("practice=mistakes") == ["June"]
    assert found(f"tag={tag}") == ["July"]
    assert found(f"month=2026-05&tag={tag}") == []
    for query in (
        "month=0000-13",
        "month=9999-12x",
        "practice=x",
        "tag=x",
        f"tag={uuid4()}",
    ):
        assert found(query) == ["May", "June", "July"]
    assert found("month=9999-12") == []


@pytest.mark.parametrize(
    ("page", "practice"),
    [
        ("/promises/", "promises"),
        ("/boundaries/", "boundaries"),
        ("/self-compassion/", "compassion"),
        ("/decisions/", "decisions"),
        ("/mistakes/", "mistakes"),
    ],
)
def test_entries_of_a_practice_are_opened_from_its_page(ada, ada_client, page, practice):
    make_entry(ada, "tied to it", practice=practice)
    make_entry(ada, "about something else")

    address = f"/journal/?practice={practice}"
    assert f'href="{address}"' in compact(ada_client.get(page))

    entries = compact(ada_client.get(address))
    assert "tied to it" in entries
    assert "about something else" not in entries


def test_pages_go_on_within_what_they_are_narrowed_to(ada, ada_client):
    for number in range(45):
        day = date(2026, 3, 31) - timedelta(days=number % 31)
        make_entry(ada, f"seen {number} times", written_on=day, practice="promises")
        make_entry(ada, "left out", written_on=day)
    address, seen = "/journal/?month=2026-03&practice=promises", []
    while address:
        page = compact(ada_client.get(address))
        assert "left out" not in page
        assert "45 entries" in page
        seen += [part.split(" times")[0] for part in page.split(">seen ")[1:]]
        rest = page.split('class="btn btn-2" href="?')[1:]
        address = "/journal/?" + rest[0].split('"')[0].replace("&amp;", "&") if rest else ""

    assert sorted(map(int, seen)) == list(range(45))


@pytest.mark.parametrize("count", [1, 30])
def test_labels_cost_no_statement_more_however_many(ada, ada_client, count):
    for number in range(count):
        tags = [f"Tag {number}", "Sea", "Work"]
        make_entry(ada, tagged=tags, practice="promises", prompt=Prompt(pk=1))

    assert len(statements_of(ada_client, "/journal/")) == STATEMENTS
    # The form to narrow by also reads all tags.
    assert len(statements_of(ada_client, "/journal/?narrow=1")) == STATEMENTS + 1


def test_a_new_page_has_no_text_that_is_no_words(ada_client):
    """A field that only a stored entry has must not print a property of the form's in its place."""
    page = compact(ada_client.get("/journal/write/", follow=True))
    assert "{}" not in page.split("<script")[0]
