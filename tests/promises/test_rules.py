"""Rules that the database keeps, whoever writes."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from journal.privacy.rls import acting_as
from journal.promises.models import CheckIn, Promise
from tests.people.factories import make_value
from tests.promises.factories import make_promise

TODAY = date(2026, 11, 19)  # a Thursday
LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


@pytest.fixture
def walk(ada) -> Promise:
    return make_promise(ada, starts_on=LONG_AGO)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "kept", "excuse": "ill"},
        {"status": "perfect"},
    ],
)
def test_the_database_refuses_an_answer_that_makes_no_sense(walk, as_ada, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(owner=as_ada, promise=walk, due_on=TODAY, **fields)


def test_the_database_keeps_one_answer_per_day(walk, as_ada):
    CheckIn.objects.create(owner=as_ada, promise=walk, due_on=TODAY, status="kept")
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(owner=as_ada, promise=walk, due_on=TODAY, status="missed")


def test_a_statement_and_a_rhythm_are_a_whole_promise(ada):
    promise = make_promise(ada, smallest_version="", cue="", action="")

    assert (promise.state, promise.has_small_version) == ("active", False)
    with acting_as(ada):
        terms = promise.revisions.get()
        assert (terms.statement, terms.smallest_version) == ("Walk after lunch", "")


@pytest.mark.parametrize(
    "fields",
    [
        {"statement": None},
        {"cadence": ""},
        {"cadence": "weekdays", "weekdays": []},
        {"cadence": "times_per_week", "times_per_week": None},
        {"cadence": "times_per_week", "times_per_week": 8},
        {"cadence": "once", "due_on": None},
        {"reserve_per_month": 7},
        {"state": "draft"},
        {"state": "completed"},
        {"state": "retired", "ended_on": TODAY},
        {"ends_on": date(2026, 9, 6)},
    ],
)
def test_the_database_refuses_a_promise_that_is_not_whole(walk, as_ada, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=walk.pk).update(**fields)


def test_an_answer_belongs_to_the_promises_owner(walk, eve):
    with acting_as(eve):
        CheckIn.objects.create(owner=eve, promise_id=walk.pk, due_on=TODAY, status="kept")
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_value_that_is_purged_leaves_the_promise(ada):
    value = make_value(ada, "calm")
    promise = make_promise(ada, value=value)
    with acting_as(ada):
        CheckIn.objects.create(owner=ada, promise=promise, due_on=TODAY, status="kept")
        connection.cursor().execute("delete from people_value where id = %s", [value.pk])
        connection.check_constraints()
        stored = Promise.objects.get(pk=promise.pk)
        assert (stored.value_id, stored.statement) == (None, "Walk after lunch")
