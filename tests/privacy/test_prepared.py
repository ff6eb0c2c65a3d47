"""A plan that PostgreSQL keeps shows each person their own rows, whoever it was made for."""

import pytest
from django.db import connection

from journal.privacy.prepared import columns, instances
from journal.privacy.rls import COACH, acting_as
from journal.privacy.together import together
from journal.reflections.models import Entry
from tests.coaching.factories import link, made_coach, share
from tests.factories import make_entry

pytestmark = pytest.mark.django_db

OFTEN = 8  # PostgreSQL makes a plan for every value from the sixth time on
ENTRIES = f"""select {columns(Entry, "e")} from entries_entry e
              where e.written_on > %(day)s::date"""


def every_entry(_person, day):
    return Entry.objects.filter(written_on__gt=day)


def read(person, day) -> set[str]:
    (some,) = together(person, day, every_entry)
    found = {row.pk for row in instances(Entry, ENTRIES, {"day": day})}
    assert {row.pk for row in some} == found
    return {row.body for row in some}


def plans() -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select generic_plans, custom_plans from pg_prepared_statements "
            "where statement like '%entries_entry%' and not statement like '%pg_prepared%'"
        )
        return cursor.fetchall()


def test_a_kept_plan_shows_everyone_their_own(ada, eve, mira):
    day = ada.date_joined.date().replace(year=2020)
    made = {person: make_entry(person, f"Of {person.email}") for person in (ada, eve)}
    share(link(eve, made_coach(mira)), made[eve])
    make_entry(eve, "Not shared")

    for _time in range(2):
        for _again in range(OFTEN):
            with acting_as(ada):
                assert read(ada, day) == {f"Of {ada.email}"}
        for _again in range(OFTEN):
            with acting_as(eve):
                assert read(ada, day) == {f"Of {eve.email}", "Not shared"}
        with acting_as(mira):
            assert read(ada, day) == set()
        for _again in range(OFTEN):
            with acting_as(mira, role=COACH):
                assert read(ada, day) == {f"Of {eve.email}"}
        with acting_as(None):
            assert read(ada, day) == set()

    assert len(plans()) == 2
    assert sum(generic for generic, _custom in plans()) > 0
