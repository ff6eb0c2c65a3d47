"""The one statement that Today asks says the same as the queries it stands for."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from journal.promises import queries
from journal.promises.today_query import fetch_today_promises
from tests.promises import page_states
from tests.promises.factories import answer, make_experiment, make_promise

TODAY = date(2026, 11, 19)
WEEK = (date(2026, 11, 16), date(2026, 11, 22))


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


@pytest.fixture
def life(ada):
    """Every kind of promise, among them one that ended this week and one that asks again."""
    page_states.every_kind(ada)
    over = make_promise(ada, "Stretch", starts_on=TODAY - timedelta(days=20))
    answer(over, {TODAY - timedelta(days=n): "kept_small" for n in range(1, 9)}, note="In the hall")
    make_experiment(over, starts_on=WEEK[0] - timedelta(days=7))
    make_experiment(make_promise(ada, "Read", starts_on=TODAY - timedelta(days=20)))
    asked = make_promise(ada, "Sing", starts_on=TODAY - timedelta(days=20))
    with acting_as(ada):
        over.retire("outgrown")
        with time_machine.travel("2026-11-10T09:00:00+01:00"):
            asked.pause("A cold", TODAY)
    return ada


def seen(found: list[queries.DueToday]) -> list[tuple]:
    return [
        (one.promise.statement, one.checkin.status or "", one.checkin.note, one.week_text, one.way)
        for one in found
    ]


@pytest.mark.parametrize("back", range(4))
def test_what_is_due_and_answered(life, back):
    day = TODAY - timedelta(days=back)
    with acting_as(life):
        found, plain = fetch_today_promises(life, day, *WEEK), queries.due_on(life, day)

        assert seen(found.due) == seen(plain)
        assert [dict(one.record.answers) for one in found.due] != []
        for mine, theirs in zip(found.due, plain, strict=True):
            assert mine.record.plan == theirs.record.plan
            assert mine.next_chance == theirs.next_chance


def test_what_waits(life):
    with acting_as(life):
        found, plain = (
            fetch_today_promises(life, TODAY, *WEEK).waiting,
            queries.todo_items(life, TODAY),
        )

    assert len(plain) == 3  # a draft, a pause that asks, a week to tell
    assert sorted(map(repr, found)) == sorted(map(repr, plain))


def test_one_statement(life):
    with acting_as(life):
        data_key(life.pk)
        with CaptureQueriesContext(connection) as captured:
            fetch_today_promises(life, TODAY, *WEEK)
    assert len(captured) == 1


def test_eve_has_none_of_it(life, eve):
    with acting_as(eve):
        found = fetch_today_promises(eve, TODAY, *WEEK)
        of_ada = fetch_today_promises(life, TODAY, *WEEK)

    assert (found.records, found.due, found.waiting) == ([], [], [])
    assert of_ada.records == []  # the wall, whatever the query says
