"""Back from the preview to the choices: as they were chosen, and nothing of it is saved."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import CoachLink
from tests.coaching.factories import share, share_practice, sure
from tests.coaching.sharing_client import entries_seen_by, in_force, key
from tests.coaching.test_briefing import send
from tests.factories import make_entry
from tests.markup import parse

pytestmark = pytest.mark.django_db


def chosen_on(page: str) -> dict[str, list[str]]:
    """What the form of the choices would send, as a browser sends it."""
    form = next(one for one in parse(page)[0].all("form") if one["action"].endswith("/preview/"))
    found: dict[str, list[str]] = {}
    for field in form.all("input"):
        if field["type"] == "hidden" or "checked" in field.attrs:
            found.setdefault(field["name"], []).append(field["value"] or "on")
    return found


def choose_again(browser: Client, made: CoachLink, chosen: dict) -> dict[str, list[str]]:
    """Looks at what was chosen, and goes back by the link on that page."""
    preview = browser.get(f"/sharing/grants/{made.pk}/preview/", chosen).content.decode()
    back = re.search(r'class="link-back" href="([^"]+)"', preview)[1]
    page = browser.get(unescape(back))
    assert page.status_code == 200
    return chosen_on(page.content.decode())


def test_everything_is_as_it_was_chosen_and_nothing_is_saved(ada, mira, linked):
    shared, gone, new = (make_entry(ada, word) for word in ("Shared.", "Unticked.", "New."))
    seen = [str(share(linked, row).pk) for row in (shared, gone)]
    seen += [str(share_practice(linked, "decisions").pk)]
    chosen = {
        "seen": seen,
        "item": [key(new), key(shared)],
        "practice-promises": ["counts.include"],
        "practice-boundaries": ["full.from_now"],
        "practice-self_compassion": ["nothing"],
        "practice-decisions": ["nothing"],
        "practice-mistakes": ["full.include"],
        "measure": ["kept", "trust"],
        "week": ["full.include"],
        "days": ["7"],
        "renew": ["on"],
    }
    before = in_force(ada)

    again = choose_again(sure(ada), linked, chosen)

    assert {name: sorted(values) for name, values in again.items()} == {
        name: sorted(values) for name, values in chosen.items()
    }
    assert in_force(ada) == before
    assert entries_seen_by(mira) == ["Shared.", "Unticked."]


def test_nothing_ticked_is_also_something_that_was_chosen(ada, linked):
    grant = share(linked, make_entry(ada, "Unticked."))

    again = choose_again(sure(ada), linked, {"seen": str(grant.pk), "days": 90})

    assert "item" not in again
    assert (again["seen"], again["days"]) == ([str(grant.pk)], ["90"])


def test_older_ones_lead_back_to_their_page_and_stay_ticked(ada, linked):
    rows = [make_entry(ada, f"Entry {n}.") for n in range(42)]
    browser = sure(ada)
    page = browser.get(f"/sharing/grants/{linked.pk}/?older=entry&after={rows[2].pk}")
    chosen = chosen_on(page.content.decode()) | {"item": [key(rows[0])]}
    assert chosen["after"] == [str(rows[2].pk)]

    assert choose_again(browser, linked, chosen) == chosen


def test_what_lies_further_back_than_the_page_shows_stays_on_it_while_it_is_ticked(ada, linked):
    old = make_entry(ada, "Old.")
    with acting_as(ada):
        long_ago = timezone.now() - timedelta(days=60)
        Entry.objects.filter(pk=old.pk).update(created_at=long_ago)

    assert choose_again(sure(ada), linked, {"item": key(old)})["item"] == [key(old)]


def test_what_was_shared_elsewhere_meanwhile_is_ticked_so_that_it_is_not_taken_back(ada, linked):
    entry, elsewhere = make_entry(ada, "Chosen."), make_entry(ada, "Elsewhere.")
    browser = sure(ada)
    chosen = chosen_on(browser.get(f"/sharing/grants/{linked.pk}/").content.decode())
    grant, practice = share(linked, elsewhere), share_practice(linked, "promises")

    again = choose_again(browser, linked, chosen | {"item": [key(entry)]})

    assert sorted(again["item"]) == sorted([key(entry), key(elsewhere)])
    assert again["practice-promises"] == ["full.include"]
    assert again["seen"] == [str(grant.pk), str(practice.pk)]


def test_saving_the_choices_leaves_alone_what_their_page_does_not_show(ada, linked):
    """A brief that was sent, and what is shared but lies behind the newest forty."""
    old = share(linked, make_entry(ada, "Old and shared."))
    with acting_as(ada):
        long_ago = timezone.now() - timedelta(days=60)
        Entry.objects.filter(pk=old.item_id).update(created_at=long_ago)
    for n in range(41):
        make_entry(ada, f"Entry {n}.")
    browser = sure(ada)
    send(browser, linked, "To practise a pause.")
    chosen = chosen_on(browser.get(f"/sharing/grants/{linked.pk}/").content.decode())

    address = f"/sharing/grants/{linked.pk}/preview/"
    page = browser.get(address, chosen).content.decode()

    assert "seen" not in chosen
    assert "What you ticked doesn’t change anything." in page
    assert len(in_force(ada)) == 2
