"""Favourites: a star of an entry, a page of them; and entries without a title, shown as text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_entry
from tests.page import compact

STAR = "/journal/{}/favourite/"
HTMX = {"HX-Request": "true"}


def test_a_star_sets_and_a_second_tap_of_the_same_page_sets_it_once_more(ada, ada_client):
    entry = make_entry(ada, "sea", title="Out")
    for _tap in range(2):
        response = ada_client.post(STAR.format(entry.pk), {"favourite": "1", "next": "/journal/"})
        assert response.url == f"/journal/#star-{entry.pk}"

    entry.refresh_from_db()
    assert (entry.favourite, entry.version) == (True, 2)
    ada_client.post(STAR.format(entry.pk), {"favourite": ""})
    entry.refresh_from_db()
    assert not entry.favourite


@pytest.mark.parametrize("mark", ["favourite", "sorted", "unsorted"])
def test_a_mark_waits_for_a_save_of_the_same_moment(ada, ada_client, mark):
    """Two saves that read the same version would both write the next one."""
    entry = make_entry(ada, "sea")

    with CaptureQueriesContext(connection) as captured:
        ada_client.post(f"/journal/{entry.pk}/{mark}/", {"favourite": "1"})

    read = [query["sql"] for query in captured if 'FROM "entries_entry"' in query["sql"]]
    assert all("FOR UPDATE" in sql for sql in read)
    assert read


def test_with_a_script_only_the_star_comes_back(ada, ada_client):
    entry = make_entry(ada, "sea", title="Out")

    part = ada_client.post(STAR.format(entry.pk), {"favourite": "1"}, headers=HTMX).content.decode()

    assert part.strip().startswith("<button")
    assert 'aria-pressed="true"' in part
    assert f'id="star-{entry.pk}"' in part
    assert 'hx-swap-oob="true"' in part


def test_the_page_of_favourites(ada, ada_client):
    make_entry(ada, "sea", title="Kept", favourite=True)
    make_entry(ada, "hill", title="Other")
    make_entry(ada, "lake", title="Gone", favourite=True).trash()

    page = compact(ada_client.get("/journal/?favourite=1"))

    assert "Kept" in page
    assert "Other" not in page
    assert "Gone" not in page
    assert 'href="?favourite=1"' in compact(ada_client.get("/journal/"))


def test_without_favourites_the_page_says_how_one_gets_there(ada, ada_client):
    make_entry(ada, "sea")

    assert "No favourites yet" in compact(ada_client.get("/journal/?favourite=1"))


def test_a_star_is_no_change_of_the_words(ada, ada_client):
    entry = make_entry(ada, "sea", title="Out")
    ada_client.post(STAR.format(entry.pk), {"favourite": "1"})

    assert not entry.earlier.exists()


def test_an_untitled_entry_is_its_text_with_a_link(ada, ada_client):
    entry = make_entry(ada, "**Dad rang** from the motorway. He came anyway.")

    page = compact(ada_client.get("/journal/"))

    assert "Dad rang from the motorway. He came anyway." in page
    row = page.split('<li class="entry')[1].split("</li>")[0]
    assert "<h3" not in row
    assert f'<a class="open meta" href="{entry.get_absolute_url()}">{entry.written_time}<' in row


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A short one. " * 40, "A short one. " * 26 + "A short one."),
        ("word " * 200, ("word " * 72).strip() + "…"),
    ],
)
def test_a_long_one_ends_with_a_sentence_and_says_how_much_there_is(ada, ada_client, text, shown):
    entry = make_entry(ada, text)

    page = compact(ada_client.get("/journal/"))

    assert f">{shown}<" in page
    assert f"Read on, {len(text.split())} words" in page
    assert len(entry.opening) <= 361


def test_the_star_of_somebody_elses_entry_is_not_there(eve, ada_client):
    entry = make_entry(eve, "hers")

    assert ada_client.post(STAR.format(entry.pk), {"favourite": "1"}).status_code == 404
    entry.refresh_from_db()
    assert not entry.favourite
