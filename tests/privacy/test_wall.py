"""The database refuses what is not the actor's, whatever the query forgot."""

from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.utils import timezone

from journal.people.models import Invitation, User
from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey
from journal.privacy.models import DataKey
from journal.privacy.ownership import uuid7
from journal.privacy.rls import COACH, acting_as
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.privacy.stored import actor, changed, run


@pytest.fixture
def both(ada, eve):
    """One entry of ada's and one of eve's."""
    return make_entry(ada, "ada's"), make_entry(eve, "eve's")


def refused(sql: str, *parameters) -> str:
    """The database's own words for a refusal."""
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        run(sql, *parameters)
    return str(caught.value).split("\n")[0]


# --- rows ---------------------------------------------------------------------------------------


def test_an_unfiltered_query_finds_only_the_actors_rows(ada, both):
    with acting_as(ada):
        assert [entry.body for entry in Entry.objects.all()] == ["ada's"]
        assert [row.owner_id for row in DataKey.objects.all()] == [ada.pk]
        assert run("select owner_id from entries_entry") == [(ada.pk,)]


def test_an_unfiltered_update_touches_only_the_actors_rows(ada, both):
    _hers, eves = both

    with acting_as(ada):
        assert Entry.objects.update(written_zone="Asia/Tokyo") == 1
        assert changed("update entries_entry set version = 9") == 1

    eves.refresh_from_db()
    assert (eves.written_zone, eves.version) == ("UTC", 1)


def test_an_unfiltered_delete_touches_only_the_actors_rows(ada, both):
    with acting_as(ada):
        assert changed("delete from entries_entry") == 1
        make_entry(ada, "again")
        assert Entry.objects.all().delete()[0] == 1

    assert [entry.owner_id for entry in Entry.objects.all()] == [both[1].owner_id]


def test_a_row_whose_id_is_known_stays_out_of_reach(eve, both):
    hers, _eves = both

    with acting_as(eve):
        assert Entry.objects.filter(pk=hers.pk).update(version=9) == 0
        assert run("select * from entries_entry where id = %s for update", hers.pk) == []


def test_nobody_has_no_rows(both):
    with acting_as(None):
        assert run("select * from entries_entry") == []
        assert run("select * from privacy_datakey") == []
        assert run("select * from people_user") == []
        assert changed("update entries_entry set version = 9") == 0
        assert changed("delete from entries_entry") == 0


def test_nobody_writes_nothing(ada):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(None):
        _insert_for(ada)


def _insert_for(person: User) -> None:
    run(
        "insert into entries_entry (id, owner_id, created_at, updated_at, version, body, "
        "written_on, written_zone, written_at) "
        "values (%s, %s, now(), now(), 1, 'x', now(), 'UTC', now())",
        uuid7(),
        person.pk,
    )


def test_writing_for_someone_else_is_refused(ada, eve):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(eve):
        _insert_for(ada)


def test_giving_a_row_away_is_refused(ada, eve, both):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(eve):
        run("update entries_entry set owner_id = %s", ada.pk)


def test_a_data_key_can_be_stored_but_neither_changed_nor_removed(ada, both):
    with acting_as(ada):
        assert refused("update privacy_datakey set master = ''").startswith("permission denied")
        assert refused("delete from privacy_datakey").startswith("permission denied")


# --- children -----------------------------------------------------------------------------------

CHILD = """
create table leaf (
    id uuid primary key,
    owner_id uuid not null references people_user (id) deferrable initially deferred,
    entry_id uuid references entries_entry (id) deferrable initially deferred
)
"""


@pytest.fixture(params=["cascade", "set null"])
def leaf(request, db):
    """A table as a migration makes it: entries have leaves. Gives what happens on delete."""
    together = SameOwnerForeignKey(
        "leaf", column="entry_id", parent="entries_entry", on_delete=request.param
    )
    for statement in [
        CHILD,
        *EnableRowLevelSecurity("leaf").statements("leaf"),
        *together.statements("leaf"),
    ]:
        run(statement)
    return request.param


def _leaf_on(entry: Entry, owner: User) -> UUID:
    leaf_id = uuid7()
    run("insert into leaf values (%s, %s, %s)", leaf_id, owner.pk, entry.pk)
    run("set constraints all immediate")
    run("set constraints all deferred")
    return leaf_id


def test_a_child_of_ones_own_row_is_fine(leaf, ada, both):
    with acting_as(ada):
        leaf_id = _leaf_on(both[0], ada)
        assert run("select id, entry_id from leaf") == [(leaf_id, both[0].pk)]


def test_a_child_hung_on_someone_elses_row_is_refused(leaf, eve, both):
    with pytest.raises(IntegrityError, match="leaf_entry_id_same_owner"), acting_as(eve):
        _leaf_on(both[0], eve)


def test_a_child_moved_to_someone_elses_row_is_refused(leaf, eve, both):
    hers, eves = both
    with acting_as(eve):
        _leaf_on(eves, eve)
        run("update leaf set entry_id = %s", hers.pk)
        with pytest.raises(IntegrityError, match="leaf_entry_id_same_owner"), transaction.atomic():
            run("set constraints all immediate")
        transaction.set_rollback(True)


def test_what_becomes_of_a_child_whose_parent_goes(leaf, ada, both):
    with acting_as(ada):
        leaf_id = _leaf_on(both[0], ada)
        changed("delete from entries_entry")
        left = run("select id, owner_id, entry_id from leaf")

    assert left == ([] if leaf == "cascade" else [(leaf_id, ada.pk, None)])


