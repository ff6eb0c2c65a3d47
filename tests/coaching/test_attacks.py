"""What must fail over HTTP. The same against the database, as the coach's role, is in
test_wall.py and test_wall_writes.py."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import consent
from journal.sharing.models import Client, ShareGrant
from journal.sharing.shareable import KINDS
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, made_coach, share, share_practice
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.people.second_steps import connect_app, digits, sign_in
from tests.promises.factories import make_draft, make_promise
from tests.routes.addresses import all_addresses, filled, places_in

pytestmark = pytest.mark.django_db

ADDRESSES = [one for one in all_addresses() if one.startswith("/coach/")]
SECRET = "Quokka"


def everywhere(browser: Browser, one: Any, row: Any, kind: str = "entry") -> str:
    """The words of every page on which a thing of a client's could turn up."""
    paths = ["/coach/", page_of(one), page_of(one, "brief/"), page_of(one, "suggest/")]
    paths += [f"/coach/shared/{name}/" for name in KINDS]
    paths += [f"/coach/shared/{kind}/{row.pk}/"]
    found = [browser.get(path).content.decode() for path in paths]
    found.append(browser.post("/coach/search/", {"q": SECRET[1:4]}).content.decode())
    return " ".join(found)


# --- who comes in


def test_nobody_is_asked_to_sign_in_and_who_is_no_coach_finds_nothing(ada, eve):
    for address in ADDRESSES:
        path = filled(address, dict.fromkeys(places_in(address), uuid.uuid4()))
        assert Browser().get(path).url.startswith("/accounts/login/?next=/coach/")
        for method in ("get", "post"):
            assert getattr(browser_of(eve), method)(path).status_code == 404, path


def test_no_second_step_no_way_in(mira, settings):
    made_coach(mira)

    answered = signed_in(mira).get("/coach/library/")
    assert answered.url == "/accounts/coach/?next=%2Fcoach%2Flibrary%2F"
    page = signed_in(mira).get(answered.url)
    assert "One step before the coach area" in text_of(page)
    settings.COACH_MFA = False
    assert signed_in(mira).get("/coach/library/").status_code == 200


def test_setting_one_up_and_showing_it_leads_back(mira):
    made_coach(mira)
    browser = sign_in(mira)
    way = browser.get("/coach/library/").url
    assert "Set up an app" in text_of(browser.get(way))
    key = connect_app(browser)

    asked = browser.get(way)
    assert asked.url == "/accounts/2fa/reauthenticate/?next=%2Fcoach%2Flibrary%2F"
    shown = browser.post(asked.url, {"code": digits(key), "next": "/coach/library/"})
    assert shown.url == "/coach/library/"
    assert browser.get("/coach/library/").status_code == 200
    assert browser.get(way).url == "/coach/library/"


def test_the_way_in_leads_nowhere_else(mira, eve):
    browser = browser_of(made_coach(mira))

    assert browser.get("/accounts/coach/?next=https://example.org/").url == "/coach/"
    assert signed_in(eve).get("/accounts/coach/").status_code == 404


def test_a_coach_who_was_switched_off_gets_nothing_with_a_session_that_lives(ada, mira):
    one = link(ada, mira)
    share(one, make_entry(ada, f"A {SECRET}"))
    browser, page = browser_of(mira), page_of(one)
    assert SECRET in browser.get(page).content.decode()

    User.objects.filter(pk=mira.pk).update(is_active=False)

    assert browser.get(page).url.startswith("/accounts/login/")


def test_who_no_longer_coaches_gets_nothing_and_nothing_is_ended(ada, mira):
    one = link(ada, mira)
    share(one, make_entry(ada, f"A {SECRET}"))
    browser, page = browser_of(mira), page_of(one)

    User.objects.filter(pk=mira.pk).update(coaches_since=None)
    assert browser.get(page).status_code == 404

    User.objects.filter(pk=mira.pk).update(coaches_since=timezone.now())
    assert SECRET in browser.get(page).content.decode()


# --- what they see


def test_neither_a_sibling_nor_a_draft_nor_trash_is_anywhere(ada, mira):
    one = link(ada, mira)
    share(one, make_entry(ada, "For Mira."))
    share_practice(one, "promises")
    sibling = make_entry(ada, f"A {SECRET}")
    draft = make_draft(ada, f"Feed the {SECRET}")
    gone = make_promise(ada, f"Pet the {SECRET}")
    with acting_as(ada):
        gone.trash()
    browser = browser_of(mira)

    for row, kind in ((sibling, "entry"), (draft, "promise"), (gone, "promise")):
        assert SECRET not in everywhere(browser, one, row, kind)
        assert browser.get(f"/coach/shared/{kind}/{row.pk}/").status_code == 404
    with acting_as(ada):
        gone.restore()  # what was removed once stays out
    assert SECRET not in everywhere(browser, one, gone, "promise")


