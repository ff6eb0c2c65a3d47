"""The coach's library, invitations, search and lists."""

import pytest

from journal.privacy.rls import acting_as
from journal.sharing.models import Suggestion
from tests.coaching.coach_client import browser_of, client_of, page_of, text_of
from tests.coaching.factories import link, made_coach, share, share_practice
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db


def test_nothing_is_suggested_to_who_does_not_listen(ada, mira):
    one = link(ada, mira, "Ada B.")
    with acting_as(ada):
        one.mute(muted=True)

    answered = browser_of(mira).post(
        page_of(one, "suggest/"), {"what": "practice", "practice": "boundaries"}
    )

    assert answered.status_code == 409
    assert "doesn’t want comments or suggestions" in text_of(answered)
    with acting_as(ada):
        assert not Suggestion.objects.exists()


def test_the_library_is_added_to_changed_and_cleared(mira):
    mira_browser = browser_of(made_coach(mira))

    mira_browser.post("/coach/library/", {"text": "Whose yes was it?"})
    with acting_as(mira):
        (own,) = mira.libraryprompts.live()
    address = f"/coach/library/{own.pk}/"
    mira_browser.post(address, {"text": "Whose no was it?", "version": 1})
    stale = mira_browser.post(address, {"text": "Whose maybe?", "version": 1})
    assert stale.status_code == 409
    assert "Whose maybe?" in text_of(stale)
    assert "Whose no was it?" in text_of(stale).partition("The version saved elsewhere")[2]
    mira_browser.post(address, {"text": "Whose maybe?", "version": 2})
    mira_browser.post(address, {"text": "Whose no was it?", "version": 3})
    assert "Whose no was it?" in text_of(mira_browser.get("/coach/library/"))
    removed = mira_browser.post(f"{address}delete/", follow=True)
    assert "Whose no was it?" not in text_of(removed)
    restored = mira_browser.post(f"{address}restore/", follow=True)
    assert "Whose no was it?" in text_of(restored)


def test_inviting_shows_the_link_once_and_can_be_taken_back(mira):
    mira_browser = browser_of(made_coach(mira))

    fields = {"email": "new@example.org", "from_name": "Mira", "kept": "a-1"}
    invited = mira_browser.post("/coach/", fields)
    # It is taken, though the page stays: the browser lets its copy of these words go.
    assert (invited.status_code, invited.cookies["kept"].value) == (201, "a-1")
    assert "/sharing/invitation/" in text_of(invited)
    waiting = mira_browser.get("/coach/")
    assert "new@example.org until" in text_of(waiting)
    assert "/sharing/invitation/" not in text_of(waiting)
    with acting_as(mira):
        (one,) = mira.coachinvitations.open()
    taken_back = mira_browser.post(f"/coach/invitations/{one.pk}/take-back/", follow=True)
    assert "new@example.org" not in text_of(taken_back)


def test_search_finds_what_is_shared_and_nothing_else(ada, mira):
    one = link(ada, mira, "Ada B.")
    share(one, make_entry(ada, "A quokka, for Mira."))
    make_entry(ada, "A quokka, only mine.")
    make_entry(mira, "A quokka of my own.")
    mira_browser = browser_of(mira)

    page = text_of(mira_browser.post("/coach/search/", {"q": "quokka"}))

    assert "A quokka , for Mira." in page
    assert "only mine" not in page
    assert "of my own" not in page
    nothing = text_of(mira_browser.post("/coach/search/", {"q": "zeppelin"}))
    assert "Nothing shared with you contains these words." in nothing


def test_lists_are_filtered_by_client_and_by_state(ada, mira, eve):
    adas, eves = link(ada, mira, "Ada B."), link(eve, mira, "Eve C.")
    make_promise(ada, "Walk after lunch")
    make_promise(eve, "Call Gran")
    for one in (adas, eves):
        share_practice(one, "promises")
    mira_browser, address = browser_of(mira), "/coach/shared/promise/"

    both = text_of(mira_browser.get(address))
    assert "Walk after lunch" in both
    assert "Call Gran" in both
    only = text_of(mira_browser.get(f"{address}?client={client_of(adas).pk}"))
    assert "Walk after lunch" in only
    assert "Call Gran" not in only
    assert "Walk after lunch" not in text_of(mira_browser.get(f"{address}?state=retired"))
    assert "Walk after lunch" in text_of(mira_browser.get(f"{address}?state=active"))


def test_her_settings_are_where_everyones_are(mira):
    page = browser_of(made_coach(mira)).get("/coach/").content.decode()

    assert 'href="/settings/"' in page
    assert 'href="/coach/"' in signed_in(mira).get("/settings/").content.decode()
