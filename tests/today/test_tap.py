"""What one tap on Today costs: it reads and draws one promise, and the week follows."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.page import compact
from tests.promises.factories import answer, make_promise

LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": target}


def test_a_tap_reads_and_draws_one_promise_and_the_week_follows(ada, ada_client):
    walk, _swim = (make_promise(ada, one, starts_on=LONG_AGO) for one in ("Walk", "Swim"))
    sent = {"date": "2026-11-19", "seen": "2026-11-19", f"{walk.pk}-status": "kept"}

    with CaptureQueriesContext(connection) as captured:
        response = ada_client.post("/today/check/", sent, headers=htmx(f"said-{walk.pk}"))

    rows = [query["sql"] for query in captured if "p.statement" in query["sql"]]
    assert len(rows) == 2  # before the answer, and after it
    assert all("p.id = any(" in sql for sql in rows)
    page = compact(response)
    assert ("Swim" in page, 'id="week"' in page) == (False, False)
    assert (response["HX-Trigger"], response["HX-Trigger-After-Settle"]) == ("saved", "answered")

    week = ada_client.get("/today/", headers=htmx("week"))
    page = compact(week)
    assert page.strip().startswith('<section class="stack stack-s" id="week"')
    assert "Thu 19: 1 kept and 1 not recorded yet" in page
    assert "<main" not in page


def test_another_tap_writes_to_the_row_that_was_read_with_the_promise(ada, ada_client):
    walk = make_promise(ada, "Walk", starts_on=LONG_AGO)
    answer(walk, {date(2026, 11, 19): "kept"}, note="In the rain")
    [before] = walk.checkins.all()

    with CaptureQueriesContext(connection) as captured:
        ada_client.post(
            "/today/check/",
            {"date": "2026-11-19", "seen": "2026-11-19", f"{walk.pk}-status": "missed"},
            headers=htmx(f"said-{walk.pk}"),
        )

    written = [one["sql"] for one in captured if "promises_checkin" in one["sql"]]
    assert [sql.split()[0] for sql in written] == ["select", "UPDATE", "select"]
    [after] = walk.checkins.all()
    assert (after.pk, after.status, after.note) == (before.pk, "missed", "In the rain")
    assert (after.created_at, after.version) == (before.created_at, before.version + 1)
