"""Make it smaller, pause, take up again, let go, keep."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.promises.history import history_of, plan_of
from journal.promises.models import CheckIn, Promise
from journal.promises.occurrences import due_days, week_of
from tests.flow_client import hidden
from tests.promises.factories import answer, make_promise
from tests.promises.test_pages import statements

TODAY = date(2026, 11, 19)  # a Thursday
LONG_AGO = date(2026, 9, 7)
SMALLER = {
    "reason": "Lunch moved",
    "statement": "Shoes on after lunch",
    "smallest_version": "Down the stairs",
    "cue": "I finish lunch",
    "action": "put my shoes on",
    "cadence": "weekdays",
    "weekdays": ["1", "3"],
}


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


@pytest.fixture
def walk(ada) -> Promise:
    return make_promise(ada, starts_on=LONG_AGO)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def reread(promise: Promise) -> Promise:
    with acting_as(promise.owner):
        return Promise.objects.get(pk=promise.pk)


def plan(promise: Promise):
    with acting_as(promise.owner):
        found = history_of(promise.owner.promises.all(), promise.owner, promise.pk)
        return plan_of(found.promise)


def versioned(promise: Promise, **fields) -> dict:
    return {"version": reread(promise).version, **fields}


# --- renegotiating


def test_new_terms_hold_from_today_and_leave_the_past_alone(walk, ada_client):
    page = ada_client.get(f"/promises/{walk.pk}/renegotiate/").content.decode()
    assert "Applies from <b>Thursday 19 November</b>" in page

    response = ada_client.post(f"/promises/{walk.pk}/renegotiate/", versioned(walk, **SMALLER))

    assert response.url == f"/promises/{walk.pk}/"
    assert reread(walk).statement == "Shoes on after lunch"
    assert reread(walk).state == "active"
    assert due_days(plan(walk), ago(3), date(2026, 11, 27)) == [
        ago(3), ago(2), ago(1), TODAY, date(2026, 11, 24), date(2026, 11, 26),
    ]  # fmt: skip
    page = ada_client.get(f"/promises/{walk.pk}/").content.decode()
    assert "Lunch moved" in page
    assert "From 19 November 2026: Tuesdays and Thursdays" in page
    assert "From 7 September 2026: Every day" in page


def test_new_terms_hold_from_tomorrow_where_today_is_told(walk, ada_client):
    answer(walk, {TODAY: "missed"})

    ada_client.post(f"/promises/{walk.pk}/renegotiate/", versioned(walk, **SMALLER))

    with acting_as(walk.owner):
        days = list(walk.revisions.values_list("effective_on", flat=True))
    assert days == [LONG_AGO, date(2026, 11, 20)]


def test_twice_in_one_day_is_one_revision(walk, ada_client):
    address = f"/promises/{walk.pk}/renegotiate/"
    ada_client.post(address, versioned(walk, **SMALLER))
    ada_client.post(address, versioned(walk, **SMALLER | {"statement": "To the gate"}))

    with acting_as(walk.owner):
        assert [one.statement for one in walk.revisions.all()] == [
            "Walk after lunch",
            "To the gate",
        ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"statement": ""}, "This field is required."),
        ({"weekdays": []}, "Choose at least one day."),
        ({"weekdays": ["9"]}, "9 is not one of the available choices."),
        ({"cadence": "hourly"}, "hourly is not one of the available choices."),
        ({"cadence": "times_per_week"}, "Choose how many times, 1 to 7."),
        ({"cadence": "times_per_week", "times_per_week": "8"}, "8 is not one of the available"),
        ({"cadence": "once"}, "Choose the day."),
        ({"cadence": "once", "due_on": "2026-11-18"}, "That day has passed."),
        ({"smallest_version": "x" * 141}, "at most 140"),
    ],
)
def test_bad_terms_get_a_sentence_and_lose_nothing(walk, ada_client, fields, sentence):
    response = ada_client.post(
        f"/promises/{walk.pk}/renegotiate/", versioned(walk, **SMALLER | fields)
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Lunch moved" in page
    assert reread(walk).statement == "Walk after lunch"


def test_two_devices_never_overwrite_terms_silently(walk, ada_client):
    address = f"/promises/{walk.pk}/renegotiate/"
    ada_client.post(address, versioned(walk, **SMALLER))

    response = ada_client.post(address, {"version": 1, **SMALLER, "statement": "Swim"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Swim" in page
    assert "Shoes on after lunch" in page
    assert reread(walk).statement == "Shoes on after lunch"
    ada_client.post(address, versioned(walk, **SMALLER | {"statement": "Swim"}))
    assert reread(walk).statement == "Swim"


def test_a_cadence_changed_in_mid_week(ada, ada_client):
    """Monday to Wednesday by the week, 3 of 7 each: 9 sevenths, to 1. Then Tuesdays, Thursdays."""
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=3)
    ada_client.post(f"/promises/{swim.pk}/renegotiate/", versioned(swim, **SMALLER))

    with acting_as(ada):
        record = history_of(ada.promises.all(), ada, swim.pk)
    assert week_of(record.plan, TODAY).target == 1
    assert due_days(record.plan, ago(3), date(2026, 11, 22)) == [TODAY]


# --- pausing


def test_a_pause_keeps_its_note_and_only_asks(walk, ada_client):
    address = f"/promises/{walk.pk}/pause/"
    fields = versioned(walk, pause_reason="The recital", resume_on="2026-12-05")

    ada_client.post(address, fields)

    page = ada_client.get("/promises/").content.decode()
    assert reread(walk).state == "paused"
    assert "The recital" in page
    assert "Paused 19 November. You’ll be asked on 5 December." in page
    assert due_days(plan(walk), ago(2), date(2026, 12, 20)) == [ago(2), ago(1)]


def test_taking_it_up_again_counts_from_that_day(walk, ada, ada_client):
    with time_machine.travel("2026-11-15T09:00:00+01:00"), acting_as(ada):
        walk.pause("The recital")

    ada_client.post(f"/promises/{walk.pk}/resume/")
    ada_client.post(f"/promises/{walk.pk}/resume/")

    assert reread(walk).state == "active"
    assert reread(walk).pause_reason == ""
    assert due_days(plan(walk), ago(6), TODAY) == [ago(6), ago(5), TODAY]


@pytest.mark.parametrize("day", ["2026-11-19", "2020-01-01", "tomorrow"])
def test_we_can_only_ask_on_a_day_to_come(walk, ada_client, day):
    response = ada_client.post(
        f"/promises/{walk.pk}/pause/", versioned(walk, pause_reason="Rest", resume_on=day)
    )

    assert response.status_code == 200
    assert "Rest" in response.content.decode()
    assert reread(walk).state == "active"


# --- letting go


def test_letting_go_needs_a_reason_and_keeps_the_record(walk, ada_client):
    answer(walk, {ago(1): "kept"})
    address = f"/promises/{walk.pk}/retire/"

    without = ada_client.post(address, versioned(walk))
    assert "Choose a reason." in without.content.decode()
    ada_client.post(address, versioned(walk, retire_reason="season_changed"))

    page = ada_client.get("/promises/").content.decode()
    assert "Let go on Thursday 19 November: The season changed" in page
    assert ada_client.get(address).status_code == 404
    with acting_as(walk.owner):
        assert walk.checkins.count() == 1


@pytest.mark.parametrize("verb", ["pause", "retire"])
def test_a_day_that_was_told_before_a_pause_or_an_end_counts(walk, ada_client, verb):
    answer(walk, {ago(1): "missed", TODAY: "kept"})

    ada_client.post(f"/promises/{walk.pk}/{verb}/", versioned(walk, retire_reason="too_big"))

    assert due_days(plan(walk), ago(1), date(2026, 12, 31)) == [ago(1), TODAY]
    assert "<b>1 of 2 kept</b>" in ada_client.get(f"/promises/{walk.pk}/").content.decode()


def test_a_pause_taken_back_the_same_day_leaves_no_trace(walk, ada_client):
    answer(walk, {TODAY: "kept"})
    ada_client.post(f"/promises/{walk.pk}/pause/", versioned(walk))
    ada_client.post(f"/promises/{walk.pk}/resume/")

    tomorrow = date(2026, 11, 20)
    assert due_days(plan(walk), ago(1), tomorrow) == [ago(1), TODAY, tomorrow]


def test_when_changing_it_is_too_much_nothing_is_changed_and_nothing_typed_is_lost(
    walk, ada_client
):
    address, typed = f"/promises/{walk.pk}/renegotiate/", versioned(walk, **SMALLER)
    page = ada_client.get(address).content.decode()
    assert 'name="do" value="enough"' in page

    enough = ada_client.post(address, {**typed, "do": "enough"}).content.decode()
    assert "That is enough for now" in enough
    assert "Down the stairs" in enough
    back = ada_client.post(address, {**typed, "do": "again"}).content.decode()

    assert "Down the stairs" in back
    chosen = re.findall(r'name="weekdays" value="(\d)"[^>]* checked', back)
    assert chosen == ["1", "3"]
    assert reread(walk).smallest_version == "One lap outside"


# --- three misses in five due


def test_three_misses_in_five_offer_less_and_are_answered_once(walk, ada_client):
    answer(
        walk, {ago(5): "missed", ago(4): "kept", ago(3): "missed", ago(2): "kept", ago(1): "missed"}
    )
    answer(walk, {TODAY: "kept"})
    offer = "Three misses in five. Make it smaller?"
    assert offer not in ada_client.get("/promises/").content.decode()  # two in the last five

    with acting_as(walk.owner):
        CheckIn.objects.filter(due_on=ago(4)).update(status="missed")
    assert offer in ada_client.get("/promises/").content.decode()

    ada_client.post(f"/promises/{walk.pk}/keep/")
    assert offer not in ada_client.get("/promises/").content.decode()
    assert reread(walk).statement == "Walk after lunch"


def test_the_list_makes_it_smaller_right_there(ada, ada_client):
    swim = make_promise(
        ada, "Swim", starts_on=ago(40), cadence="weekdays", weekdays=[0, 1, 2, 3, 4, 5, 6]
    )
    answer(swim, {ago(n): "missed" for n in (0, 1, 2)})
    page = ada_client.get("/promises/").content.decode()
    form = page.split(f'action="/promises/{swim.pk}/renegotiate/"')[1].split("</form>")[0]
    assert "Applies from <b>Friday 20 November</b>" in form  # today has its answer
    given: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        given.setdefault(name, []).append(unescape(value))

    ada_client.post(
        f"/promises/{swim.pk}/renegotiate/",
        {**given, "reason": "Rain", "statement": "Swim", "smallest_version": "Two lengths"},
    )

    now = reread(swim)
    assert (now.smallest_version, now.cadence, now.weekdays) == (
        "Two lengths",
        "weekdays",
        [0, 1, 2, 3, 4, 5, 6],
    )
    assert (now.cue, now.action) == ("I finish lunch", "put my shoes on")
    with acting_as(ada):
        assert [one.reason for one in now.revisions.all()] == ["", "Rain"]


def test_many_offers_cost_no_more_statements_than_one(ada, eve, ada_client, eve_client):
    for person, count in ((ada, 30), (eve, 1)):
        for number in range(count):
            promise = make_promise(person, f"Swim {number}", starts_on=ago(40))
            answer(promise, {ago(n): "missed" for n in (1, 2, 3)})

    many, one = statements(ada_client, "/promises/?all"), statements(eve_client, "/promises/")

    assert ada_client.get("/promises/?all").content.decode().count("Change the promise") == 30
    assert (one, many) == (2, 2)


def test_new_terms_end_the_offer(walk, ada_client):
    answer(walk, {ago(n): "missed" for n in (1, 2, 3)})
    ada_client.post(f"/promises/{walk.pk}/renegotiate/", versioned(walk, **SMALLER))

    assert "Three misses" not in ada_client.get("/promises/").content.decode()


# --- eve


@pytest.mark.parametrize(
    "verb", ["renegotiate", "pause", "resume", "retire", "keep", "excuse", "week"]
)
def test_eve_changes_nothing(walk, eve_client, verb):
    assert eve_client.post(f"/promises/{walk.pk}/{verb}/", {"version": 1}).status_code == 404
    assert eve_client.get(f"/promises/{walk.pk}/").status_code == 404
    assert reread(walk).version == walk.version


def test_the_form_carries_the_version(walk, ada_client):
    page = ada_client.get(f"/promises/{walk.pk}/pause/").content.decode()
    assert f'name="version" value="{reread(walk).version}"' in page
    assert hidden('id="step"' + page)["version"] == str(reread(walk).version)
