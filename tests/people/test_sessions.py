"""How long one stays signed in, when a session locks, and that no word is lost to either."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from django.test import Client
from django.utils import timezone

from tests.factories import PASSWORD, make_entry
from tests.markup import forms_of, parse
from tests.people.second_steps import REAUTHENTICATE, sign_in
from tests.sweeps.validity import faults_in

SENSITIVE = "/settings/sensitive/"
WRITE = "/journal/write/"


def page(answer) -> str:
    return answer.content.decode()


def can_read(browser: Client) -> bool:
    return browser.get("/journal/").status_code == 200


def away_for(**time) -> None:
    """As if nobody had used any session for so long."""
    Session.objects.update(expire_date=F("expire_date") - timedelta(**time))


def signed_in_since(browser: Client, **time) -> None:
    session = browser.session
    session["begun"] -= int(timedelta(**time).total_seconds())
    session.save()


def ends_in(browser: Client) -> timedelta:
    return Session.objects.get(session_key=browser.session.session_key).expire_date - timezone.now()


def form_to(answer, end: str):
    document, _errors = parse(page(answer))
    return next(form for form in forms_of(document) if form.action.endswith(end))


@pytest.fixture
def here(ada) -> Client:
    return sign_in(ada)


@pytest.fixture
def locks(ada) -> None:
    ada.lock_after = 5
    ada.save(update_fields=["lock_after"])


# --- how long ---------------------------------------------------------------------------------


def test_whoever_was_away_for_two_weeks_signs_in_again(here):
    away_for(days=13, hours=23)
    assert can_read(here)

    away_for(days=14)
    assert not can_read(here)


def test_using_it_moves_the_end_on(here):
    away_for(days=13)
    answer = here.get("/journal/")

    assert ends_in(here) > timedelta(days=13, hours=23)
    assert answer.cookies["sessionid"]["max-age"] == 60 * 60 * 24 * 14
    assert answer.cookies["sessionid"]["httponly"]
    away_for(days=13)
    assert can_read(here)


def test_using_it_all_the_time_writes_nothing(here):
    before = ends_in(here)

    assert "sessionid" not in here.get("/journal/").cookies
    assert ends_in(here) <= before


def test_nobody_stays_signed_in_for_longer_than_ninety_days(here):
    signed_in_since(here, days=89, hours=23)
    assert can_read(here)

    signed_in_since(here, hours=2)
    answer = here.post(WRITE, {"body": "It was a long spring"})
    assert answer.status_code == 403
    assert "It was a long spring" in page(answer)
    assert not can_read(here)


def test_a_session_that_was_there_before_signing_in_does_not_count(ada):
    browser = Client()
    browser.get("/accounts/login/")
    session = browser.session
    session["begun"] = 1
    session.save()

    browser.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})

    assert can_read(browser)


def test_a_shorter_limit_is_kept(here, settings):
    settings.SESSION_LONGEST = timedelta(hours=8)
    signed_in_since(here, hours=9)

    assert not can_read(here)


# --- locked -----------------------------------------------------------------------------------


def test_nobody_is_locked_who_did_not_ask_for_it(here):
    away_for(days=1)

    assert can_read(here)


def test_ada_chooses_the_pause_in_settings(ada, here):
    answer = here.post("/settings/?section=lock", {"lock_after": "15"})

    ada.refresh_from_db()
    assert (answer.status_code, ada.lock_after) == (302, 15)
    assert here.cookies["lock"].value == "15"
    here.post("/settings/?section=lock", {"lock_after": ""})
    ada.refresh_from_db()
    assert ada.lock_after is None
    assert here.cookies["lock"].value == ""


def test_after_the_pause_nothing_is_readable_until_the_password(ada, here, locks):
    entry = make_entry(ada, "The wall is green").get_absolute_url()
    assert "The wall is green" in page(here.get(entry))
    away_for(minutes=6)

    for address in (entry, "/today/", "/settings/", "/accounts/2fa/", "/admin/"):
        answer = here.get(address)
        assert (answer.status_code, answer.url) == (
            302,
            f"{REAUTHENTICATE}?next={quote(address, '')}",
        )
    lock = here.get(f"{REAUTHENTICATE}?next={entry}")
    assert "<h1>Locked after a break</h1>" in page(lock)
    assert "The wall is green" not in page(lock)
    assert "This isn’t your password." in page(
        here.post(lock.request["PATH_INFO"], {"password": "x"})
    )
    assert here.get(entry).status_code == 302

    answer = here.post(REAUTHENTICATE, {"password": PASSWORD, "next": entry})

    assert answer.url == entry
    assert "The wall is green" in page(here.get(entry))


def test_a_pause_that_was_short_enough_locks_nothing(here, locks):
    away_for(minutes=4)
    assert can_read(here)
    away_for(minutes=4)  # what counts is the last time
    assert can_read(here)


def test_locked_stays_locked_whatever_is_asked_for(here, locks):
    away_for(minutes=6)
    here.get("/journal/")

    for _ in range(3):
        assert not can_read(here)
    assert here.get("/support/").status_code == 200
    assert here.post("/accounts/logout/").url == "/"


@pytest.mark.parametrize("address", ["/no/such/page/", "/support/", "/healthz", "/accounts/login/"])
def test_no_page_that_is_not_there_ends_the_lock(here, locks, address):
    away_for(minutes=6)

    here.get(address)

    assert not can_read(here)


def test_words_sent_after_the_pause_wait_unseen_and_go_on(ada, here, locks):
    away_for(minutes=6)

    locked = here.post(WRITE, {"body": "I waited\nbefore I answered", "title": "At last"})

    assert locked.status_code == 403
    assert "<textarea" not in page(locked)
    assert faults_in(page(locked)) == []
    form = form_to(locked, REAUTHENTICATE)
    again = here.post(REAUTHENTICATE, {**form.fields, "password": "wrong"})
    assert "This isn’t your password." in page(again)
    assert faults_in(page(again)) == []
    form = form_to(again, REAUTHENTICATE)
    thanks = here.post(REAUTHENTICATE, {**form.fields, "password": PASSWORD})
    form = form_to(thanks, WRITE)
    saved = here.post(WRITE, form.fields, follow=True)
    assert "I waited" in page(saved)
    assert "before I answered" in page(saved)


def test_a_part_of_a_page_is_not_replaced_by_the_lock(here, locks):
    away_for(minutes=6)

    answer = here.get(
        "/journal/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/week/?x=1"}
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"] == f"{REAUTHENTICATE}?next=%2Fweek%2F%3Fx%3D1"


def test_a_page_left_open_locks_at_once(here, locks):
    answer = here.get("/accounts/locked/?next=/journal/")

    assert answer.url == f"{REAUTHENTICATE}?next=%2Fjournal%2F"
    assert not can_read(here)


def test_the_lock_of_someone_who_has_none_is_not_there(here):
    here.get("/accounts/locked/?next=//evil.example/")

    assert can_read(here)


def test_eves_words_do_not_wait_in_adas_session(here, locks):
    """What waits is in the page; the session knows that it is locked, and no more."""
    away_for(minutes=6)
    here.post(WRITE, {"body": "I waited before I answered"})

    assert "answered" not in str(dict(here.session))


# --- is it still you? -------------------------------------------------------------------------


@pytest.fixture
def sensitive(settings) -> None:
    settings.ROOT_URLCONF = "tests.people.sensitive_urls"


def test_a_sensitive_page_asks_and_opens_for_five_minutes(here, sensitive):
    asked = here.get(SENSITIVE)

    assert asked.url == f"{REAUTHENTICATE}?next=%2Fsettings%2Fsensitive%2F"
    assert here.post(asked.url, {"password": PASSWORD}).url == SENSITIVE
    assert page(here.get(SENSITIVE)) == "GET  as selftrust_person"
    session = here.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert here.get(SENSITIVE).status_code == 302


def test_words_for_a_sensitive_page_wait_and_go_on_behind_the_wall(here, sensitive):
    asked = here.post(SENSITIVE, {"body": "My reasons for leaving"})

    assert asked.status_code == 403
    assert "leaving" not in str(dict(here.session))
    thanks = here.post(
        REAUTHENTICATE, {**form_to(asked, REAUTHENTICATE).fields, "password": PASSWORD}
    )
    assert "<h1>Thank you</h1>" in page(thanks)
    sent_on = here.post(SENSITIVE, form_to(thanks, SENSITIVE).fields)
    assert page(sent_on) == "POST My reasons for leaving as selftrust_person"


def test_who_showed_it_in_another_tab_sends_the_words_on_from_this_one(here, sensitive):
    asked = here.post(SENSITIVE, {"body": "My reasons"})
    here.post(REAUTHENTICATE, {"password": PASSWORD})

    answer = here.post(SENSITIVE, form_to(asked, SENSITIVE).fields)

    assert page(answer) == "POST My reasons as selftrust_person"


def test_a_new_password_does_not_wait_in_the_session(here):
    asked = here.post("/accounts/password/change/", {"password1": "x" * 20, "password2": "x" * 20})

    assert asked.url == f"{REAUTHENTICATE}?next=%2Faccounts%2Fpassword%2Fchange%2F"
    assert "x" * 20 not in str(dict(here.session))
