"""Previews beside each other, and beside what is taken back: none waits in a circle.

A preview stops at a definite point: once it has written what is to stand, before the coach's role
reads it. PostgreSQL ends whoever waits in a circle with an error, and each of these would see it.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.privacy.rls import COACH, acting_as
from journal.reflections.entries.models import Entry
from journal.sharing import consent
from journal.sharing import preview as previews
from journal.sharing.models import CoachLink, ShareGrant
from tests.coaching.factories import comment, link, share, sure
from tests.coaching.interleaving import Other
from tests.coaching.sharing_client import entries_seen_by, key
from tests.conftest import signed_in
from tests.factories import make_entry, make_person

pytestmark = pytest.mark.django_db(transaction=True)

Page = Callable[[], str]


@pytest.fixture
def once_written(monkeypatch):
    """Runs something when the preview of this very thread has written, and not yet read."""
    real, here, todo = previews._write, threading.get_ident(), []

    def write(*given) -> None:
        real(*given)
        if todo and threading.get_ident() == here:
            todo.pop()()

    monkeypatch.setattr(previews, "_write", write)
    return todo.append


def preview(browser: Client, made: CoachLink, *items: OwnedModel, **chosen) -> Page:
    """Opens the page; its answer is its text."""
    query = QueryDict(mutable=True)
    query.setlist("item", [key(item) for item in items])
    for name, value in chosen.items():
        query[name] = str(value)
    address = f"/sharing/grants/{made.pk}/preview/?{query.urlencode()}"

    def page() -> str:
        answer = browser.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def entries(person: User, *names: str) -> list[Entry]:
    return [make_entry(person, name) for name in names]


def nothing_stays(*people: User) -> None:
    for person in people:
        with acting_as(person):
            assert not ShareGrant.objects.exists()


# --- two previews --------------------------------------------------------------------------------


@pytest.mark.parametrize("stands", [False, True])
def test_two_tabs_of_one_client_take_turns_and_each_shows_its_own(
    ada, linked, once_written, stands
):
    first, second, kept = entries(ada, "The first.", "The second.", "Kept.")
    if stands:
        share(linked, kept)
    one = preview(sure(ada), linked, first, second)
    other = preview(sure(ada), linked, second)
    tabs: list[Other] = []
    once_written(lambda: tabs.append(Other(other).until_it_waits()))

    shown = one()
    answer = tabs[0].done()

    assert ("The first." in shown, "The second." in shown) == (True, True)
    assert ("The first." in answer, "The second." in answer) == (False, True)
    assert ("Kept." in shown, "Kept." in answer) == (stands, stands)


def test_two_tabs_that_ticked_the_same_things_in_another_order(ada, linked):
    """Somebody else holds the middle one. Were each to write in its own order, both would have
    begun by then, from either end, and wait for each other."""
    three = entries(ada, "One.", "Two.", "Three.")
    browsers = [sure(ada), sure(ada)]

    with transaction.atomic():
        with acting_as(ada):
            wish = consent.ShareRequest("item", "entry", three[1].pk)
            ShareGrant.objects.bulk_create(consent.granted(linked, [wish], 7, []))
        tabs = [
            Other(preview(browser, linked, *ticked)).until_it_waits()
            for browser, ticked in zip(browsers, (three, three[::-1]), strict=True)
        ]
        transaction.set_rollback(True)

    for tab in tabs:
        shown = tab.done()
        assert all(text in shown for text in ("One.", "Two.", "Three."))
    nothing_stays(ada)


def test_two_clients_of_one_coach_do_not_wait_for_each_other(ada, eve, mira, linked, once_written):
    own, hers = make_entry(ada, "Of ada."), make_entry(eve, "Of eve.")
    one = preview(sure(ada), linked, own, week="full.include")
    other = preview(sure(eve), link(eve, mira, "Eve"), hers, week="full.include")
    shown: list[str] = []
    once_written(lambda: shown.append(Other(other).without_waiting()))

    shown.append(one())

    assert ["Of eve." in page for page in shown] == [True, False]
    assert ["Of ada." in page for page in shown] == [False, True]
    nothing_stays(ada, eve)


def test_the_preview_of_one_client_waits_for_what_another_takes_back_and_not_in_a_circle(
    ada, eve, mira, linked
):
    """Eve's link is the later one. Ada's stop holds hers and goes on to her other coach, whose
    page holds that; eve's preview waits for ada's link, and holds none that anybody waits for."""
    noor = make_person("noor@example.org")
    elsewhere, hers = link(ada, noor, coach_name="Noor"), link(eve, mira, "Eve")
    share(linked, make_entry(ada, "For Mira."))
    share(elsewhere, make_entry(ada, "For Noor."))
    page = preview(sure(eve), hers, make_entry(eve, "Of eve."))
    browser = signed_in(ada)

    with acting_as(noor, role=COACH):
        stop = Other(lambda: browser.post("/sharing/stop/")).until_it_waits()
        shown = Other(page).until_it_waits()
    assert stop.done().status_code == 302
    assert "Of eve." in shown.done()
    assert entries_seen_by(mira) == entries_seen_by(noor) == []


# --- beside what is taken back -------------------------------------------------------------------


def test_what_is_taken_back_while_a_preview_is_open_waits_for_it(ada, mira, linked, once_written):
    old, new = entries(ada, "Old.", "New.")
    grant = share(linked, old)
    page, browser = preview(sure(ada), linked, old, new, seen=grant.pk), signed_in(ada)
    taps: list[Other] = []
    take_back = f"/sharing/shares/{grant.pk}/take-back/"
    once_written(lambda: taps.append(Other(lambda: browser.post(take_back)).until_it_waits()))

    shown = page()
    assert taps[0].done().status_code == 302

    assert "Old." in shown
    assert "New." in shown
    assert entries_seen_by(mira) == []


@pytest.mark.parametrize("goes_through", [True, False])
def test_a_preview_that_comes_while_it_is_taken_back_shows_what_comes_of_it(
    ada, linked, goes_through
):
    """The page had read its shares before it had to wait, so it reads them once more."""
    old, extra_fields, new = entries(ada, "Old.", "Also old.", "New.")
    grant, _other = share(linked, old), share(linked, extra_fields)
    page = preview(sure(ada), linked, old, new, seen=grant.pk)

    with transaction.atomic():
        with acting_as(ada):
            consent.take_back(linked, [grant])
        tab = Other(page).until_it_waits()
        transaction.set_rollback(not goes_through)
    shown = tab.done()

    assert ("You stopped sharing this on another page" in shown) is goes_through
    assert (">Old." in shown) is not goes_through
    assert ">Also old." in shown
    assert ">New." in shown


def test_a_preview_that_comes_while_the_same_is_shared_shows_it_as_seen_already(ada, linked):
    (entry,) = entries(ada, "For Mira.")
    page = preview(sure(ada), linked, entry)

    with transaction.atomic():
        share(linked, entry)
        tab = Other(page).until_it_waits()

    assert "What you ticked doesn’t change anything." in tab.done()


def test_a_link_that_ends_meanwhile_shows_nothing(ada, linked):
    entry, more = entries(ada, "For Mira.", "More.")
    share(linked, entry)
    page = preview(sure(ada), linked, more)

    with transaction.atomic():
        with acting_as(ada):
            linked.end()
        tab = Other(page).until_it_waits()

    shown = tab.done()
    assert ">For Mira." not in shown
    assert ">More." not in shown


# --- beside a comment ----------------------------------------------------------------------------


def test_comments_are_turned_off_while_a_coach_writes_one(ada, mira, linked):
    entry, browser = make_entry(ada, "For Mira."), signed_in(ada)
    share(linked, entry)
    address = f"/sharing/grants/{linked.pk}/comments/"

    with acting_as(mira, role=COACH):
        said = comment(linked, entry)
        off = Other(lambda: browser.post(address, {"do": "off"})).until_it_waits()

    assert off.done().status_code == 302
    with acting_as(ada):
        assert CoachLink.objects.get().muted_since is not None
        assert said.body == "I like this."
