"""One id makes one row, whoever posts it."""

import pytest
from django.db import IntegrityError, connection

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.privacy.stored import run


def test_the_same_id_posted_twice_makes_one_row(ada):
    first = make_entry(ada, "first")

    with acting_as(ada):
        again = Entry.new_for(ada)
        again.pk, again.body = first.pk, "again"
        assert again.insert_once() == first
        assert [entry.body for entry in Entry.objects.all()] == ["first"]


def test_a_row_that_breaks_a_rule_is_not_taken_for_one_that_was_posted_before(ada):
    with acting_as(ada):
        without_words = Entry.new_for(ada)
        with pytest.raises(IntegrityError, match="entry_has_words"):
            without_words.insert_once()


def test_an_id_that_someone_else_took_gives_none(ada, eve):
    taken = make_entry(ada, "hers")

    with acting_as(eve):
        entry = Entry.new_for(eve)
        entry.pk, entry.body = taken.pk, "mine"
        assert entry.insert_once() is None


def test_making_the_roles_again_changes_nothing(db):
    """Another database of the same cluster may have made them already."""
    from journal.privacy.migration_operations import CREATE_ROLES

    with connection.cursor() as cursor:
        cursor.execute(CREATE_ROLES)
    assert len(run("select rolname from pg_roles where rolname like 'selftrust\\_%'")) == 2


def test_an_id_is_taken_once_whatever_order_the_rules_were_made_in(ada):
    """After a restore PostgreSQL names the rule of id and owner before the primary key."""
    run("alter table entries_entry drop constraint entries_entry_pkey cascade")
    run("alter table entries_entry add primary key (id)")
    first = make_entry(ada, "first")
    with acting_as(ada):
        again = Entry.new_for(ada)
        again.pk, again.body = first.pk, "again"
        assert again.insert_once() == first
