"""Travel: Today offers once to follow the browser's zone, and no stored day is asked again."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.factories import make_entry
from tests.lessons.factories import make_due
from tests.page import compact
from tests.promises.factories import answer, make_promise
from tests.reflections.rating_factories import make_rating
from tests.reflections.week.factories import make_reflection
from tests.today.test_check import stored

KIRITIMATI, PAGO = "Pacific/Kiritimati", "Pacific/Pago_Pago"
TODAY_WEST = date(2026, 11, 22)  # a Sunday
AHEAD = TODAY_WEST + timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-23T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def back_west(ada):
    """Ada has come back from Kiritimati, where it is Monday already."""
    move(ada, PAGO)
    assert clock.today(ada) == TODAY_WEST
    return ada


def move(person, zone):
    person.zone = zone
    person.save(update_fields=["zone"])


def offer(client) -> str:
    found = re.search(r"<form[^>]*data-zone-offer.*?</form>", compact(client.get("/today/")))
    return found[0] if found else ""


def test_the_offer_can_be_followed_and_nothing_else_moves(ada, ada_client):
    move(ada, "Europe/Berlin")
    entry = make_entry(ada)
    shown = offer(ada_client)
    assert 'hidden data-zone-offer="Europe/Berlin" data-zone-declined=""' in shown
    assert "your days follow Europe/Berlin" in shown

    ada_client.post("/settings/zone/", {"zone": "Asia/Tokyo"})

    assert User.objects.get(pk=ada.pk).zone == "Asia/Tokyo"
    with acting_as(ada):
        day, written = entry.written_on, entry.written_zone
        entry.refresh_from_db()
        assert (entry.written_on, entry.written_zone) == (day, written)


def test_stay_ends_the_offer_for_that_zone_only(ada, ada_client):
    move(ada, "Europe/Berlin")

    said = ada_client.post("/settings/zone/", {"zone": "Asia/Tokyo", "answer": "stay"}, follow=True)

    assert "Your days stay in Europe/Berlin." in compact(said)
    assert User.objects.get(pk=ada.pk).zone == "Europe/Berlin"
    assert 'data-zone-declined="Asia/Tokyo"' in offer(ada_client)


def test_never_ends_every_offer_until_the_settings_bring_it_back(ada, ada_client):
    move(ada, "Europe/Berlin")
    ada_client.post("/settings/zone/", {"zone": "Asia/Tokyo", "answer": "never"})
    assert offer(ada_client) == ""

    page = compact(ada_client.get("/settings/"))
    assert re.search(r'name="no_zone_offers"[^>]* checked', page)
    fields = {"zone": "Europe/Berlin", "day_starts_at": 0, "week_starts_on": 0}
    ada_client.post("/settings/?section=calendar", fields)
    assert offer(ada_client) != ""


def test_a_zone_nobody_knows_is_never_stored(ada, ada_client):
    for given in ("stay", "never", "switch"):
        ada_client.post("/settings/zone/", {"zone": "Mars/Olympus", "answer": given})
    person = User.objects.get(pk=ada.pk)
    assert (person.zone, person.zone_declined, person.no_zone_offers_since) == (ada.zone, "", None)


def test_an_entry_of_a_day_to_come_takes_another_word(back_west, ada_client):
    entry = make_entry(back_west, written_on=AHEAD)
    sent = {"body": "One more word", "written_on": str(AHEAD), "version": entry.version}
    for address in ("edit", "autosave"):
        assert ada_client.post(f"/journal/{entry.pk}/{address}/", sent).status_code in (200, 302)
        with acting_as(back_west):
            entry.refresh_from_db()
        assert (entry.body, entry.written_on) == (sent["body"], AHEAD)
        sent |= {"body": "And one", "version": entry.version}
    later = sent | {"written_on": str(AHEAD + timedelta(days=1))}
    assert "isn’t in the future" in compact(ada_client.post(f"/journal/{entry.pk}/edit/", later))


def opened(client, address) -> dict[str, str]:
    """What a page posts that is opened now and sent later."""
    page = client.get(address, follow=True).content.decode()
    return dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page))


def test_a_page_opened_before_the_journey_is_saved_with_its_day(ada, ada_client):
    move(ada, KIRITIMATI)
    sent = opened(ada_client, "/journal/write/") | {"body": "On the plane"}
    assert sent["written_on"] == str(AHEAD)
    move(ada, PAGO)

    far = sent | {"written_on": "2026-11-30", "initial-written_on": "2026-11-30"}
    assert "isn’t in the future" in compact(ada_client.post("/journal/write/", far))
    assert ada_client.post("/journal/write/", sent).status_code == 302

    with acting_as(ada):
        assert [one.written_on for one in ada.entries.all()] == [AHEAD]


def test_today_takes_more_answers_of_a_day_that_has_some(back_west, ada_client):
    sent = {"date": str(AHEAD), "seen": str(AHEAD), "trust": "4"}
    assert "Which day" in compact(ada_client.post("/today/check/", sent))
    assert stored(back_west) == []
    walk = make_promise(back_west, starts_on=TODAY_WEST - timedelta(days=9))
    answer(walk, {AHEAD: "kept"})

    assert ada_client.post("/today/check/", sent).url == f"/today/?day={AHEAD}"

    assert stored(back_west) == [(AHEAD, 4, "", "")]
    assert ada_client.get(f"/today/?day={AHEAD}").status_code == 200


def test_an_answer_to_a_lesson_can_be_taken_back(back_west, ada_client):
    move(back_west, KIRITIMATI)
    lesson = make_due(back_west)
    address = f"/lessons/{lesson.pk}/return/"
    given = {"answer": "useful", "returned_on": str(AHEAD)}
    ada_client.post(address, given)
    with acting_as(back_west):
        assert lesson.returns.get().returned_on == AHEAD
    move(back_west, PAGO)

    ada_client.post(address, given | {"answer": "clear"})

    with acting_as(back_west):
        assert not lesson.returns.exists()


def test_a_rating_of_a_day_to_come_can_still_be_changed(back_west, ada_client):
    rating = make_rating(back_west, AHEAD)
    sent = {"q1": 5, "q2": 5, "q3": 5, "q4": 5, "q5": 5, "version": rating.version}
    assert ada_client.get("/rating/").status_code == 200
    ada_client.post("/rating/", sent)
    with acting_as(back_west):
        assert [one.q1 for one in back_west.ratings.all()] == [5]


def test_a_week_begun_on_its_last_day_goes_on(back_west, ada_client):
    move(back_west, KIRITIMATI)
    start = AHEAD - timedelta(days=6)
    back_west.week_starts_on = start.weekday()
    make_reflection(back_west, start)
    move(back_west, PAGO)
    assert ada_client.get(f"/week/{start}/step/next/").status_code == 200
