"""No temporary table, and no note of somebody's own, stands in for what the functions read."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from journal.privacy.rls import COACH, PERSON, acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import CoachLink
from tests.coaching.factories import link, share
from tests.factories import make_entry
from tests.privacy.stored import run

pytestmark = pytest.mark.django_db

WITHOUT_PATH = """
select oid::regprocedure::text from pg_proc
 where pronamespace = 'public'::regnamespace
   and proconfig is distinct from array['search_path=pg_catalog, public, pg_temp']
"""
TEMPORARY = "create temporary table sharing_coachlink (like public.sharing_coachlink)"


def test_every_function_looks_for_our_tables_before_temporary_ones():
    assert run(WITHOUT_PATH) == []


def test_a_new_function_without_it_is_noticed():
    run("create function sneak() returns int language sql as 'select 1'")

    assert run(WITHOUT_PATH) == [("sneak()",)]


@pytest.mark.parametrize("role", [PERSON, COACH])
def test_no_role_makes_a_temporary_table(ada, role):
    refused = pytest.raises(ProgrammingError, match="temporary tables")
    with acting_as(ada, role=role), refused, transaction.atomic():
        run(TEMPORARY)


@pytest.mark.parametrize("role", [PERSON, COACH])
def test_a_temporary_table_would_fool_no_function(ada, mira, eve, role):
    """Were it granted all the same: a table that says eve is coached by mira."""
    hers = link(ada, mira)
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    run(f"grant temporary on database {name} to {role}")
    with acting_as(mira, role=role):
        run("create temporary table people_user (id uuid, is_active bool, coaches_since date)")
        run("create temporary table sharing_coachlink (id uuid, coach_id uuid, owner_id uuid)")
        run("insert into pg_temp.sharing_coachlink values (%s, %s, %s)", eve.pk, mira.pk, eve.pk)
        if role == COACH:
            run("select public.coaching_lock_links()")
            assert run("select public.coaching_links()") == [([hers.pk],)]
        else:
            assert run("select public.coaching_end(%s)", eve.pk) == [(False,)]


@pytest.mark.parametrize("call", ["lo_create(0)", "lo_from_bytea(0, 'kept')", "lo_creat(-1)"])
@pytest.mark.parametrize("role", [PERSON, COACH])
def test_no_role_makes_a_large_object(ada, role, call):
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting_as(ada, role=role), refused, transaction.atomic():
        run(f"select {call}")


def test_a_coach_cannot_write_their_own_note_of_links(ada, mira, eve):
    """Neither one of a link that is somebody else's, nor an older one of their own."""
    share(link(ada, mira), make_entry(ada, "For Mira."))
    eves = link(ada, eve)
    share(eves, make_entry(ada, "For Eve."))
    with acting_as(mira, role=COACH):
        ((note,),) = run("select current_setting('selftrust.links')")
        seal, _space, _links = note.partition(" ")
        for forged in (f"{mira.pk} {{{eves.pk}}}", f"{seal} {{{eves.pk}}}", f"{{{eves.pk}}}", seal):
            run("select set_config('selftrust.links', %s, true)", forged)
            assert run("select coaching_links()") == [([],)]
            assert CoachLink.objects.count() == Entry.objects.count() == 0
        run("select set_config('selftrust.links', %s, true)", note)
        assert Entry.objects.count() == 1  # it is the note that decides


@pytest.mark.django_db(transaction=True)
def test_a_note_of_another_transaction_is_none(ada, mira):
    link(ada, mira)
    with acting_as(mira, role=COACH):
        ((note,),) = run("select current_setting('selftrust.links')")
    with acting_as(mira, role=COACH):
        run("select set_config('selftrust.links', %s, true)", note)
        assert run("select coaching_links()") == [([],)]


@pytest.mark.parametrize("role", [PERSON, COACH])
@pytest.mark.parametrize(
    "statement",
    [
        "select coaching_note('{}')",
        "select coaching_signed('{}')",
        "select secret from sharing_notekey",
    ],
)
def test_no_role_signs_a_note(ada, role, statement):
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting_as(ada, role=role), refused, transaction.atomic():
        run(statement)
