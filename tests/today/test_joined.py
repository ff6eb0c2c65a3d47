"""Days before someone joined are never open: not on Today, not as a week, not of a promise."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.page import compact
from tests.promises.factories import answer, make_promise
from tests.today.test_check import stored

WEDNESDAY, THURSDAY = date(2026, 11, 18), date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _joined_on_thursday(ada):
    ada.date_joined = datetime(2026, 11, 19, 8, tzinfo=UTC)
    ada.save(update_fields=["date_joined"])
    with time_machine.travel("2026-11-20T12:00:00+00:00", tick=False):
        yield


def test_today_offers_the_days_since_joining(ada, ada_client):
    page = compact(ada_client.get("/today/"))
    assert "?day=2026-11-19" in page
    assert "?day=2026-11-18" not in page
    assert "?day=2026-11-18" not in compact(ada_client.get("/today/?day=2026-11-18"))
    ada_client.post("/today/check/", {"date": "2026-11-18", "seen": "2026-11-20", "trust": "4"})
    assert stored(ada) == []


def test_a_day_that_was_brought_along_stays_as_it_is(ada, ada_client):
    """Promises from an import are older than the account."""
    walk = make_promise(ada, starts_on=date(2026, 9, 7))
    answer(walk, {WEDNESDAY: "kept"})
    page = compact(ada_client.get(f"/promises/{walk.pk}/"))
    assert page.count("check-in/?due_on=") == 3  # today, yesterday, and the one with an answer
    assert "due_on=2026-11-18" in page
    assert "due_on=2026-11-17" not in page


def test_a_week_of_before_is_neither_asked_nor_open(ada, ada_client):
    swim = make_promise(
        ada, cadence="times_per_week", times_per_week=2, starts_on=date(2026, 11, 2)
    )
    page = compact(ada_client.get(f"/promises/{swim.pk}/"))
    assert "week_start" not in page
    page = compact(ada_client.get("/week/2026-11-09/"))
    assert "Look back on it" not in page
