"""What is told of a long time is what the promise's own page says of the same days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from journal.promises import history
from journal.promises.history_query import read_histories, with_answers_between
from journal.promises.models import WeekConfirmation
from journal.promises.tallies import Tally
from tests.promises.factories import answer, make_draft, make_promise

TODAY = date(2026, 11, 20)  # a Friday
FIRST = TODAY - timedelta(days=27)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=ZoneInfo("UTC")), tick=False):
        yield


def days_ago(*days: int, status: str = "kept") -> dict[date, str]:
    return {TODAY - timedelta(days=n): status for n in days}


def histories(person) -> list:
    """With the wall of whoever is acting."""
    return read_histories(with_answers_between(person, FIRST, TODAY), FIRST, TODAY)


def tallies_of(person) -> dict[str, Tally]:
    with acting_as(person):
        found = histories(person)
        return {promise.statement: one.tally(FIRST, TODAY) for promise, one in found}


def test_each_promise_as_its_own_page_tells_it(ada):
    walk = make_promise(ada, "Walk", starts_on=TODAY - timedelta(days=40))
    answer(walk, days_ago(1, 2, 3, 30) | days_ago(4, status="kept_small"))
    answer(walk, days_ago(5, 6, status="missed") | days_ago(7, status="excused"))
    swim = {"cadence": "times_per_week", "times_per_week": 3}
    swim = make_promise(ada, "Swim", starts_on=TODAY - timedelta(days=40), **swim)
    monday = date(2026, 11, 9)
    answer(swim, {monday: "kept", monday + timedelta(days=2): "kept_small"})
    with acting_as(ada):
        WeekConfirmation.objects.create(owner=ada, promise=swim, week_start=monday)
    ended = make_promise(ada, "Write", starts_on=TODAY - timedelta(days=10))
    answer(ended, days_ago(0, 1))
    with acting_as(ada):
        ended.retire("outgrown")

    found = tallies_of(ada)

    with acting_as(ada):
        rows = history.with_history(ada.promises.finished(), FIRST)
        pages = {row.statement: history.PromiseHistory(row, TODAY, FIRST).tally for row in rows}
    assert found == pages
    assert found["Walk"] == Tally(full=3, small=1, missed=2, excused=1, unrecorded=20, open=1)
    assert found["Swim"].missed == 1
    assert found["Write"].full == 2  # the day it ended had its answer


def test_what_is_over_removed_or_not_made_yet_is_left_out(ada, eve):
    make_draft(ada, "Call Gran")
    old = make_promise(ada, "Old", starts_on=TODAY - timedelta(days=90))
    with acting_as(ada):
        old.ends_on = FIRST - timedelta(days=1)
        old.save()
        make_promise(ada, "Gone").trash()
    make_promise(eve, "Not ada's")

    assert tallies_of(ada) == {}


def test_one_statement_however_many(ada):
    for number in range(2):
        promise = make_promise(ada, f"Promise {number}", starts_on=FIRST)
        answer(promise, days_ago(*range(1, 9)))
        with acting_as(ada), CaptureQueriesContext(connection) as statements:
            histories(ada)
        assert len(statements) == 1


def test_eve_is_told_nothing_of_it(ada, eve):
    answer(make_promise(ada, starts_on=FIRST), days_ago(1))

    with acting_as(eve):
        assert histories(ada) == []
