"""The first evening: no promise yet, or the first one, which can be kept at once."""

import re

import time_machine

from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.factories import make_newcomer
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check
from tests.today.test_check import answers, send
from tests.today.test_today import NOW, TODAY, _frozen_clock, ago, page  # noqa: F401


def newcomer():
    with time_machine.travel(NOW):
        from django.utils import timezone

        return make_newcomer("new@example.org", zone="Europe/Berlin", date_joined=timezone.now())


# --- without a promise


def test_the_first_evening_offers_a_promise_and_asks_nothing(db):
    found = page(signed_in(newcomer()))

    assert "Nothing is due today" in found
    assert 'href="/welcome/"' in found
    assert "Daily check-in" not in found


def test_from_the_second_day_on_there_is_the_check_in(ada, ada_client):
    found = page(ada_client)

    assert "Nothing is due today" in found
    assert "Daily check-in" in found


def test_who_has_a_promise_is_offered_none(ada, ada_client):
    make_promise(ada, cadence="weekdays", weekdays=[0], starts_on=ago(20))

    assert "Nothing is due today" not in page(ada_client)


# --- the first promise


def test_the_first_promise_stands_alone_and_can_wait(ada, ada_client):
    walk = make_promise(ada)

    found = page(ada_client)

    assert "Start: step 3 of 3" in found
    assert f'name="{walk.pk}-status"' in found
    assert "Daily check-in" not in found


def test_its_button_records_and_leads_to_the_end_of_the_day_however_often(ada, ada_client):
    walk = make_promise(ada)
    fields = {f"{walk.pk}__status": "kept"}
    assert re.findall(r'<(\w+)[^>]*name="do"', page(ada_client)) == ["button"]

    for _press in range(2):
        assert send(ada_client, do="record", **fields)["Location"] == "/today/"
        assert [one[:2] for one in answers(walk)] == [(TODAY, "kept")]
        assert "<h1>Done for today</h1>" in page(ada_client)


def test_pressed_without_an_answer_it_says_so_and_stores_nothing(ada, ada_client):
    walk = make_promise(ada)

    found = send(ada_client, do="record").content.decode()

    assert "Tap one of the answers first, or leave it for later." in found
    assert "error-summary" not in found
    assert answers(walk) == []
    with acting_as(ada):
        assert not ada.daily_checks.exists()


def test_what_it_says_of_the_first_days_comes_true(db):
    """Each offer is there on its day, if the ones before were answered on theirs."""
    new = newcomer()
    walk = make_promise(new, smallest_version="", cue="", action="")

    first_days = re.findall(r"<li><b>(.*?)</b><span>(.*?)</span></li>", page(signed_in(new)))

    assert first_days == [
        ("Each day", "How far did you trust yourself?"),
        ("Tomorrow", "After what will you do it?"),
        ("Saturday", "Your check-up: five statements"),
        ("Sunday", "A first look back at the week"),
        ("Monday", "What matters to you, in a word or two?"),
        ("After a first miss", "What counts on a bad day?"),
    ]
    planned = [first_days[place] for place in (1, 2, 4)]
    offers = [
        f"/promises/{walk.pk}/add/moment/",
        "/today/offers/check-up/",
        "/today/offers/values/",
    ]
    for day, (_when, offer), address in zip((1, 2, 4), planned, offers, strict=True):
        with time_machine.travel(f"2026-11-{19 + day}T20:00:00+01:00"):
            assert f">{offer}</b>" in page(signed_in(new))
            signed_in(new).post(f"{address}decline/", {"do": "never"})


def test_a_promise_that_is_not_due_today_names_its_first_day(ada, ada_client):
    make_promise(ada, cadence="weekdays", weekdays=[0])

    found = page(ada_client)

    assert "First time: Monday 23 November." in found
    assert "Record it" not in found


def test_who_recorded_something_before_has_the_ordinary_day(ada, ada_client):
    make_promise(ada)
    make_daily_check(ada, ago(3), trust=2)

    assert "Start: step 3 of 3" not in page(ada_client)


def test_the_day_after_is_an_ordinary_day(ada):
    answer(make_promise(ada), {TODAY: "kept"})

    with time_machine.travel("2026-11-20T09:00:00+01:00"):
        found = page(signed_in(ada))

    assert "Daily check-in" in found
    assert "Start: step" not in found
