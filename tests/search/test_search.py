"""Finding one's own words: marked, narrowed, while typing, newest first, by POST alone."""

from datetime import date, timedelta

import pytest

from tests.factories import make_entry
from tests.search.counting import statements_of_post

TYPING = {"HX-Request": "true", "HX-Target": "results"}


def found(client, **fields):
    """The headings of what was found, in order."""
    page = client.post("/search/", fields).content.decode()
    return [part.split("</a>")[0].split(">")[-1] for part in page.split('<h3 dir="auto">')[1:]]


def test_what_is_found_is_marked_as_it_was_written(ada, ada_client):
    make_entry(ada, "Then the CAFÉ closed, and the café reopened.", title="Out")

    page = ada_client.post("/search/", {"q": "cafe"}).content.decode()

    assert "Then the <mark>CAFÉ</mark> closed, and the <mark>café</mark> reopened." in page
    assert "Results for “cafe”" in page


def test_the_excerpt_shows_the_words_around_the_first_find(ada, ada_client):
    make_entry(ada, "far " * 200 + "the quote could wait " + "away " * 200, title="Out")

    page = ada_client.post("/search/", {"q": "quote"}).content.decode()

    excerpt = page.split('<p class="own-words" dir="auto">')[1].split("</p>")[0]
    assert excerpt.startswith("…far")
    assert "the <mark>quote</mark> could" in excerpt
    assert excerpt.endswith("…")
    assert len(excerpt) < 350


def test_it_is_narrowed_by_day_practice_and_topic(ada, ada_client):
    make_entry(ada, "sea", title="May", written_on=date(2026, 5, 31))
    make_entry(ada, "sea", title="June", written_on=date(2026, 6, 1), practice="mistakes")
    topic = make_entry(ada, "sea", title="July", written_on=date(2026, 7, 1), labelled="x").topic_id

    assert found(ada_client, q="sea") == ["July", "June", "May"]
    assert found(ada_client, q="sea", since="2026-06-01") == ["July", "June"]
    assert found(ada_client, q="sea", until="2026-06-01") == ["June", "May"]
    assert found(ada_client, q="sea", practice="mistakes") == ["June"]
    assert found(ada_client, q="sea", topic=topic) == ["July"]
    assert found(ada_client, q="sea", topic=topic, practice="mistakes") == []


def test_pages_go_on_within_the_filters(ada, ada_client):
    for number in range(25):
        day = date(2026, 5, 31) - timedelta(days=number)
        make_entry(ada, "sea", title=f"T{number}", written_on=day, practice="promises")
        make_entry(ada, "sea", title="Other", written_on=day)
    first = ada_client.post("/search/", {"q": "sea", "practice": "promises"}).content.decode()
    form = first.split("Show earlier results")[0].rsplit("<form", 1)[1]
    fields = {
        part.split('"')[0]: part.split('value="')[1].split('"')[0]
        for part in form.split('<input type="hidden" name="')[1:]
    }

    assert fields["practice"] == "promises"
    assert found(ada_client, **fields) == [f"T{number}" for number in range(20, 25)]


def test_while_typing_only_the_results_are_sent(ada, ada_client):
    make_entry(ada, "The quote could wait", title="Out")

    part = ada_client.post("/search/", {"q": "quo"}, headers=TYPING).content.decode()

    assert "<html" not in part
    assert "The <mark>quo</mark>te could wait" in part
    assert 'hx-swap-oob="innerHTML:#found"' in part
    nothing = ada_client.post("/search/", {"q": ""}, headers=TYPING).content.decode()
    assert "<mark>" not in nothing
    assert "Type a word" not in nothing


def test_the_page_asks_while_someone_types_and_the_last_request_wins(ada_client):
    page = ada_client.get("/search/").content.decode()

    assert 'hx-trigger="input delay:300ms, change, submit"' in page
    assert 'hx-sync="this:queue last"' in page
    assert 'hx-post="/search/"' in page
    assert 'action="/search/" method="post"' in page


def test_nothing_found_offers_a_way_on(ada, ada_client):
    make_entry(ada, "sea")

    page = ada_client.post("/search/", {"q": "hill"}).content.decode()
    assert "Nothing found for “hill”" in page
    assert "Try part of the word" in page
    narrowed = ada_client.post("/search/", {"q": "sea", "practice": "promises"}).content.decode()
    assert "Only part of your journal has been searched so far." in narrowed
    assert "Search everything" in narrowed


@pytest.mark.parametrize(
    "fields",
    [
        {"q": ""},
        {"q": "a\0b"},
        {"q": "w" * 201},
        {"q": "sea", "since": "0000-01-01"},
        {"q": "sea", "since": "2026-02-01", "until": "2026-01-01"},
        {"q": "sea", "practice": "juggling"},
        {"q": "sea", "topic": "01a20810-4259-7056-8781-d275d1310c40"},
        {"q": "sea", "after_entry": "x"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(ada, ada_client, fields):
    make_entry(ada, "sea", title="Not shown")

    page = ada_client.post("/search/", fields).content.decode()

    assert 'id="errors"' in page
    assert "Not shown" not in page


def test_what_is_in_the_trash_or_eves_is_not_found(ada, eve, ada_client):
    make_entry(ada, "sea", title="Gone").trash()
    make_entry(eve, "sea", title="Hers", labelled="Secret")

    assert found(ada_client, q="sea") == []
    assert "Secret" not in ada_client.get("/search/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_as_many_statements_for_one_find_as_for_thirty(ada, ada_client, count):
    for number in range(count):
        make_entry(ada, "sea", labelled=f"Topic {number}")

    # session, user, topics, the page of entries; and the cursor that Django does not see
    assert statements_of_post(ada_client, "/search/", {"q": "sea"}) == 4
