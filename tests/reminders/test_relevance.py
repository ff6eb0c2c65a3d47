"""What is reminded of: what is open, on its day, and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.reminders.models import Kind
from journal.sharing.models.messages import Suggestion
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import (
    comment,
    link,
    make_program,
    make_session,
    offer,
    propose,
    reply,
    report,
    share,
    suggest,
)
from tests.decisions.factories import make_decision, make_open
from tests.factories import make_entry
from tests.promises.factories import answer, make_promise
from tests.reflections.mistakes_factories import make_mistake
from tests.reminders.factories import make_preference, make_reminder, run_at
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db
EVENING = "2026-11-19T20:30:10+01:00"  # a Thursday, in the zone of the factories
EVENINGS = [f"2026-11-{day}T20:30:10+01:00" for day in (19, 20, 21, 22)]
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel("2026-11-19T12:00:00+01:00", tick=False):
        yield


def test_nothing_done_is_reminded_of(reachable):
    make_preference(reachable, most_a_day=5)
    promise = make_promise(reachable)
    make_reminder(reachable)
    make_reminder(reachable, Kind.PROMISE, promise=promise)
    make_daily_check(reachable, clock.today(reachable), trust=4)
    answer(promise, {clock.today(reachable): "missed"})
    assert run_at(EVENING) == 0


def test_a_paused_promise_is_not_reminded_of(reachable):
    make_preference(reachable)
    promise = make_promise(reachable)
    make_reminder(reachable, Kind.PROMISE, promise=promise)
    with acting_as(reachable):
        promise.pause()
    assert run_at(EVENING) == 0


@pytest.mark.parametrize("kind", [Kind.DUE, Kind.COACH])
def test_without_anything_due_nothing_comes(reachable, kind):
    make_preference(reachable)
    make_reminder(reachable, kind)
    assert run_at(EVENING) == 0


def test_the_week_is_reminded_of_on_its_day(reachable):
    make_preference(reachable)
    make_reminder(reachable, Kind.WEEK, weekday=6)
    assert [run_at(EVENING), run_at("2026-11-22T20:30:00+01:00")] == [0, 1]


def _pause(person) -> None:
    promise = make_promise(person)
    with acting_as(person):
        promise.pause(resume_on=FRIDAY)


def _follow_up(person) -> None:
    make_crossing(make_boundary(person), follow_up="Call Sam", follow_up_on=FRIDAY)


WITH_A_DAY = {
    "review of a decision": lambda person: make_decision(person, review_on=FRIDAY),
    "boundary to say": lambda person: make_boundary(person, tell_on=FRIDAY),
    "review of a boundary": lambda person: make_boundary(person, review_on=FRIDAY),
    "follow-up": _follow_up,
    "repair": lambda person: make_mistake(person, repair="Call back", repair_on=FRIDAY),
    "end of a pause": _pause,
    "night slept on it": lambda person: make_open(
        person, cooling_off_until=datetime(2026, 11, 20, 15, tzinfo=UTC)
    ),
}


@pytest.mark.parametrize("make", WITH_A_DAY.values(), ids=WITH_A_DAY)
def test_what_has_a_day_is_reminded_of_on_that_day_only(reachable, make):
    make(reachable)
    make_preference(reachable)
    make_reminder(reachable, Kind.DUE)
    assert [run_at(evening) for evening in EVENINGS] == [0, 1, 0, 0]


def test_a_night_that_ends_after_the_reminder_is_over_at_the_next(reachable):
    make_open(reachable, cooling_off_until=datetime(2026, 11, 19, 21, tzinfo=UTC))
    make_preference(reachable)
    make_reminder(reachable, Kind.DUE)
    assert [run_at(evening) for evening in EVENINGS] == [0, 1, 0, 0]


def test_a_suggestion_is_said_once_and_on_its_day(reachable, mira):
    suggest(link(reachable, mira), by_on=FRIDAY + timedelta(days=1))
    make_preference(reachable)
    make_reminder(reachable, Kind.COACH)
    assert [run_at(evening) for evening in EVENINGS] == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("state", "sent"), [("taken", 1), ("changed", 1), ("declined", 0), ("waiting", 1)]
)
def test_what_was_agreed_is_reminded_of_on_its_day(reachable, mira, state, sent):
    answered_at = None if state == "waiting" else clock.now(reachable)
    suggestion = suggest(link(reachable, mira), by_on=FRIDAY, state=state, answered_at=answered_at)
    Suggestion.objects.filter(pk=suggestion.pk).update(
        created_at=clock.now(reachable) - timedelta(days=9)
    )
    make_preference(reachable)
    make_reminder(reachable, Kind.COACH)
    assert [run_at(evening) for evening in EVENINGS] == [0, sent, 0, 0]


@pytest.mark.parametrize(
    ("state", "reported", "sent"),
    [("taken", False, 1), ("changed", False, 1), ("taken", True, 0), ("declined", False, 0)],
)
def test_an_agreement_is_reminded_of_on_its_day_until_it_was_said_how_it_went(
    reachable, mira, state, reported, sent
):
    row = propose(link(reachable, mira), state=state, by_on=FRIDAY)
    if reported:
        report(row, shared=False)
    make_preference(reachable)
    make_reminder(reachable, Kind.COACH)
    assert [run_at(evening) for evening in EVENINGS] == [0, sent, 0, 0]


def test_a_new_agreement_is_said_once_and_a_session_the_day_before(reachable, mira):
    coached = link(reachable, mira)
    session = make_session(coached)
    propose(coached, session=session)
    with acting_as(reachable):
        session.at = EVENINGS[3]
        session.save()
    make_preference(reachable)
    make_reminder(reachable, Kind.COACH)
    assert [run_at(evening) for evening in EVENINGS] == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("what", "sent"),
    [
        ({}, [1, 0, 0, 0]),  # it is offered on Thursday
        ({"started_on": FRIDAY - timedelta(days=7)}, [0, 1, 0, 0]),  # its second week comes
        ({"started_on": FRIDAY - timedelta(days=6), "paused_by": "coach"}, [0, 0, 0, 0]),
        ({"started_on": FRIDAY - timedelta(days=7), "stopped_by": "coach"}, [0, 0, 0, 0]),
    ],
)
def test_a_program_is_said_when_it_is_offered_and_in_each_of_its_weeks(reachable, mira, what, sent):
    days = {f"{who.removesuffix('by')}on": FRIDAY for who in what if who.endswith("_by")}
    offer(link(reachable, mira), make_program(mira), **what, **days)
    make_preference(reachable)
    make_reminder(reachable, Kind.COACH)
    assert [run_at(evening) for evening in EVENINGS] == sent


@pytest.mark.parametrize("silence", [lambda row: row.end(), lambda row: row.mute(muted=True)])
def test_a_coach_who_is_muted_or_gone_reminds_of_nothing(reachable, mira, silence):
    coached = link(reachable, mira)
    suggest(coached, by_on=FRIDAY)
    with acting_as(reachable):
        silence(coached)
    make_preference(reachable)
    make_reminder(reachable, Kind.COACH)
    assert [run_at(evening) for evening in EVENINGS] == [0, 0, 0, 0]


@pytest.mark.parametrize("reader", ["client", "coach"])
def test_what_was_said_is_said_once_to_its_reader_and_not_if_they_saw_it(reachable, mira, reader):
    client, coach = (reachable, mira) if reader == "client" else (mira, reachable)
    make_preference(reachable)
    make_reminder(reachable, Kind.COACH)
    made, entry = link(client, coach), make_entry(client)
    share(made, entry)
    said = comment if reader == "client" else reply
    said(made, entry)
    assert [run_at(evening) for evening in EVENINGS[:2]] == [1, 0]
    with time_machine.travel("2026-11-21T12:00:00+01:00", tick=False):
        seen = said(made, entry)
        type(seen).objects.filter(pk=seen.pk).update(seen_at=clock.now(reachable))
    assert run_at(EVENINGS[2]) == 0


def test_a_night_belongs_to_the_day_before_until_the_day_starts(reachable):
    """At 00:30 it is still the day whose check-in is done."""
    type(reachable).objects.filter(pk=reachable.pk).update(day_starts_at=4)
    reachable.refresh_from_db()
    make_preference(reachable)
    make_reminder(reachable, at="00:30")
    make_daily_check(reachable, FRIDAY, trust=4)
    nights = ["2026-11-20T00:30:00+01:00", "2026-11-21T00:30:00+01:00"]
    assert [run_at(night) for night in nights] == [1, 0]
