"""No statement that is asked for all day, or at night, reads a large table from end to end.

Once with the example person alone, where PostgreSQL is told to avoid that: what it still reads so
has no index. Once with 5,000 people and five million rows (`make test-growth`), where it chooses.
"""

import os
from collections.abc import Iterator
from itertools import chain

import pytest
from django.db import transaction

from journal.operation.example.person import COACH_EMAIL, EMAIL, make_example_person
from journal.people.models import User
from journal.privacy.migration_operations import PLAIN_KEYS
from tests.growth import load, plans, walk
from tests.privacy.stored import run

PASSWORD = "a practice of many people"
# Tables that don't grow with each person: read whole wherever that is easier.
SMALL = {
    *("auth_group", "auth_permission", "django_content_type", "django_migrations"),
    *("compassion_kindnessstarter", "entries_prompt", "support_servedcountry"),
    *("support_supportresource", "sharing_notekey", "sharing_team"),
    "people_sharedvalue",  # counts of rate limits; its connection is not the one told to avoid that
}
# What the purge compares as a whole: sessions with those that are known to their people, tags with
# their use, photos with their files; and the tasks of a day.
AT_NIGHT = {
    *("django_session", "usersessions_usersession", "django_tasks_database_dbtaskresult"),
    *("entries_tag", "entries_entrytag", "photos_photo"),
}


def all_day(person: User, coach: User) -> walk.Asked:
    return chain(
        walk.by_person(person, PASSWORD), walk.by_coach(coach, person), walk.by_the_worker()
    )


@pytest.mark.django_db
def test_every_statement_finds_its_rows_by_an_index(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    make_example_person(PASSWORD)
    person, coach = (User.objects.get(email=email) for email in (EMAIL, COACH_EMAIL))
    tables = {
        name for (name,) in run("select tablename from pg_tables where schemaname = 'public'")
    }
    run("set local enable_seqscan = off")
    found = {}
    for name, ask in all_day(person, coach):
        with plans.explained() as planned:
            ask()
        assert planned, name
        if wrong := plans.unindexed(
            planned, tables - SMALL - (AT_NIGHT if name == "purge" else set())
        ):
            found[name] = wrong

    assert not found


@pytest.mark.django_db
def test_what_is_deleted_is_found_by_an_index_and_so_is_what_depends_on_it():
    """A new table has both by EnableRowLevelSecurity and SameOwnerForeignKey in its migration."""
    tables = "select table_name from information_schema.columns where column_name = 'deleted_at'"
    bins = {index for (index,) in run("select indexname from pg_indexes")}

    assert run(PLAIN_KEYS) == []
    assert {f"{table}_bin" for (table,) in run(tables)} <= bins


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker) -> Iterator[load.Loaded]:
    """Never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.load(int(os.environ.get("PEOPLE", "5000")), PASSWORD)
        transaction.set_rollback(True)


@pytest.mark.long
def test_among_five_million_rows_every_statement_is_planned_by_an_index(
    grown, settings, tmp_path, django_db_blocker
):
    settings.DATA_DIR = tmp_path
    with django_db_blocker.unblock():
        assert run("select indexrelid::regclass from pg_index where indcheckxmin") == []
        large = plans.large_tables()
        found = {}
        for name, ask in chain(all_day(grown.person, grown.coach), walk.at_night()):
            with plans.explained() as planned:
                ask()
            if wrong := plans.faults(planned, large - (AT_NIGHT if name == "purge" else set())):
                found[name] = wrong

    assert {"promises_checkin", "entries_entry"} <= large
    assert not found
