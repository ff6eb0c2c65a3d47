"""What the calendar holds: whatever has a day to come, on that day, until it is answered."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from journal.reminders.models import Kind
from journal.sharing.models import Client, CoachSession
from tests.boundaries.factories import make_boundary, make_crossing
from tests.boundaries.factories import make_draft as make_boundary_draft
from tests.calendar_feed.factories import by_title, entries, fetch, make_address
from tests.coaching.factories import link, make_session, propose, suggest
from tests.decisions.factories import make_decision, make_forecast, make_open, make_review
from tests.lessons.factories import make_lesson
from tests.promises.factories import answer, make_promise
from tests.reflections.mistakes_factories import make_mistake
from tests.reflections.rating_factories import make_rating
from tests.reminders.factories import make_preference, make_reminder

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
WEEK = {"Weekly reflection": "2026-11-22 FREQ=WEEKLY;BYDAY=SU"}


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_an_empty_journal_has_its_weekly_reflection(ada):
    assert by_title(make_address(ada, titles=True)) == WEEK


def test_everything_that_has_a_day_is_there_on_it(ada, mira):
    boundary = make_boundary(ada, "No calls", tell_on=ahead(2), review_on=ahead(90))
    make_crossing(boundary, follow_up="Ask again", follow_up_on=ahead(3))
    make_crossing(boundary, follow_up="And again", follow_up_on=ahead(9))
    make_decision(ada, "Fridays?", review_on=ahead(30))
    make_open(ada, "Move?", deadline=ahead(12))
    until = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    make_open(ada, "Sell?", cooling_off_until=until)
    for number in range(6):  # more than Today asks about at a time
        make_forecast(ada, f"Snow {number}?", due_on=ahead(50))
    make_lesson(ada, "It rains", next_due=ahead(7))
    make_mistake(ada, repair="Call Gran", repair_on=ahead(5))
    make_promise(ada, "The dentist", cadence="once", due_on=ahead(4))
    make_promise(ada, "Walk", ends_on=ahead(40))
    with acting_as(ada):
        make_promise(ada, "Read").pause(resume_on=ahead(20))
    make_rating(ada, TODAY)
    suggest(link(ada, mira), by_on=ahead(6))

    found = by_title(make_address(ada, titles=True))

    assert found == {
        **WEEK,
        "No calls": f"{ahead(90)}",  # and to be said, below
        "Ask again": f"{ahead(3)}",
        "And again": f"{ahead(9)}",
        "Fridays?": f"{ahead(30)}",
        "Move?": f"{ahead(12)}",
        "Sell?": "2026-11-21T07:30:00+01:00",
        **{f"Snow {number}?": f"{ahead(50)}" for number in range(6)},
        "It rains": f"{ahead(7)}",
        "Call Gran": f"{ahead(5)}",
        "The dentist": f"{ahead(4)}",
        "Walk": f"{ahead(40)}",
        "Read": f"{ahead(20)}",
        "Your check-up": "2026-12-17",
        "I promise a call": f"{ahead(3)}",  # the lesson of the mistake
        "Your coach has a suggestion": f"{ahead(6)}",
    }
    said = [one for one in entries(make_address(ada)) if one["dtstart"].dt == ahead(2)]
    assert len(said) == 1


def test_a_session_is_in_both_calendars_each_in_their_zone_and_without_a_name(ada, mira):
    one, at = link(ada, mira, "Ada"), datetime(2026, 11, 25, 9, tzinfo=UTC)
    session = make_session(one)
    with acting_as(ada):
        CoachSession.objects.update(at=at)
    with acting_as(mira):
        Client.objects.update(next_session_at=at)
    propose(one, "Call Dad", session, state="taken", by_on=ahead(8))
    waits = propose(one, "It waits", session, by_on=ahead(8))
    ada.zone, mira.zone = "Europe/Berlin", "America/New_York"
    for person in (ada, mira):
        person.save()

    hers = {**WEEK, "Session with your coach": "2026-11-25T10:00:00+01:00"}
    token, of_mira = make_address(ada, titles=True), make_address(mira, titles=True)
    assert by_title(token) == {**hers, "Call Dad": f"{ahead(8)}"}
    assert by_title(of_mira)["Session with a client"] == "2026-11-25T04:00:00-05:00"
    for entry in (*entries(token), *entries(of_mira)):
        assert waits.text not in str(entry)
        assert "Mira" not in str(entry)
    with acting_as(ada):
        one.end()
    assert by_title(token) == WEEK
    assert "Session with a client" not in by_title(of_mira)


def test_what_is_answered_or_deleted_leaves_the_calendar(ada):
    decision = make_decision(ada, "Fridays?", review_on=ahead(30))
    boundary = make_boundary(ada, "No calls", review_on=ahead(90))
    promise = make_promise(ada, "The dentist", cadence="once", due_on=TODAY)
    answered, removed = make_forecast(ada, "Snow?"), make_forecast(ada, "Sleet?")
    token = make_address(ada, titles=True)
    assert len(entries(token)) == 6

    make_review(decision)
    with acting_as(ada):
        boundary.trash()
        answered.answer("yes")
        removed.trash()
        promise.record(TODAY, "kept")

    assert by_title(token) == WEEK


def test_what_is_due_stays_for_a_month(ada):
    make_mistake(ada, repair="Call Gran", repair_on=TODAY)
    token = make_address(ada, titles=True)
    with time_machine.travel("2026-12-20T12:00:00+01:00", tick=False):
        assert "Call Gran" in by_title(token)
    with time_machine.travel("2026-12-21T12:00:00+01:00", tick=False):
        assert "Call Gran" not in by_title(token)


def test_drafts_and_what_has_no_day_are_not_in_it(ada):
    make_open(ada, "Move?")
    make_boundary_draft(ada, communication="planned", tell_on=ahead(2))
    make_promise(ada, "Walk")
    assert by_title(make_address(ada, titles=True)) == WEEK


def test_reminders_come_again_at_their_local_time(ada):
    weekdays = make_promise(ada, "Swim", cadence="weekdays", weekdays=[0, 2], ends_on=ahead(20))
    once = make_promise(ada, "The dentist", cadence="once", due_on=ahead(4))
    make_reminder(ada, Kind.DAILY, at="20:30")
    make_reminder(ada, Kind.WEEK, at="17:00", weekday=6)
    make_reminder(ada, Kind.PROMISE, at="08:10", promise=weekdays)
    make_reminder(ada, Kind.PROMISE, at="09:15", promise=once)
    make_reminder(ada, Kind.DUE)

    found = [
        (str(one["summary"]), one["dtstart"].to_ical().decode(), one["dtstart"].params.get("TZID"))
        for one in entries(make_address(ada, titles=True))
        if "T" in one["dtstart"].to_ical().decode()
    ]
    assert sorted(found) == [
        ("Daily check-in", "20261119T203000", "Europe/Berlin"),
        ("Swim", "20261123T081000", "Europe/Berlin"),
        ("The dentist", "20261123T091500", "Europe/Berlin"),
        ("Weekly reflection", "20261122T170000", "Europe/Berlin"),
    ]
    rules = [one["rrule"].to_ical() for one in entries(make_address(ada)) if "rrule" in one]
    assert sorted(rules) == [
        b"FREQ=DAILY",
        b"FREQ=WEEKLY;BYDAY=SU",
        b"FREQ=WEEKLY;UNTIL=20261209T071000Z;BYDAY=MO,WE",
    ]


@pytest.mark.parametrize(
    "fields", [{"quiet_from": "20:00", "quiet_until": "07:00"}, {"kind": "off"}]
)
def test_a_reminder_that_never_comes_is_not_in_it(ada, fields):
    row = make_reminder(ada)
    with acting_as(ada):
        if fields.pop("kind", ""):
            row.by_mail = False
            row.plan()
            row.save()
    make_preference(ada, **fields)
    assert by_title(make_address(ada, titles=True)) == WEEK


def test_reminders_wait_for_the_end_of_a_pause(ada):
    make_preference(ada, paused_until=ahead(10))
    make_reminder(ada)
    starts = [one["dtstart"].dt for one in entries(make_address(ada, titles=True))]
    assert datetime.fromisoformat("2026-11-29T20:30:00+01:00") in starts


def test_a_paused_promise_has_no_reminder(ada):
    promise = make_promise(ada)
    make_reminder(ada, Kind.PROMISE, promise=promise)
    with acting_as(ada):
        promise.pause()
    assert by_title(make_address(ada, titles=True)) == WEEK


def test_nobody_elses_days_are_in_it(ada, eve):
    make_decision(eve, "Leave?")
    assert by_title(make_address(ada, titles=True)) == WEEK


def test_many_rows_cost_no_more_queries_than_one(ada):
    token, counts = make_address(ada, titles=True), []
    fetch(token)  # the first fetch of an hour writes
    for more in (1, 11):
        for n in range(more):
            make_mistake(ada, repair=f"Call {n}", repair_on=ahead(n))
            make_reminder(ada, Kind.PROMISE, promise=make_promise(ada, ends_on=ahead(50)))
        with CaptureQueriesContext(connection) as queries:
            assert fetch(token).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(entries(token)) == 1 + 12 * 4  # each mistake has a lesson


def test_a_file_has_an_end(ada, monkeypatch):
    monkeypatch.setattr("journal.calendar_feed.events.MOST", 3)
    for n in range(5):
        make_decision(ada, f"Question {n}?", review_on=ahead(30 - n))
    found = set(by_title(make_address(ada, titles=True)))
    assert found == {"Question 2?", "Question 3?", "Question 4?", "Weekly reflection"}


def test_an_answer_to_a_reminder_changes_nothing_in_it(ada):
    promise = make_promise(ada)
    make_reminder(ada, Kind.PROMISE, promise=promise)
    token = make_address(ada)
    before = fetch(token).content
    answer(promise, {TODAY: "missed"})
    assert fetch(token).content == before
