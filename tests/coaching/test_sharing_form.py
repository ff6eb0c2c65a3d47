"""Choosing what a coach sees: looked at first, and saved then."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import ConsentEvent, SharedMeasure, ShareGrant
from tests.boundaries.factories import make_boundary
from tests.coaching.factories import link, share, sure
from tests.coaching.sharing_client import entries_seen_by, events, in_force, key, save
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.page import compact, form_ending, forms_in
from tests.promises.factories import make_promise
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db


# --- giving --------------------------------------------------------------------------------------


def test_what_is_ticked_is_looked_at_first_and_open_once_it_is_saved(ada, mira, linked):
    shown, _kept = make_entry(ada, "For Mira."), make_entry(ada, "Only mine.")
    browser = sure(ada)
    preview = browser.get(f"/sharing/grants/{linked.pk}/preview/", {"item": key(shown), "days": 7})

    page = compact(preview)
    assert "What Mira will see" in page
    assert "For Mira." in page
    assert "Only mine." not in page
    assert (in_force(ada), events(ada), entries_seen_by(mira)) == ([], [], [])

    form = next(one for one in forms_in(preview) if "/preview/?" in one.action)
    assert browser.post(form.action).url == "/sharing/"

    assert in_force(ada) == [("item", "entry", "full", "include")]
    assert entries_seen_by(mira) == ["For Mira."]
    with acting_as(ada):
        grant = ShareGrant.objects.get()
    assert grant.expires_at - grant.starts_at == timedelta(days=7)
    assert events(ada) == ["granted"]
    assert "For Mira." in browser.get("/sharing/").content.decode()


def test_the_page_offers_the_last_four_weeks_and_the_way_to_older_ones(ada, linked):
    new, old = make_entry(ada, "New."), make_entry(ada, "Old.")
    with acting_as(ada):
        Entry.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=29))
    browser = signed_in(ada)

    page = browser.get(f"/sharing/grants/{linked.pk}/").content.decode()
    assert key(new) in page
    assert key(old) not in page

    page = browser.get(f"/sharing/grants/{linked.pk}/?older=entry").content.decode()
    assert key(new) in page
    assert key(old) in page


def test_older_ones_come_a_page_at_a_time(ada, linked):
    rows = [make_entry(ada, f"Entry {n}.") for n in range(42)]
    browser = signed_in(ada)

    page = browser.get(f"/sharing/grants/{linked.pk}/?older=entry").content.decode()
    assert [key(row) in page for row in rows] == [False, False, *[True] * 40]

    further = re.search(r'href="(\?older=entry&amp;after=[^"]+)"', page)[1].replace("&amp;", "&")
    page = browser.get(f"/sharing/grants/{linked.pk}/{further}").content.decode()
    assert [key(row) in page for row in rows] == [True, True, *[False] * 40]


def test_practices_figures_and_weeks(ada, linked):
    browser = sure(ada)
    save(
        browser,
        linked,
        **{"practice-promises": "counts.include", "practice-boundaries": "full.from_now"},
        measure="returns",
        week="full.include",
    )

    assert in_force(ada) == [
        ("measure", "returns", "counts", "include"),
        ("practice", "boundaries", "full", "from_now"),
        ("practice", "promises", "counts", "include"),
        ("week", "", "full", "include"),
    ]
    with acting_as(ada):
        assert SharedMeasure.objects.filter(grant__scope="week").count() == 4
    form = form_ending(forms_in(browser.get(f"/sharing/grants/{linked.pk}/")), "/preview/")
    assert form.fields["practice-promises"] == "counts.include"
    assert form.fields["practice-decisions"] == "nothing"
    assert form.fields["week"] == "full.include"


def test_a_practice_from_now_on_shows_nothing_older_in_its_preview(ada, linked):
    make_promise(ada, "Walk after lunch")
    browser = sure(ada)
    address = f"/sharing/grants/{linked.pk}/preview/"

    now_on = browser.get(address, {"practice-promises": "full.from_now"}).content.decode()
    with_past = browser.get(address, {"practice-promises": "full.include"}).content.decode()

    assert "Walk after lunch" not in now_on
    assert "Walk after lunch" in with_past


def test_giving_asks_whether_it_is_her_and_then_leads_back_with_what_was_ticked(ada, linked):
    entry = make_entry(ada, "For Mira.")
    browser = signed_in(ada)
    address = f"/sharing/grants/{linked.pk}/preview/?item={key(entry)}"

    for answer in (browser.get(address), browser.post(address)):
        assert answer.url.startswith("/accounts/reauthenticate/?next=%2Fsharing%2Fgrants%2F")
        assert key(entry) in answer.url
    assert in_force(ada) == []


def test_saving_twice_shares_once(ada, linked):
    entry = make_entry(ada, "For Mira.")
    browser = sure(ada)
    address = f"/sharing/grants/{linked.pk}/preview/?item={key(entry)}"

    browser.post(address)
    browser.post(address)

    assert events(ada) == ["granted"]


def test_prolonging_only_where_it_is_asked_for(ada, linked):
    entry = make_entry(ada, "For Mira.")
    grant = share(linked, entry, days=7)
    browser = sure(ada)
    chosen = {"seen": str(grant.pk), "item": key(entry), "days": 90}

    page = browser.get(f"/sharing/grants/{linked.pk}/preview/", chosen).content.decode()
    assert "What you ticked doesn’t change anything." in page
    save(browser, linked, **chosen, renew="on")

    with acting_as(ada):
        stands = ShareGrant.objects.in_force().get()
    assert stands.expires_at - stands.starts_at == timedelta(days=90)


# --- what is not hers, or is nothing --------------------------------------------------------------


def test_somebody_elses_item_is_never_shared_even_by_its_id(ada, eve, mira, linked):
    """mira also sees something of eve's, so that eve's grant could open it if it were there."""
    secret = make_entry(ada, "Only mine.")
    share(linked, make_entry(ada, "For Mira."))
    of_eve = link(eve, mira)

    answer = sure(eve).post(f"/sharing/grants/{of_eve.pk}/preview/?item={key(secret)}")

    assert answer.url == "/sharing/"
    assert (in_force(eve), entries_seen_by(mira)) == ([], ["For Mira."])


def test_drafts_the_trash_and_what_was_not_safe_are_not_offered(ada, linked):
    shown = make_boundary(ada, limit="No calls after seven")
    trashed = make_entry(ada, "In the trash.")
    with acting_as(ada):
        trashed.trash()
    page = signed_in(ada).get(f"/sharing/grants/{linked.pk}/").content.decode()
    assert key(shown) in page
    assert key(trashed) not in page

    sure(ada).post(f"/sharing/grants/{linked.pk}/preview/?item={key(trashed)}")
    assert in_force(ada) == []


@pytest.mark.parametrize(
    "query",
    [
        "item=nonsense",
        "item=entry.not-an-id",
        "item=brief.019a0000-0000-7000-8000-000000000000",
        "practice-promises=everything",
        "measure=anything",
        "days=365",
        "seen=x",
        "week=full",
    ],
)
def test_what_is_no_choice_is_not_there(ada, linked, query):
    address = f"/sharing/grants/{linked.pk}/preview/?{query}"
    assert sure(ada).get(address).status_code == 404
    assert sure(ada).post(address).status_code == 404
    assert in_force(ada) == []


# --- one and many --------------------------------------------------------------------------------


def test_as_many_statements_with_one_share_as_with_thirty(ada, linked):
    share(linked, make_entry(ada, "One."))
    browser = sure(ada)
    grants = f"/sharing/grants/{linked.pk}/"
    entry = make_entry(ada, "New.")
    preview = f"{grants}preview/?item={key(entry)}"

    def counts() -> list[int]:
        return [len(statements_of(browser, page)) for page in ("/sharing/", grants, preview)]

    before = counts()
    for n in range(30):
        share(linked, make_entry(ada, f"Another {n}."))

    assert counts() == before
    assert before == [2, 3, 8]


def test_the_preview_leaves_nothing_behind(ada, linked):
    entry = make_entry(ada, "For Mira.")
    address = f"/sharing/grants/{linked.pk}/preview/?item={key(entry)}&week=full.include"

    sure(ada).get(address)

    with acting_as(ada):
        assert not ShareGrant.objects.exists()
        assert not SharedMeasure.objects.exists()
        assert not ConsentEvent.objects.exists()


def test_what_has_expired_is_not_shared_along_and_can_be_shared_again(ada, mira, linked):
    entry, other = make_entry(ada, "Expired."), make_entry(ada, "Other.")
    grant = share(linked, entry)
    with acting_as(ada):
        begun, over = (timezone.now() - timedelta(days=days) for days in (8, 1))
        linked.grants.filter(pk=grant.pk).update(starts_at=begun, expires_at=over)
    browser = sure(ada)

    preview = browser.get(f"/sharing/grants/{linked.pk}/preview/", {"item": key(other), "days": 7})
    assert "Expired." not in preview.text
    save(browser, linked, item=key(entry), days=7)

    assert entries_seen_by(mira) == ["Expired."]
