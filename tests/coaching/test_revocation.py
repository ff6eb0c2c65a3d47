"""Taking back what a coach sees: one share, all, or the link; also from a page that is old."""

import re

import pytest

from journal.privacy.rls import acting_as
from journal.sharing.models import CoachLink
from tests.coaching.factories import link, share, share_practice, sure
from tests.coaching.sharing_client import entries_seen_by, events, in_force, key, save
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.page import forms_in

pytestmark = pytest.mark.django_db


def test_unticking_takes_back_and_asks_for_nothing(ada, mira, linked):
    kept, gone = make_entry(ada, "Stays."), make_entry(ada, "Goes.")
    share(linked, kept)
    share(linked, gone)
    browser = signed_in(ada)
    seen = re.findall(
        r'name="seen" value="([^"]+)"',
        browser.get(f"/sharing/grants/{linked.pk}/").content.decode(),
    )
    assert len(seen) == 2

    assert save(browser, linked, seen=seen, item=key(kept)).url == "/sharing/"

    assert entries_seen_by(mira) == ["Stays."]
    assert events(ada) == ["granted", "granted", "revoked"]


def test_one_tap_takes_one_share_back(ada, mira, linked):
    grant = share(linked, make_entry(ada, "For Mira."))

    assert signed_in(ada).post(f"/sharing/shares/{grant.pk}/take-back/").url == "/sharing/"
    signed_in(ada).post(f"/sharing/shares/{grant.pk}/take-back/")

    assert entries_seen_by(mira) == []
    assert events(ada) == ["granted", "revoked"]


def test_one_tap_on_every_page_stops_everything_with_everyone(ada, mira, eve, linked):
    other = link(ada, eve)
    share(linked, make_entry(ada, "For Mira."))
    share_practice(other, "promises")
    browser = signed_in(ada)
    pages = ["/sharing/", "/sharing/invite/", "/sharing/log/"]
    pages += [f"/sharing/grants/{linked.pk}/", f"/sharing/grants/{linked.pk}/brief/"]
    for page in pages:
        assert any(
            form.action == "/sharing/stop/" for form in forms_in(browser.get(page, follow=True))
        ), page

    page = browser.post("/sharing/stop/", follow=True).content.decode()

    assert "2 items are no longer shared" in page
    assert (in_force(ada), entries_seen_by(mira)) == ([], [])
    with acting_as(ada):
        assert CoachLink.objects.active().count() == 2
    assert "Nothing is shared." in browser.post("/sharing/stop/", follow=True).content.decode()


def test_ending_a_link_ends_what_is_shared_for_either_side(ada, mira, eve, linked):
    share(linked, make_entry(ada, "For Mira."))
    address = f"/sharing/grants/{linked.pk}/end/"

    assert signed_in(eve).post(address).status_code == 404
    assert entries_seen_by(mira) == ["For Mira."]

    assert signed_in(mira).post(address).url == "/coach/"
    assert (entries_seen_by(mira), in_force(ada)) == ([], [])
    assert signed_in(ada).post(address).url == "/sharing/"
    assert sorted(events(ada)) == ["ended", "granted"]
    assert signed_in(ada).get(f"/sharing/grants/{linked.pk}/").status_code == 404


# --- two tabs, two taps --------------------------------------------------------------------------


def test_what_was_taken_back_elsewhere_is_not_opened_again_by_an_old_page(ada, mira, linked):
    entry, more = make_entry(ada, "For Mira."), make_entry(ada, "Also for Mira.")
    grant = share(linked, entry)
    browser = sure(ada)
    seen = str(grant.pk)
    browser.post(f"/sharing/shares/{grant.pk}/take-back/")

    preview = browser.get(
        f"/sharing/grants/{linked.pk}/preview/",
        {"seen": seen, "item": [key(entry), key(more)], "renew": "on"},
    )
    assert "You stopped sharing this on another page" in preview.content.decode()
    save(browser, linked, seen=seen, item=[key(entry), key(more)], renew="on")

    assert entries_seen_by(mira) == ["Also for Mira."]


def test_what_was_shared_elsewhere_is_left_alone_by_an_old_page(ada, mira, linked):
    entry, more = make_entry(ada, "For Mira."), make_entry(ada, "Also for Mira.")
    share(linked, entry)

    save(sure(ada), linked, item=key(more))

    assert entries_seen_by(mira) == ["Also for Mira.", "For Mira."]
