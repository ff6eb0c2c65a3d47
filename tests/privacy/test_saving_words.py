"""When words are sealed anew, when they keep their bytes, and what a savepoint takes back."""

import threading

import pytest
from django.db import connection, transaction

from journal.privacy.keys import SealBroken
from journal.privacy.models import DataKey
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.privacy.stored import bytes_of, put_bytes, run


def reload(entry: Entry) -> Entry:
    return Entry.objects.get(pk=entry.pk)


# --- saving -------------------------------------------------------------------------------------


def test_unchanged_words_keep_their_bytes(as_ada):
    entry = make_entry(as_ada, "body", title="title")
    before = bytes_of(entry, "title"), bytes_of(entry, "body")

    entry.save()  # the instance that was just written
    entry = reload(entry)
    entry.save()  # not opened
    assert (entry.title, entry.body) == ("title", "body")
    entry.save()  # opened
    entry.body = "body"
    entry.save()  # set to what it was
    entry.body = "other"
    entry.body = "body"
    entry.save(update_fields=["body"])
    entry.full_clean()
    entry.save()

    assert (bytes_of(entry, "title"), bytes_of(entry, "body")) == before
    assert reload(entry).version == 7


def test_changed_words_are_sealed_anew_and_the_rest_is_left(as_ada):
    entry = reload(make_entry(as_ada, "body", title="title"))
    title, body = bytes_of(entry, "title"), bytes_of(entry, "body")
    entry.body = "changed"
    entry.save()

    assert bytes_of(entry, "title") == title
    assert bytes_of(entry, "body") != body
    assert reload(entry).body == "changed"


def test_update_fields_saves_only_what_it_names(as_ada):
    entry = reload(make_entry(as_ada, "body", title="title"))
    entry.body, entry.title = "new body", "new title"
    entry.save(update_fields=["body"])

    assert (reload(entry).title, reload(entry).body) == ("title", "new body")
    entry.save(update_fields=["title"])
    assert reload(entry).title == "new title"


@pytest.mark.parametrize("rows", [Entry.objects.defer("body"), Entry.objects.only("title")])
def test_deferred_words_open_later_and_keep_their_bytes(as_ada, rows):
    entry = make_entry(as_ada, "body", title="title")
    before = bytes_of(entry, "body")

    entry = rows.get(pk=entry.pk)
    assert entry.body == "body"
    entry.body = "body"
    entry.save()

    assert bytes_of(entry, "body") == before


def test_deferred_words_cost_one_statement(as_ada, django_assert_num_queries):
    make_entry(as_ada, "body", title="title")
    entry = Entry.objects.defer("body").get()
    assert entry.title == "title"

    with django_assert_num_queries(1):
        assert entry.body == "body"


def test_deferred_words_that_nobody_read_are_left_alone(as_ada):
    before = bytes_of(make_entry(as_ada, "body"), "body")
    entry = Entry.objects.defer("body").get()
    entry.save()

    assert bytes_of(entry, "body") == before


def test_a_refresh_brings_the_new_words_and_keeps_their_bytes(as_ada):
    entry = reload(make_entry(as_ada, "body"))
    assert entry.body == "body"
    elsewhere = reload(entry)
    elsewhere.body = "elsewhere"
    elsewhere.save()
    before = bytes_of(entry, "body")

    entry.refresh_from_db()
    assert entry.body == "elsewhere"
    entry.body = "elsewhere"
    entry.save()

    assert bytes_of(entry, "body") == before


def test_a_refresh_opens_nothing(as_ada):
    entry = reload(make_entry(as_ada, "body"))
    put_bytes(entry, "body", b"\x01" + b"broken" * 9)

    entry.refresh_from_db()

    with pytest.raises(SealBroken):
        entry.body  # noqa: B018


def test_words_set_before_a_refresh_are_gone_after_it(as_ada):
    entry = reload(make_entry(as_ada, "body"))
    entry.body = "unsaved"
    entry.refresh_from_db()
    entry.body = "third"
    entry.save()

    assert reload(entry).body == "third"


def test_a_person_without_words_has_no_data_key_until_the_first(newcomer):
    assert DataKey.objects.count() == 0
    make_entry(newcomer)
    assert DataKey.objects.get().owner_id == newcomer.pk


def test_bulk_create_seals(as_ada):
    entries = [Entry.new_for(as_ada) for _ in range(3)]
    for number, entry in enumerate(entries):
        entry.body = f"entry {number}"
    Entry.objects.bulk_create(entries)

    assert sorted(entry.body for entry in Entry.objects.all()) == ["entry 0", "entry 1", "entry 2"]
    assert b"entry" not in b"".join(bytes_of(entry, "body") for entry in entries)


def test_a_row_copied_after_it_was_read_is_sealed_anew(as_ada):
    entry = reload(make_entry(as_ada, "body", title="title"))
    original = entry.pk
    assert (entry.title, entry.body) == ("title", "body")
    entry.pk, entry._state.adding = None, True
    entry.save()

    assert entry.pk != original
    assert [(each.title, each.body) for each in Entry.objects.all()] == [("title", "body")] * 2


def test_a_row_copied_without_reading_it_is_refused(as_ada):
    entry = reload(make_entry(as_ada, "body"))
    entry.pk, entry._state.adding = None, True

    with pytest.raises(SealBroken), transaction.atomic():
        entry.save()
    assert Entry.objects.count() == 1


# --- what a savepoint takes back ----------------------------------------------------------------


def test_a_data_key_that_was_rolled_back_is_forgotten(newcomer):
    """Otherwise the next words would be sealed under a key that nobody stored."""
    with acting_as(newcomer):
        first, second = Entry.new_for(newcomer), Entry.new_for(newcomer)
        first.title, first.body, second.body = "title", "first", "second"
        with transaction.atomic():
            first.save(force_insert=True)
            transaction.set_rollback(True)
        assert DataKey.objects.count() == 0
        second.save(force_insert=True)

    with acting_as(newcomer):
        assert reload(second).body == "second"


def test_words_whose_first_save_was_rolled_back_are_sealed_again(newcomer):
    with acting_as(newcomer):
        newcomer.called = "Ada"
        with transaction.atomic():
            newcomer.save(update_fields=["called"])
            transaction.set_rollback(True)
        newcomer.save(update_fields=["called"])

    with acting_as(newcomer):
        assert type(newcomer).objects.get().called == "Ada"


def test_an_id_that_was_taken_loses_no_first_words(newcomer, eve):
    taken = make_entry(eve)
    with acting_as(newcomer):
        entry = Entry.new_for(newcomer)
        entry.pk, entry.body = taken.pk, "my first"
        assert entry.insert_once() is None
        entry.pk = uuid7()
        assert entry.insert_once() == entry

    with acting_as(newcomer):
        assert reload(entry).body == "my first"


@pytest.mark.django_db(transaction=True)
def test_two_first_sentences_at_once_share_one_data_key(newcomer):
    errors = []

    def write() -> None:
        try:
            make_entry(newcomer, "second")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    with acting_as(newcomer):
        make_entry(newcomer, "first")
        thread.start()
        while not run("select 1 from pg_locks where not granted"):
            assert thread.is_alive(), errors
    thread.join()

    assert errors == []
    assert DataKey.objects.count() == 1
    with acting_as(newcomer):
        assert sorted(entry.body for entry in Entry.objects.all()) == ["first", "second"]
