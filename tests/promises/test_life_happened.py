"""Life happens on several days at once: they are set aside, for one promise or for all."""

from datetime import date, timedelta

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.promises.history import history_of
from journal.promises.models import Promise
from journal.promises.occurrences import week_of
from tests.promises.factories import answer, make_promise

TODAY = date(2026, 11, 19)  # a Thursday
LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


@pytest.fixture
def walk(ada) -> Promise:
    return make_promise(ada, starts_on=LONG_AGO)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def excused(promise: Promise) -> list[date]:
    with acting_as(promise.owner):
        rows = promise.checkins.filter(status="excused").order_by("due_on")
        return list(rows.values_list("due_on", flat=True))


def test_a_range_sets_due_days_aside_and_leaves_kept_ones(walk, ada_client):
    answer(walk, {ago(3): "kept", ago(2): "missed"})
    fields = {"from_on": str(ago(4)), "until_on": "2026-11-21", "excuse": "ill", "note": "Flu"}

    response = ada_client.post(f"/promises/{walk.pk}/excuse/", fields)

    assert response.url == f"/promises/{walk.pk}/"
    assert excused(walk) == [
        ago(4), ago(2), ago(1), TODAY, date(2026, 11, 20), date(2026, 11, 21),
    ]  # fmt: skip
    ada_client.post(f"/promises/{walk.pk}/excuse/", fields)
    assert len(excused(walk)) == 6


def test_a_range_for_all_active_promises(ada, ada_client):
    daily = make_promise(ada, starts_on=LONG_AGO)
    mondays = make_promise(ada, starts_on=LONG_AGO, cadence="weekdays", weekdays=[0])
    fields = {"from_on": str(ago(3)), "until_on": str(TODAY), "excuse": "travel"}

    assert ada_client.post("/promises/excuse/", fields).url == "/promises/"

    assert excused(daily) == [ago(3), ago(2), ago(1), TODAY]
    assert excused(mondays) == [ago(3)]


def test_a_range_needs_no_reason(walk, ada_client):
    ada_client.post(f"/promises/{walk.pk}/excuse/", {"from_on": str(TODAY), "until_on": str(TODAY)})

    assert excused(walk) == [TODAY]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"from_on": "2026-11-11"}, "You can edit a day for 7 days"),
        ({"until_on": "2026-11-10"}, "It ends before it starts."),
        ({"until_on": "2027-11-10"}, "Choose a day in the next two months."),
        ({"from_on": ""}, "This field is required."),
        ({"excuse": "spare_day"}, "That is more than the 2 planned days off left in that month."),
    ],
)
def test_a_bad_range_gets_a_sentence_and_sets_nothing_aside(walk, ada_client, fields, sentence):
    given = {"from_on": str(ago(3)), "until_on": str(TODAY), "excuse": "ill", "note": "Flu"}

    response = ada_client.post(f"/promises/{walk.pk}/excuse/", given | fields)

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Flu" in page
    assert excused(walk) == []


def test_a_week_away_leaves_nothing_due_by_the_week(ada, ada_client):
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=3)
    fields = {"from_on": "2026-11-16", "until_on": "2026-11-22", "excuse": "travel"}

    ada_client.post(f"/promises/{swim.pk}/excuse/", fields)

    with acting_as(ada):
        record = history_of(ada.promises.all(), ada, swim.pk)
    assert record.week_tally(week_of(record.plan, TODAY)).excused == 3
    assert record.week_tally(week_of(record.plan, TODAY)).open == 0