def test_protect_and_belong_together_undo_what_they_did(leaf):
    together = SameOwnerForeignKey("leaf", column="entry_id", parent="entries_entry")
    for statement in [*together.reversal("leaf"), *EnableRowLevelSecurity("leaf").reversal("leaf")]:
        run(statement)

    assert run("select relrowsecurity from pg_class where relname = 'leaf'") == [(False,)]
    assert run("select * from pg_policies where tablename = 'leaf'") == []
    assert run("select has_table_privilege('selftrust_person', 'leaf', 'select')") == [(False,)]
    assert run("select * from pg_constraint where conname like 'leaf%same_owner'") == []


# --- who acts -----------------------------------------------------------------------------------


def test_nested_blocks_put_back_what_they_found(ada, eve, both):
    before = actor()
    with acting_as(ada):
        with acting_as(eve):
            assert [entry.body for entry in Entry.objects.all()] == ["eve's"]
            with acting_as(None, role=COACH):
                assert actor() == ("selftrust_coach", "")
            assert actor() == ("selftrust_person", str(eve.pk))
        assert actor() == ("selftrust_person", str(ada.pk))
        assert [entry.body for entry in Entry.objects.all()] == ["ada's"]
    assert actor() == before


def test_an_exception_inside_puts_back_what_was_found(ada, eve):
    before = actor()
    with acting_as(ada):
        with pytest.raises(RuntimeError), acting_as(eve):
            raise RuntimeError
        assert actor() == ("selftrust_person", str(ada.pk))
    assert actor() == before


def test_a_rollback_asked_for_inside_puts_back_what_was_found(ada, eve):
    before = actor()
    with acting_as(ada):
        with acting_as(eve):
            make_entry(eve, "gone")
            transaction.set_rollback(True)
        assert actor() == ("selftrust_person", str(ada.pk))
    assert actor() == before
    assert Entry.objects.count() == 0


def test_a_caught_integrity_error_inside_changes_no_actor(ada, eve):
    with acting_as(ada):
        entry = make_entry(eve, "twice")
        with acting_as(eve):
            with pytest.raises(IntegrityError), transaction.atomic():
                entry.save(force_insert=True)
            assert actor() == ("selftrust_person", str(eve.pk))
        assert actor() == ("selftrust_person", str(ada.pk))


def test_an_error_swallowed_without_a_savepoint_leaks_no_actor(ada, eve):
    """The transaction is broken then, and the block says so rather than go on as someone else."""
    with acting_as(ada):
        with pytest.raises(InternalError, match="transaction is aborted"), acting_as(eve):  # noqa: SIM117
            with pytest.raises(ProgrammingError):
                run("select * from django_session")
        assert actor() == ("selftrust_person", str(ada.pk))


# --- identity -----------------------------------------------------------------------------------


@pytest.fixture
def identities(ada, eve):
    for person in (ada, eve):
        run(
            'insert into account_emailaddress (email, verified, "primary", user_id) '
            "values (%s, true, true, %s)",
            person.email,
            person.pk,
        )
        run(
            "insert into usersessions_usersession "
            "(user_id, created_at, ip, last_seen_at, session_key, user_agent, data) "
            "values (%s, now(), '127.0.0.1', now(), %s, 'test', '{}')",
            person.pk,
            f"key of {person.email}",
        )


def test_a_person_reads_only_their_own_identity(ada, identities):
    with acting_as(ada):
        assert run("select id from people_user") == [(ada.pk,)]
        assert run("select email from account_emailaddress") == [("ada@example.org",)]
        assert run("select user_id from usersessions_usersession") == [(ada.pk,)]


def test_a_person_changes_only_their_own_preferences(ada, eve):
    with acting_as(ada):
        assert changed("update people_user set theme = 'dark', zone = '', day_starts_at = 4") == 1

    eve.refresh_from_db()
    assert eve.theme == "system"


@pytest.mark.parametrize("column", ["password", "email", "is_staff", "is_active", "id"])
def test_a_person_cannot_change_who_they_are(ada, column):
    with acting_as(ada):
        assert refused(f"update people_user set {column} = {column}") == (
            "permission denied for table people_user"
        )


@pytest.mark.parametrize(
    "table", ["people_user", "account_emailaddress", "usersessions_usersession"]
)
def test_a_person_makes_and_removes_no_identity(ada, table):
    with acting_as(ada):
        assert refused(f"delete from {table}").startswith("permission denied")
        assert refused(f"insert into {table} default values").startswith("permission denied")


@pytest.mark.parametrize("role", ["selftrust_person", "selftrust_coach"])
@pytest.mark.parametrize(
    "table",
    ["django_session", "django_migrations", "django_content_type", "people_invitation"],
)
def test_what_is_the_installations_own_is_closed_to_both_roles(ada, table, role):
    Session.objects.create(session_key="k", session_data="d", expire_date=timezone.now())
    Invitation.make(ada)

    with acting_as(ada, role=role):
        assert refused(f"select * from {table}") == f"permission denied for table {table}"


def test_a_coach_reads_nothing_that_was_not_opened(ada, mira, both):
    with acting_as(mira, role=COACH):
        for table in ("people_user", "entries_tag", "entries_earlierversion"):
            assert refused(f"select * from {table}") == f"permission denied for table {table}"
        assert not Entry.objects.exists()
        assert [row.owner_id for row in DataKey.objects.all()] == [mira.pk]


# --- inserting once -----------------------------------------------------------------------------
