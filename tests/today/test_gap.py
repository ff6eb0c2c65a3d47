"""Today after a gap, and the practices page."""

import pytest

from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from tests.boundaries.factories import make_boundary
from tests.decisions.factories import make_open
from tests.lessons.factories import make_due
from tests.page import compact
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check
from tests.today.test_today import (
    LONG_AGO,
    TODAY,
    _frozen_clock,  # noqa: F401
    ago,
    page,
)

WELCOME = "Good to see you again"


def gone_for(ada, days: int, *statements: str) -> list[Promise]:
    """Promises that were kept until the person went away."""
    found = [make_promise(ada, statement, starts_on=LONG_AGO) for statement in statements]
    for promise in found:
        answer(promise, {ago(days + 1): "kept"})
    return found


def states(ada) -> dict[str, str]:
    with acting_as(ada):
        return {one.statement: one.state for one in ada.promises.all()}


def days_away(ada) -> list[int | None]:
    with acting_as(ada):
        return list(ada.daily_checks.values_list("days_away", flat=True))


def test_after_a_gap_there_is_a_welcome_and_nothing_to_make_up(ada, ada_client):
    (walk,) = gone_for(ada, 5, "Walk after lunch")

    found = page(ada_client)

    assert WELCOME in found
    assert "5 days went by." in found
    assert f'name="again" id="again-1" value="{walk.pk}" checked' in found
    assert "The others pause" not in found
    assert "Daily check-in" not in found


def test_to_begin_with_one_pauses_the_others_and_is_asked_once(ada, ada_client):
    walk, _draw, _phone = gone_for(ada, 8, "Walk", "Draw", "Phone")

    assert ada_client.post("/today/back/", {"again": str(walk.pk)}).url == "/today/"

    assert states(ada) == {"Walk": "active", "Draw": "paused", "Phone": "paused"}
    found = page(ada_client)
    assert WELCOME not in found
    assert "Last night" not in found
    assert f'id="due-{walk.pk}"' in found
    assert days_away(ada) == [8]


@pytest.mark.parametrize("answer", [{"again": "all"}, {"do": "look"}, {"do": "look", "again": "x"}])
def test_all_as_they_were_or_just_looking_pauses_nothing(ada, ada_client, answer):
    gone_for(ada, 8, "Walk", "Draw")

    ada_client.post("/today/back/", answer)

    assert set(states(ada).values()) == {"active"}
    assert WELCOME not in page(ada_client)
    with acting_as(ada):
        assert ada.checkins.count() == 2  # the days between stay as they are


def test_a_second_tap_of_another_tab_changes_nothing(ada, ada_client):
    walk, draw = gone_for(ada, 8, "Walk", "Draw")
    ada_client.post("/today/back/", {"again": str(walk.pk)})

    assert ada_client.post("/today/back/", {"again": str(draw.pk)}).url == "/today/"

    assert states(ada) == {"Walk": "active", "Draw": "paused"}


@pytest.mark.parametrize("chosen", ["", "nobody", "01a00000-0000-7000-8000-000000000000"])
def test_a_wrong_choice_gets_a_sentence_and_the_box_stays_ticked(ada, ada_client, chosen):
    gone_for(ada, 8, "Walk", "Draw")

    found = compact(ada_client.post("/today/back/", {"again": chosen, "aside": "on"}))

    assert "to begin with" in found.partition("error-summary")[2].partition("</ul>")[0]
    assert 'name="aside" form="back" checked' in found
    assert days_away(ada) == []


def test_the_days_between_are_recorded_only_if_asked_to(ada, ada_client):
    walk, draw = gone_for(ada, 30, "Walk", "Draw")

    ada_client.post("/today/back/", {"again": str(walk.pk), "aside": "on"})

    with acting_as(ada):
        for promise in (walk, draw):
            rows = promise.checkins.filter(status="excused", excuse="")
            assert [row.due_on for row in rows.order_by("due_on")] == [
                ago(days) for days in range(7, 0, -1)
            ]


def test_earlier_returns_are_named(ada, ada_client):
    gone_for(ada, 8, "Walk")
    assert "like this before" not in page(ada_client)

    make_daily_check(ada, ago(50), days_away=12)
    make_daily_check(ada, ago(80), days_away=9)

    assert "after 12 days in September and 9 days in August." in page(ada_client)


def test_more_than_five_promises_are_in_a_fold(ada, ada_client):
    gone_for(ada, 8, *(f"Promise {number}" for number in range(7)))

    shown, _fold, folded = page(ada_client).partition("<summary>Another one</summary>")

    assert (shown.count('name="again"'), folded.count('name="again"')) == (6, 2)  # and all of them


@pytest.mark.parametrize("stored", [{"checkin": 4}, {"check": 5}])
def test_a_few_days_are_no_gap(ada, ada_client, stored):
    walk = make_promise(ada, starts_on=LONG_AGO)
    if "checkin" in stored:
        answer(walk, {ago(stored["checkin"]): "kept"})
    else:
        make_daily_check(ada, ago(stored["check"]), trust=3)

    assert WELCOME not in page(ada_client)


def test_who_promised_nothing_is_not_said_to_have_been_away(ada, ada_client):
    make_daily_check(ada, ago(13), trust=3)
    make_promise(ada, starts_on=ago(1))

    assert WELCOME not in page(ada_client)


def test_a_gap_without_anything_due_is_none(ada, ada_client):
    make_promise(ada, "Once", starts_on=LONG_AGO, cadence="once", due_on=TODAY)

    assert WELCOME not in page(ada_client)


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
