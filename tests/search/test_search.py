"""Finding one's own words wherever they were written: one search, by kinds, kept for an hour."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from journal.privacy.ownership import OwnedModel, words_of
from journal.search import queries
from journal.search.sources import KINDS, NOT_SEARCHED, SOURCES
from tests.boundaries.factories import make_boundary, make_crossing, make_full_boundary
from tests.decisions.factories import make_addendum, make_forecast
from tests.decisions.page_states import make_full_decision
from tests.factories import make_entry, tag_of
from tests.lessons.factories import make_lesson, make_use
from tests.photos.factories import make_photo
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_full_moment
from tests.reflections.mistakes_factories import make_full_mistake
from tests.reflections.week.factories import make_reflection
from tests.search.counting import statements_of_page
from tests.search.factories import make_search
from tests.today.factories import make_daily_check

TYPING = {"HX-Request": "true", "HX-Target": "results"}


def search(client, **fields):
    """The page of results."""
    return client.post("/search/", fields, follow=True)


def found(client, **fields):
    """The headings of what was found, in order."""
    page = search(client, **fields).content.decode()
    titles = re.findall(r'<h3 dir="auto"><a [^>]*>(.*?)</a></h3>', page)
    return [re.sub("<.*?>", "", title) for title in titles]


def chips(page):
    """The counts of the page by kind, "" for everything."""
    links = re.findall(r'<a class="chip" href="([^"]*)".*?<b>(\d+)</b>', page, re.DOTALL)
    return {link.partition("?kind=")[2]: int(count) for link, count in links}


def write_everywhere(ada, word):
    """Something of each kind that holds the word."""
    make_entry(ada, f"The {word} sang", title="Out")
    make_promise(ada, f"Feed the {word}")
    make_full_boundary(ada, word)
    make_full_moment(ada, word)
    make_full_decision(ada, word)
    make_forecast(ada, f"The {word} comes back")
    make_full_mistake(ada, word)
    make_lesson(ada, f"I hear the {word}")
    make_reflection(ada, sentence_of_week=f"The {word} was loud")
    make_daily_check(ada, credit=f"Fed the {word}")


def test_every_sealed_field_is_searched_or_left_out_on_purpose():
    """A new field of words is found by itself; a new table needs a line in sources.py."""
    searched = {f"{one.model._meta.label}.{name}" for one in SOURCES for name in one.fields}
    for model in apps.get_models():
        if not issubclass(model, OwnedModel) or not list(words_of(model)):
            continue
        for field in words_of(model):
            names = {model._meta.app_label, model._meta.label, f"{model._meta.label}.{field.name}"}
            assert names & searched or names & set(NOT_SEARCHED), (
                f"Search would not find {model._meta.label}.{field.name}: add a source, or name it "
                "with the reason in journal/search/sources.py."
            )


def test_each_kind_is_found_counted_and_leads_to_its_page(ada, ada_client):
    write_everywhere(ada, "quokka")

    page = search(ada_client, q="quokka").content.decode()

    counts = chips(page)
    assert set(counts) == {"", *KINDS}
    assert counts[""] == sum(count for name, count in counts.items() if name)
    for kind in KINDS:
        address = make_search(ada, "quokka").get_absolute_url()
        shown = ada_client.get(f"{address}?kind={kind}").content.decode()
        results = shown.split('id="results"')[1]
        assert chips(shown) == counts
        links = re.findall(
            r'<a (?:class="link" )?href="([^"]*)"', results.split("<ol")[1].split("</ol>")[0]
        )
        assert len(links) == counts[kind]
        assert "quokka" in ada_client.get(links[0]).content.decode()


def test_a_row_below_another_leads_to_it_and_says_where(ada, ada_client):
    boundary = make_boundary(ada, "No calls after 19:00")
    make_crossing(boundary, "The quokka rang")
    make_crossing(boundary, "The quokka rang again")
    make_addendum(make_full_decision(ada, "x"), "The quokka is back")
    make_use(make_lesson(ada, "I hear it"), note="It was a quokka")
    promise = make_promise(ada, "Walk after lunch")
    promise.checkins.create(owner=ada, due_on=date(2026, 5, 4), status="kept", note="A quokka")

    page = search(ada_client, q="quokka").content.decode()

    assert chips(page) == {"": 4, "promise": 1, "boundary": 1, "decision": 1, "lesson": 1}
    assert boundary.get_absolute_url() in page
    assert "In “What happened?”" in page
    assert "4 May 2026" in page


def test_the_description_of_a_photo_leads_to_its_entry_and_day(ada, ada_client):
    entry = make_entry(ada, "We went out.", written_on=date(2026, 3, 4))
    photo = make_photo(entry, description="Harbour at dusk", taken_on=date(2021, 1, 1))
    asked = {"q": "harbour", "since": "2026-03-04", "until": "2026-03-04"}

    page = search(ada_client, **asked).content.decode()
    results = page.split("<ol", 2)[-1]
    assert chips(page) == {"": 1, "entry": 1}
    assert entry.get_absolute_url() in results
    assert "4 Mar 2026" in results
    assert "<mark>Harbour</mark> at dusk" in results

    photo.trash()
    assert chips(search(ada_client, **asked).content.decode()) == {}


def test_what_is_found_is_marked_as_it_was_written(ada, ada_client):
    make_entry(ada, "**Then** the CAFÉ closed, and the café reopened.", title="Out")

    page = search(ada_client, q="cafe").content.decode()

    assert "Then the <mark>CAFÉ</mark> closed, and the <mark>café</mark> reopened." in page
    assert "1 found for “<bdi>cafe</bdi>”" in page


def test_an_untitled_entry_shows_its_text_and_no_heading_made_of_it(ada, ada_client):
    entry = make_entry(ada, "**The quote** could wait")

    page = search(ada_client, q="wait").content.decode()

    results = page.split('id="results"')[1]
    assert "<h3" not in results
    assert f'<a class="link" href="{entry.get_absolute_url()}"' in results


def test_the_excerpt_shows_the_words_around_the_first_find(ada, ada_client):
    make_entry(ada, "far " * 200 + "the quote could wait " + "away " * 200, title="Out")

    page = search(ada_client, q="quote").content.decode()

    excerpt = page.split('<p class="own-words" dir="auto">')[1].split("</p>")[0]
    assert excerpt.startswith("…far")
    assert "the <mark>quote</mark> could" in excerpt
    assert excerpt.endswith("…")
    assert len(excerpt) < 350


def test_filters_by_day_area_and_tag(ada, ada_client):
    make_entry(ada, "sea", title="May", written_on=date(2026, 5, 31))
    make_entry(ada, "sea", title="June", written_on=date(2026, 6, 1))
    july = make_entry(ada, "sea", title="July", written_on=date(2026, 7, 1), tagged=["x", "y"])
    tag = tag_of(july).pk
    boundary = make_boundary(ada, "No sea", area="work")
    make_crossing(boundary, "sea", occurred_on=date(2026, 6, 2))

    assert found(ada_client, q="sea")[1:] == ["July", "June", "May"]
    assert found(ada_client, q="sea", since="2026-06-01", until="2026-06-01") == ["June"]
    assert found(ada_client, q="sea", until="2026-06-02") == ["No sea", "June", "May"]
    assert found(ada_client, q="sea", until="9999-12-31")[1:] == ["July", "June", "May"]
    assert found(ada_client, q="sea", tag=tag) == ["July"]
    assert found(ada_client, q="sea", area="work") == ["No sea"]
    assert found(ada_client, q="sea", area="money") == []
    kept = search(ada_client, q="sea", area="work", since="2026-06-01").content.decode()
    assert 'value="2026-06-01"' in kept
    assert 'value="work" selected' in " ".join(kept.split())


def test_older_results_are_a_page_of_the_same_search(ada, ada_client):
    for number in range(25):
        day = date(2026, 5, 31) - timedelta(days=number)
        make_entry(ada, "sea", title=f"T{number}", written_on=day)
        make_promise(ada, f"sea {number}")
    page = search(ada_client, q="sea")
    address = page.redirect_chain[0][0]

    older = ada_client.get(f"{address}?kind=entry&start=20").content.decode()

    assert re.findall(r">(T\d+)<", older) == [f"T{number}" for number in range(20, 25)]
    assert chips(older) == {"": 50, "entry": 25, "promise": 25}
    link = f"{address}?kind=entry&amp;start=20"
    assert link in ada_client.get(f"{address}?kind=entry").content.decode()


def test_of_more_than_are_counted_each_is_still_reached(ada, ada_client, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    monkeypatch.setattr(queries, "PAGE", 2)
    promise = make_promise(ada, "Walk")
    for number in range(7):
        day = date(2026, 5, 31) - timedelta(days=number)
        make_entry(ada, "sea", title=f"T{number}", written_on=day)
        answer(promise, {day: "kept"}, note="By the sea")
    page = search(ada_client, q="sea")

    assert "4+ found for" in page.content.decode()
    assert re.findall(r"<b>([\d+]+)</b>", page.content.decode())[:3] == ["4+", "3+", "1"]

    seen, address = [], f"{page.redirect_chain[0][0]}?kind=entry"
    while address:
        page = ada_client.get(address).content.decode()
        seen += re.findall(r">(T\d)<", page)
        older = re.search(r'href="([^"]*start=\d+)"\s*>Show earlier', page)
        address = older and unescape(older[1])
    assert seen == [f"T{number}" for number in range(7)]


def test_while_typing_only_the_results_are_sent_and_one_row_follows(ada, ada_client):
    make_entry(ada, "The quote could wait", title="Out")
    pk = uuid4()

    for words in ("q", "qu", "quo"):
        fields = {"q": words, "id": pk}
        response = ada_client.post("/search/", fields, headers=TYPING)

    part = response.content.decode()
    assert "<html" not in part
    assert "The <mark>quo</mark>te could wait" in part
    assert 'hx-swap-oob="innerHTML:#found"' in part
    assert response["HX-Replace-Url"] == f"/search/{pk}/"
    assert [row.words for row in ada.searches.all()] == ["quo"]
    nothing = ada_client.post("/search/", {"q": ""}, headers=TYPING).content.decode()
    assert "<mark>" not in nothing


def test_the_same_question_twice_is_one_search_and_another_one_is_another(ada, ada_client):
    pk = uuid4()

    addresses = [
        search(ada_client, q=words, id=pk).redirect_chain[0][0] for words in ("sea", "sea", "hill")
    ]

    assert addresses[0] == addresses[1] == f"/search/{pk}/"
    assert addresses[2] != addresses[1]
    assert "found for “<bdi>sea</bdi>”" in ada_client.get(addresses[0]).content.decode()


def test_it_is_kept_for_an_hour_and_the_last_five(ada, ada_client):
    make_entry(ada, "sea", title="Out")
    addresses = [search(ada_client, q=f"sea {n}").redirect_chain[0][0] for n in range(6)]

    assert ada_client.get(addresses[0]).status_code == 404
    assert ada_client.get(addresses[1]).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        over = ada_client.get(addresses[5])
        assert over.status_code == 404
        assert 'name="q"' in over.content.decode()
        search(ada_client, q="sea")
        assert ada.searches.count() == 1


def test_words_are_sealed_and_in_no_address(ada, ada_client):
    page = search(ada_client, q="quokka")

    assert "quokka" not in page.redirect_chain[0][0]
    assert "quokka" not in repr(list(ada.searches.values()))


def test_somebody_elses_search_is_not_there(ada, eve, ada_client):
    hers = make_search(eve, "secret", id=uuid4())

    assert ada_client.get(hers.get_absolute_url()).status_code == 404
    mine = search(ada_client, q="sea", id=hers.pk)
    assert mine.redirect_chain[0][0] != hers.get_absolute_url()
    assert "for “<bdi>sea</bdi>”" in mine.content.decode()


def test_nothing_found_offers_a_way_on(ada, ada_client):
    make_entry(ada, "sea")

    page = search(ada_client, q="hill").content.decode()
    assert "Nothing found for “<bdi>hill</bdi>”" in page
    assert "Try part of the word" in page
    narrowed = search(ada_client, q="sea", area="money").content.decode()
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
        {"q": "sea", "area": "juggling"},
        {"q": "sea", "tag": "01a20810-4259-7056-8781-d275d1310c40"},
        {"q": "sea", "id": "x"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(ada, ada_client, fields):
    make_entry(ada, "sea", title="Not shown")

    page = ada_client.post("/search/", fields).content.decode()

    assert 'id="errors"' in page
    assert "Not shown" not in page


@pytest.mark.parametrize(
    "query", ["kind=x", "start=-1", "start=x", "start=9999999999999", "kind=%00"]
)
def test_an_address_that_makes_no_sense_shows_the_first_page(ada, ada_client, query):
    make_entry(ada, "sea", title="Out")
    address = make_search(ada, "sea").get_absolute_url()

    assert ">Out<" in ada_client.get(f"{address}?{query}").content.decode()


def test_what_is_in_the_trash_or_eves_is_not_found(ada, eve, ada_client):
    make_entry(ada, "sea", title="Gone").trash()
    boundary = make_boundary(ada, "No sea")
    make_crossing(boundary, "sea")
    boundary.trash()
    make_entry(eve, "sea", title="Hers", tagged=["Secret"])

    assert "Nothing found" in search(ada_client, q="sea").content.decode()
    assert "Secret" not in ada_client.get("/search/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_as_many_statements_for_one_find_as_for_thirty(ada, ada_client, count):
    for number in range(count):
        make_entry(ada, "sea", tagged=[f"Tag {number}"])
    address = make_search(ada, "sea").get_absolute_url()

    # whose session, the search, tags, the page of entries; and cursors that Django does not see
    assert statements_of_page(ada_client, address) == 4
