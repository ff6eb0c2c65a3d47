"""Today after a gap, and the practices page."""

import pytest
import time_machine

from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary
from tests.decisions.factories import make_open
from tests.lessons.factories import make_due
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check
from tests.today.test_today import (
    LONG_AGO,
    TODAY,
    _frozen_clock,  # noqa: F401
    ago,
    page,
)


def test_after_a_gap_there_is_a_welcome_and_one_promise_to_begin_with(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    answer(walk, {ago(6): "kept"})

    found = page(ada_client)

    assert "Good to see you again." in found
    assert 'name="from_on" value="2026-11-14"' in found
    assert 'name="until_on" value="2026-11-18"' in found
    assert f'href="#due-{walk.pk}"' in found


def test_the_gap_is_set_aside_with_one_tap(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    answer(walk, {ago(30): "kept"})
    form = {"from_on": "2026-11-12", "until_on": "2026-11-18", "excuse": "other", "next": "/today/"}
    assert 'name="from_on" value="2026-11-12"' in page(ada_client)

    assert ada_client.post("/promises/excuse/", form).url == "/today/"

    found = page(ada_client)
    assert "Good to see you again." not in found
    with acting_as(ada):
        assert walk.checkins.filter(status="excused").count() == 7


def test_a_paused_promise_can_be_taken_up_again(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    draw = make_promise(ada, "Draw", starts_on=LONG_AGO)
    with time_machine.travel("2026-10-01T09:00:00+02:00"), acting_as(ada):
        draw.pause()

    found = page(ada_client)

    assert f'action="/promises/{draw.pk}/resume/"' in found
    assert f'href="#due-{walk.pk}"' in found


@pytest.mark.parametrize("stored", [{"checkin": 4}, {"check": 5}])
def test_a_few_days_are_no_gap(ada, ada_client, stored):
    walk = make_promise(ada, starts_on=LONG_AGO)
    if "checkin" in stored:
        answer(walk, {ago(stored["checkin"]): "kept"})
    else:
        make_daily_check(ada, ago(stored["check"]), trust=3)

    assert "Good to see you again." not in page(ada_client)


def test_who_promised_nothing_is_not_said_to_have_been_away(ada, ada_client):
    make_daily_check(ada, ago(13), trust=3)
    make_promise(ada, starts_on=ago(1))

    assert "Good to see you again." not in page(ada_client)


def test_a_gap_without_anything_due_is_none(ada, ada_client):
    make_promise(ada, "Once", starts_on=LONG_AGO, cadence="once", due_on=TODAY)

    assert "Good to see you again." not in page(ada_client)


def test_the_hub_links_only_what_is_there(ada, ada_client):
    make_promise(ada)

    found = page(ada_client, "/practices/")

    assert "1 not recorded yet today. 1 active" in found
    assert "None yet. Start with a time you said yes and meant no" in found
    assert "None open. Start with one that keeps coming back to you" in found
    assert "Not here yet" not in found


def test_the_hub_says_what_is_in_each_practice(ada, ada_client):
    make_boundary(ada)
    make_boundary(ada, "No lending", communication="not_needed")
    make_due(ada)
    make_open(ada)

    found = page(ada_client, "/practices/")

    assert "1 in place, 1 not said yet" in found
    assert "A lesson is back" in found
    assert "1 open" in found


def test_eve_lets_nothing_of_adas_go(ada, eve_client):
    check = make_daily_check(ada, visit="critic")

    assert eve_client.post(f"/today/visits/{check.pk}/let-go/").status_code == 404
    with acting_as(ada):
        assert ada.daily_checks.get(pk=check.pk).visit_let_go_at is None
