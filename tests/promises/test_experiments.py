"""Two ways of keeping one promise, compared week by week."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from journal.privacy.rls import acting_as
from journal.promises.models import Experiment
from tests.exchange.factories import brought_in, exported, journal_of, packed, sent
from tests.factories import make_person
from tests.promises.factories import make_experiment, make_promise

MONDAY = date(2026, 9, 7)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
TODAY = date(2026, 11, 19)  # a Thursday


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


@pytest.fixture
def walk(ada):
    return make_promise(ada, starts_on=MONDAY - 4 * WEEK)


REFUSED: list[dict[str, Any]] = [
    {"allocation": "ababab"},  # too few weeks
    {"allocation": "abababababababab"[:13]},
    {"allocation": "aaabbbab"[:7] + "c"},
    {"allocation": "aaaaabbb"},  # not balanced
    {"allocation": "abbaabab", "design": "alternating"},
    {"design": "chosen"},
    {"way_b": ""},
    {"starts_on": date(1, 1, 1)},
    {"stop_reason": "changed"},  # without a day
    {"ended_on": TODAY, "stop_reason": "bored"},
    {"ended_on": TODAY, "stop_reason": "stopped", "went_on_with": "a"},
    {"went_on_with": "a"},
]


def test_the_database_keeps_to_the_plan(ada, walk):
    for fields in REFUSED:
        with pytest.raises(DatabaseError), transaction.atomic():
            make_experiment(walk, **fields)


def test_one_is_open_at_a_time_and_its_plan_cannot_be_rewritten(ada, walk):
    row = make_experiment(walk)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_experiment(walk)
    with acting_as(ada):
        for fields in ({"allocation": "babababa"}, {"starts_on": TODAY}, {"design": "drawn"}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Experiment.objects.filter(pk=row.pk).update(**fields)
        row.end(TODAY, "stopped")
    make_experiment(walk)


def test_somebody_elses_promise_takes_none(eve, walk):
    with acting_as(eve), transaction.atomic():
        Experiment.objects.create(
            owner=eve,
            promise_id=walk.pk,
            way_a="A",
            way_b="B",
            design="alternating",
            starts_on=MONDAY,
            allocation="abababab",
        )
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_file_brings_it_back_beside_nothing_that_is_open_here_and_only_whole(ada, eve, walk):
    row = make_experiment(walk, allocation="abbaabab", design="drawn")
    archive = exported(ada)
    brought_in(eve, archive)
    with acting_as(eve):
        there = eve.experiments.get()
        assert (there.way_a, there.allocation) == ("Shoes by the door", "abbaabab")
        assert there.promise.statement == walk.statement

    with acting_as(ada):
        row.delete()
    make_experiment(walk, way_a="The one that is open here")
    brought_in(ada, archive)
    with acting_as(ada):
        assert ada.experiments.get().way_a == "The one that is open here"

    journal = journal_of(archive)
    journal["tables"]["promises.Experiment"][0]["allocation"] = "aaaaabbb"
    refused = sent(make_person("nia@example.org"), packed({"selftrust.json": json.dumps(journal)}))
    assert refused.refusal
