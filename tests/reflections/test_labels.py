"""What an entry may carry: a prompt, a practice, a topic of one's own, an intensity."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts.models import Prompt
from tests.factories import make_entry
from tests.page import compact
from tests.reflections.factories import make_own_prompt
from tests.reflections.test_timeline import STATEMENTS, statements_of

WRITTEN = {"title": "", "body": "I waited", "written_on": "2026-11-19"}


def written(client, **fields):
    answer = client.post("/journal/write/", {**WRITTEN, **fields})
    assert answer.status_code == 302, compact(answer)
    return Entry.objects.get(pk=answer.url.split("/")[2])


def test_every_label_is_stored_and_shown(ada, ada_client):
    entry = written(ada_client, practice="boundaries", topic="At work", intensity="0", prompt="13")

    with acting_as(ada):
        assert (entry.practice, entry.topic.name, entry.intensity) == ("boundaries", "At work", 0)
        assert entry.prompt.text == "Where did you say yes and mean no?"
    page = compact(ada_client.get(f"/journal/{entry.pk}/"))
    for shown in ("Boundaries", "At work", "Intensity 0 of 10", "Where did you say yes and mean"):
        assert shown in page


def test_a_topic_is_used_again_whatever_its_case_and_spaces(ada, ada_client):
    first = written(ada_client, topic="Straße")
    second = written(ada_client, topic="  STRASSE ")

    assert first.topic_id == second.topic_id
    with acting_as(ada):
        assert [topic.name for topic in ada.topics.all()] == ["Straße"]


def test_eve_has_a_topic_of_the_same_name_for_herself(ada, eve, ada_client, eve_client):
    hers, eves = written(ada_client, topic="Work"), written(eve_client, topic="Work")

    assert hers.topic_id != eves.topic_id


def test_a_topic_goes_when_no_entry_carries_it_any_more(ada, ada_client):
    entry, other = written(ada_client, topic="Old"), written(ada_client, topic="Both")
    make_entry(ada, labelled="Both")
    for one, topic in ((entry, "New"), (other, "")):
        fields = {**WRITTEN, "version": 1, "topic": topic}
        assert ada_client.post(f"/journal/{one.pk}/edit/", fields).status_code == 302

    with acting_as(ada):
        assert sorted(topic.name for topic in ada.topics.all()) == ["Both", "New"]


def test_a_form_without_labels_leaves_them_as_they_are(ada, ada_client):
    entry = written(ada_client, practice="promises", topic="Walks", intensity="7", prompt="2")

    ada_client.post(f"/journal/{entry.pk}/edit/", {**WRITTEN, "body": "Changed", "version": 1})

    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.practice, entry.intensity, entry.prompt_id) == ("promises", 7, 2)
    with acting_as(ada):
        assert (entry.body, entry.topic.name) == ("Changed", "Walks")


def test_a_page_opened_with_a_prompt_shows_it_and_its_practice(ada, ada_client):
    own = make_own_prompt(ada, "What did the sea say?", practice="mistakes")

    page = compact(ada_client.get(f"/journal/write/?prompt={own.pk}", follow=True))

    assert "What did the sea say?" in page
    assert f'name="prompt" value="{own.pk}"' in page
    assert 'name="practice" value="mistakes" checked' in page
    entry = written(ada_client, prompt=str(own.pk))
    assert (entry.prompt_id, entry.own_prompt_id) == (None, own.pk)


def test_another_prompt_keeps_what_was_typed_and_stores_nothing(ada, ada_client):
    typed = {**WRITTEN, "topic": "Work", "prompt": "13", "another-prompt": "1", "intensity": "3"}

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


def test_eves_prompt_and_topic_are_not_there_for_ada(ada, eve, ada_client):
    eves_prompt = make_own_prompt(eve, "What did the hill say?")
    eves_entry = make_entry(eve, labelled="Secret")

    entry = written(ada_client, prompt=str(eves_prompt.pk))
    assert entry.own_prompt_id is None
    narrowed = compact(ada_client.get(f"/journal/?narrow=1&topic={eves_entry.topic_id}"))
    assert "I waited" in narrowed
    assert "Secret" not in narrowed
    for pk in (eves_prompt.pk, uuid4()):
        assert ada_client.get(f"/journal/prompts/{pk}/").status_code == 404
        assert ada_client.post("/journal/prompts/offer/", {"hide": pk}).status_code == 404


def point(entry, **change):
    with acting_as(entry.owner_id):
        Entry.objects.filter(pk=entry.pk).update(**change)
        connection.check_constraints()


def test_the_database_refuses_a_topic_or_prompt_of_someone_elses(ada, eve):
    mine, eves = make_entry(ada), make_entry(eve, labelled="Secret")
    eves_prompt = make_own_prompt(eve, "What did the hill say?")
    for change in ({"topic_id": eves.topic_id}, {"own_prompt_id": eves_prompt.pk}):
        with pytest.raises(IntegrityError, match="same_owner"), transaction.atomic():
            point(mine, **change)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("topic", "w" * 10_000, "Use a short label of up to 40 characters."),
        ("topic", "a\0b", "Null characters are not allowed."),
        ("intensity", "11", "Ensure this value is less than or equal to 10."),
        ("intensity", "-1", "Ensure this value is greater than or equal to 0."),
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
    assert (ada.entries.count(), ada.topics.count()) == (0, 0)


def test_the_journal_is_narrowed_by_month_practice_and_topic(ada, ada_client):
    make_entry(ada, "in May", written_on=date(2026, 5, 31))
    make_entry(ada, "in June", written_on=date(2026, 6, 1), practice="mistakes")
    topic = make_entry(ada, "in July", written_on=date(2026, 7, 1), labelled="Sea").topic_id

    def found(query):
        page = compact(ada_client.get(f"/journal/?{query}"))
        return [month for month in ("May", "June", "July") if f"in {month}" in page]

    assert found("month=2026-06") == ["June"]
    assert found("practice=mistakes") == ["June"]
    assert found(f"topic={topic}") == ["July"]
    assert found(f"month=2026-05&topic={topic}") == []
    for query in (
        "month=0000-13",
        "month=9999-12x",
        "practice=x",
        "topic=x",
        f"topic={uuid4()}",
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
def test_labels_cost_one_statement_more_however_many(ada, ada_client, count):
    for number in range(count):
        make_entry(ada, labelled=f"Topic {number}", practice="promises", prompt=Prompt(pk=1))

    assert len(statements_of(ada_client, "/journal/")) == STATEMENTS + 1
    # That one reads the shown topics by their ids; the form to narrow by reads them all instead.
    assert len(statements_of(ada_client, "/journal/?narrow=1")) == STATEMENTS + 2
