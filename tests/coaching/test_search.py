"""Mira's search goes on, a page at a time, through everything that is shared and nothing else."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journal.coaching import search
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import AccessLogEntry, ShareGrant
from journal.sharing.shareable import KINDS
from tests.coaching.coach_client import browser_of, text_of
from tests.coaching.factories import link, made_coach, share, share_practice
from tests.factories import make_entry
from tests.promises.factories import make_promise
from tests.query_counts import CONTROL

pytestmark = pytest.mark.django_db

SEARCH = "/coach/search/"


def next_page(answered: Any) -> dict[str, str]:
    """What the button below the finds would send; nothing where there is none."""
    html = answered.content.decode()
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    given = {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}
    return given if "after_thing" in given else {}


def found_on(answered: Any) -> list[str]:
    return re.findall(r'<a class="link" href="/coach/shared/(\w+/[-\w]+)/">', unescape_of(answered))


def unescape_of(answered: Any) -> str:
    return unescape(answered.content.decode())


def all_pages(browser: Any, words: str) -> list[list[str]]:
    pages, sent = [], {"q": words}
    while sent:
        answered = browser.post(SEARCH, sent)
        pages.append(found_on(answered))
        sent = next_page(answered)
        assert len(pages) < 20
    return pages


def accesses(person: Any) -> set[str]:
    with acting_as(person):
        return {f"{one.kind}/{one.item_id}" for one in AccessLogEntry.objects.all()}


def test_it_leads_to_the_lists_too(mira):
    page = browser_of(made_coach(mira)).get(SEARCH).content.decode()

    for name in KINDS:
        assert f'href="/coach/shared/{name}/"' in page


@pytest.mark.parametrize(("most", "sizes"), [(2000, [4, 4, 4]), (3, [3, 3, 3, 3])])
def test_every_find_of_every_client_comes_once_newest_first(
    ada, mira, eve, monkeypatch, most, sizes
):
    monkeypatch.setattr(search, "PAGE", 4)
    monkeypatch.setattr(search, "MOST", most)
    adas, eves = link(ada, mira, "Ada B."), link(eve, mira, "Eve C.")
    rows = []
    for number in range(6):
        rows.append(make_entry(ada, f"Quokka {number}"))
        rows.append(make_promise(eve, f"Feed quokka {number}"))
        make_entry(ada, f"Quokka {number}, only mine")
    # What was written at once is told apart by its id, across the end of a page too.
    moment = timezone.now()
    with acting_as(ada):
        Entry.objects.update(created_at=moment - timedelta(days=1))
    for row in rows[::2]:
        share(adas, row)
    share_practice(eves, "promises")
    browser = browser_of(mira)

    pages = all_pages(browser, "quokka")

    promises = [f"promise/{row.pk}" for row in reversed(rows[1::2])]
    entries = [f"entry/{row.pk}" for row in sorted(rows[::2], key=lambda e: e.pk, reverse=True)]
    assert [len(page) for page in pages] == sizes
    assert [one for page in pages for one in page] == [*promises, *entries]
    assert (accesses(ada), accesses(eve)) == (set(entries), set(promises))


def test_each_page_notes_what_it_showed_and_no_more(ada, mira, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 2)
    one = link(ada, mira)
    rows = [make_entry(ada, f"Quokka {number}") for number in range(3)]
    for row in rows:
        share(one, row)
    browser = browser_of(mira)

    first = browser.post(SEARCH, {"q": "quokka"})
    assert found_on(first) == [f"entry/{rows[2].pk}", f"entry/{rows[1].pk}"]
    assert accesses(ada) == {f"entry/{rows[2].pk}", f"entry/{rows[1].pk}"}

    second = browser.post(SEARCH, next_page(first))
    assert found_on(second) == [f"entry/{rows[0].pk}"]
    assert "You’ve reached the end of what is shared with you." in text_of(second)
    assert next_page(second) == {}
    assert accesses(ada) == {f"entry/{row.pk}" for row in rows}


def test_it_says_where_it_stopped_and_goes_on_from_there(ada, mira, monkeypatch):
    monkeypatch.setattr(search, "MOST", 3)
    one = link(ada, mira)
    old = make_entry(ada, "A quokka, long ago")
    rest = [make_entry(ada, f"Another day, {number}") for number in range(4)]
    new = make_entry(ada, "A quokka")
    for row in (old, *rest, new):
        share(one, row)
    browser = browser_of(mira)

    first = browser.post(SEARCH, {"q": "quokka"})
    assert found_on(first) == [f"entry/{new.pk}"]
    assert "These are from the newest 3 items. Older ones haven’t been searched yet." in text_of(
        first
    )
    assert "Search older items" in text_of(first)
    second = browser.post(SEARCH, next_page(first))
    assert found_on(second) == [f"entry/{old.pk}"]
    assert "You’ve reached the end of what is shared with you." in text_of(second)

    none = browser.post(SEARCH, {"q": "zeppelin"})
    assert "Nothing found in the newest 3 items. Older ones haven’t been searched yet." in text_of(
        none
    )
    last = browser.post(SEARCH, next_page(none))
    assert found_on(last) == []
    assert next_page(last) == {}
    # Exactly as many as are looked through: there is nothing behind them.
    with acting_as(ada):
        ShareGrant.objects.exclude(item_id__in=[row.pk for row in rest[:3]]).update(
            revoked_at=timezone.now()
        )
    whole = text_of(browser.post(SEARCH, {"q": "zeppelin"}))
    assert "Nothing shared with you contains these words." in whole


def test_a_further_page_takes_as_many_statements_as_the_first(ada, mira, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 2)
    one = link(ada, mira)
    for number in range(4):
        share(one, make_entry(ada, f"Quokka {number}"))
    browser = browser_of(mira)
    counts, sent = [], {"q": "quokka"}
    while sent:
        with CaptureQueriesContext(connection) as captured:
            answered = browser.post(SEARCH, sent)
        asked = [one["sql"] for one in captured if not one["sql"].lower().startswith(CONTROL)]
        # how often something is searched is counted beside the request
        counts.append(len([sql for sql in asked if "shared_cache" not in sql]))
        sent = next_page(answered)

    assert len(counts) == 2
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    "place",
    [
        {"after_moment": "nonsense", "after_thing": "x"},
        {"after_moment": "2026-01-01T00:00:00+00:00\0", "after_thing": "\0"},
        {"after_moment": "9999-12-31T23:59:59-23:59", "after_thing": "f" * 32},
        {"after_moment": "0001-01-01T00:00:00+23:59", "after_thing": "0" * 32},
        {"after_moment": "x" * 10**6, "after_thing": "\udc00"},
        {"after_moment": "2999-01-01", "after_thing": ""},
        {"after_moment": ["2999-01-01", "2999-01-02"], "after_thing": ["f" * 32, "0" * 32]},
    ],
)
def test_a_forged_place_shows_nothing_that_is_not_shared(ada, mira, place):
    one = link(ada, mira)
    share(one, make_entry(ada, "A quokka"))
    make_entry(ada, "A quokka, only mine")

    sent = urlencode({"q": "quokka", **place}, doseq=True, errors="surrogatepass")
    form = "application/x-www-form-urlencoded"
    answered = browser_of(mira).post(SEARCH, sent, content_type=form)

    assert answered.status_code == 200
    assert "only mine" not in text_of(answered)
    assert len(found_on(answered)) <= 1
    assert accesses(ada) == set(found_on(answered))


def test_what_was_taken_back_between_two_pages_is_not_on_the_next(ada, mira, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 1)
    one = link(ada, mira)
    rows = [make_entry(ada, f"Quokka {number}") for number in range(3)]
    grants = [share(one, row) for row in rows]
    browser = browser_of(mira)
    first = browser.post(SEARCH, {"q": "quokka"})

    with acting_as(ada):
        ShareGrant.objects.filter(pk=grants[1].pk).update(revoked_at=timezone.now())

    second = browser.post(SEARCH, next_page(first))
    assert found_on(second) == [f"entry/{rows[0].pk}"]
    assert f"entry/{rows[1].pk}" not in accesses(ada)
