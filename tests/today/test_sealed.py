"""The daily check behind the wall: nobody else's, its words sealed, its rules in the database."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.reflections.daily.models import DailyCheck
from tests.privacy.stored import run
from tests.today.factories import make_daily_check

CANARY = "zanzibarquokka"
DAY = date(2026, 11, 19)


def test_the_credit_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    today = clock.today(ada).isoformat()
    sent = {"date": today, "seen": today, "credit": f"Fed the {CANARY}"}
    assert ada_client.post("/today/check/", sent).status_code == 302
    assert ada_client.post("/today/check/", {**sent, "credit": CANARY * 20}).status_code == 200
    stale = {**sent, "date": "2020-01-01", "seen": "2020-01-01"}
    assert ada_client.post("/today/check/", stale).status_code == 409

    assert CANARY in ada_client.get("/today/").content.decode()
    for (table,) in run("select tablename from pg_tables where schemaname = 'public'"):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text


def test_eve_sees_and_changes_nothing_of_it(ada, eve):
    make_daily_check(ada, DAY, trust=4)

    with acting_as(eve):
        assert DailyCheck.objects.count() == 0
        assert DailyCheck.objects.update(trust=1) == 0
    with acting_as(ada):
        assert DailyCheck.objects.get().trust == 4


def test_two_people_tell_the_same_day(ada, eve):
    make_daily_check(ada, DAY, trust=4)
    make_daily_check(eve, DAY, trust=1)

    with acting_as(ada):
        assert [row.trust for row in DailyCheck.objects.all()] == [4]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("trust = 6", "daily_trust_one_to_five"),
        ("trust = 0", "daily_trust_one_to_five"),
        ("visit = 'ghost'", "daily_visit_known"),
    ],
)
def test_the_database_refuses_what_no_form_would_send(as_ada, change, constraint):
    DailyCheck.store(as_ada, DAY, {"trust": 4})

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        connection.cursor().execute(f"update reflections_dailycheck set {change}")


def test_one_row_a_day_is_the_databases_rule(as_ada):
    DailyCheck.store(as_ada, DAY, {"trust": 4})

    with pytest.raises(IntegrityError, match="one_daily_check_per_day"), transaction.atomic():
        DailyCheck.objects.create(owner=as_ada, date=DAY, written_zone="UTC")