def test_what_was_not_safe_to_act_on_is_nowhere(ada, mira):
    one = link(ada, mira)
    share_practice(one, "boundaries")
    boundary = make_boundary(ada, "No calls after 19:00")
    crossing = make_crossing(boundary, f"The {SECRET} shouted", result="unsafe_to_act")

    assert SECRET not in everywhere(browser_of(mira), one, crossing, "crossing")
    everything = browser_of(mira).get("/coach/shared/crossing/?state=unsafe_to_act")
    assert SECRET not in everything.content.decode()
    assert "unsafe" not in everything.content.decode()


def test_what_is_older_than_from_now_is_nowhere(ada, mira):
    one = link(ada, mira)
    old = make_promise(ada, f"Feed the {SECRET}")
    share_practice(one, "promises", past="from_now")

    assert SECRET not in everywhere(browser_of(mira), one, old, "promise")


def test_what_ran_out_yesterday_is_nowhere(ada, mira):
    one = link(ada, mira)
    entry = make_entry(ada, f"A {SECRET}")
    grant = share(one, entry, days=7)
    browser = browser_of(mira)
    assert SECRET in everywhere(browser, one, entry)

    with acting_as(ada):
        ran_out = timezone.now() - timedelta(days=1)
        ShareGrant.objects.filter(pk=grant.pk).update(
            starts_at=ran_out - timedelta(days=7), expires_at=ran_out
        )

    assert SECRET not in everywhere(browser, one, entry)


def test_after_taking_back_nothing_is_there_and_no_page_is_said_to_be_unchanged(ada, mira):
    one = link(ada, mira)
    entry = make_entry(ada, f"A {SECRET}")
    grant = share(one, entry)
    browser = browser_of(mira)
    path = f"/coach/shared/entry/{entry.pk}/"
    before = browser.get(path)
    assert SECRET in before.content.decode()
    assert not {"ETag", "Last-Modified"} & set(before.headers)
    assert "no-store" in before["Cache-Control"]

    with acting_as(ada):
        consent.take_back(one, [grant])

    asked = {"HTTP_IF_NONE_MATCH": "*", "HTTP_IF_MODIFIED_SINCE": "Wed, 25 Nov 2099 00:00:00 GMT"}
    assert browser.get(path, **asked).status_code == 404
    assert SECRET not in everywhere(browser, one, entry)


def test_who_is_not_linked_or_no_longer_sees_nothing(ada, mira, eve):
    entry = make_entry(ada, f"A {SECRET}")
    one = link(ada, mira)
    share(one, entry)
    stranger = browser_of(made_coach(eve))
    page = page_of(one)
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"/coach/shared/entry/{entry.pk}/").status_code == 404
    assert SECRET not in stranger.get("/coach/").content.decode()

    with acting_as(ada):
        one.end()

    mira_browser = browser_of(mira)
    assert mira_browser.get(f"/coach/shared/entry/{entry.pk}/").status_code == 404
    assert SECRET not in mira_browser.get(page).content.decode()
    assert SECRET not in mira_browser.get("/coach/shared/entry/").content.decode()


def test_a_coach_who_is_a_client_too_does_not_meet_their_own_journal_there(ada, mira, eve):
    link(ada, mira)
    made_coach(eve)
    own_link = link(mira, eve)
    own = make_entry(mira, f"A {SECRET} of my own")
    share(own_link, own)
    mira_browser = browser_of(mira)

    assert mira_browser.get(f"/coach/shared/entry/{own.pk}/").status_code == 404
    assert SECRET not in mira_browser.get("/coach/shared/entry/").content.decode()
    found = mira_browser.post("/coach/search/", {"q": SECRET})
    assert "Nothing shared with you" in text_of(found)
    assert SECRET in browser_of(eve).get(f"/coach/shared/entry/{own.pk}/").content.decode()


def test_counts_are_of_what_is_shared(ada, mira):
    one = link(ada, mira)
    for number in range(3):
        make_entry(ada, f"Mine, {number}")
    share(one, make_entry(ada, "For Mira."))
    share_practice(one, "promises", detail="counts")
    make_promise(ada, "Walk after lunch")
    today = timezone.localdate()
    with acting_as(mira):
        Client.objects.update(last_session_on=today)
    browser = browser_of(mira)

    assert "1 new" not in text_of(browser.get("/coach/")).replace("2 new", "")
    listed = browser.get("/coach/shared/entry/").content.decode()
    assert listed.count('class="p-journal entryish"') == 1
    assert "Walk after lunch" not in browser.get("/coach/shared/promise/").content.decode()
    assert not re.search(r"\b[345]\b (entries|of)", listed)
