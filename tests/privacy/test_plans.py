"""In a large table the newest page, and any deep one, is read from the owner's own index.

Also by a query that forgot its filter: the policy alone is enough for the planner.
"""

import re
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from tests.privacy.stored import run

OTHERS, OF_EACH = 9, 8_000

SEED = """
insert into entries_entry (id, owner_id, created_at, updated_at, version, body,
                               written_on, written_zone, written_at, practice, quiet, unsorted,
                               favourite)
select gen_random_uuid(), %s, now(), now(), 1, '\\x01', date '2026-11-19' - n / 2, 'UTC', now(),
       '', false, false, false
  from generate_series(1, %s) n
"""


@pytest.fixture(scope="module")
def large_table(django_db_setup, django_db_blocker):
    """80,000 entries, 8,000 of them ada's; made once for the module and never committed."""
    with django_db_blocker.unblock():
        connection.set_autocommit(False)
        try:
            # Foreign keys are checked when the transaction ends, and this one never does.
            people = [
                User.objects.create(email=f"plan{number}@example.org")
                for number in range(OTHERS + 1)
            ]
            for person in people:
                run(SEED, person.pk, OF_EACH)
            run("analyze entries_entry")
            yield people[0]
        finally:
            connection.rollback()
            connection.set_autocommit(True)


def page_of(rows, position: tuple[date, UUID] | None):
    rows = rows.live().newest_first()
    return (rows.before(*position) if position else rows)[:21]


@pytest.mark.parametrize("forgotten", [False, True], ids=["own", "forgotten filter"])
@pytest.mark.parametrize("deep", [False, True], ids=["newest", "deep"])
def test_a_page_is_read_from_the_owners_index(large_table, django_db_blocker, deep, forgotten):
    ada = large_table
    with django_db_blocker.unblock(), acting_as(ada):
        position = None
        if deep:
            entry = ada.entries.live().newest_first()[6_000]
            position = entry.written_on, entry.pk
        rows = page_of(Entry.objects.all() if forgotten else ada.entries.all(), position)

        plan = rows.explain(analyze=True, costs=False, timing=False, summary=False)
        owners = {entry.owner_id for entry in rows}

    assert "using entry_newest_first on entries_entry" in plan
    assert re.search(r"Index Cond: \(+owner_id = ", plan)
    assert "Seq Scan" not in plan
    assert "Sort" not in plan
    assert "written_on <= " in plan if deep else "written_on" not in plan
    assert owners == {ada.pk}
