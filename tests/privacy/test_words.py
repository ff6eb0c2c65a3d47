"""What a person writes comes back as it was, or not at all; and never lies open."""

from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journal.lessons.models import Lesson
from journal.privacy.fields import PACK_FROM_BYTES, WordsField
from journal.privacy.keys import SealBroken, data_key
from journal.privacy.models import DataKey
from journal.privacy.normalization import normalize_words
from journal.privacy.rls import acting_as
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.privacy.stored import bytes_of, put_bytes, run

ANY_TEXT = st.text(st.characters(codec=None), min_size=1, max_size=300)


def reload(entry: Entry) -> Entry:
    return Entry.objects.get(pk=entry.pk)


# --- round trip ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "Grüße, Łódź, señor",
        "x\u0301 is one letter",  # a combining mark, which no character holds
        "مرحبا \u202eשלום\u202c",  # right to left, with its controls
        "🧗🏽‍♀️ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎",  # four bytes each
        "z" + "\u0300" * 200,
        " leading, trailing and\n\n\nempty lines \t ",
        "x" * 20_000,
        "𠜎" * 20_000,
        "a" * (PACK_FROM_BYTES - 1),
        "a" * PACK_FROM_BYTES,
    ],
)
def test_words_come_back_byte_for_byte(as_ada, text):
    entry = make_entry(as_ada, text)

    assert reload(entry).body.encode() == text.encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=ANY_TEXT)
@example("\0")
@example("a\ud800b")
@example("\udfff")
@example("e\u0301")
@example("e" + "\u0301" * 40)
@example("\u0000\ud83d\ude00")
def test_any_text_comes_back_or_is_refused_with_a_sentence(ada, text):
    with acting_as(ada), transaction.atomic():
        entry = Entry.new_for(ada)
        entry.body = text
        normal, piled = normalize_words(text)
        if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text) or piled:
            with pytest.raises(ValidationError) as refusal:
                entry.full_clean()
            assert list(refusal.value.message_dict) == ["body"]
            assert all(sentence.endswith(".") for sentence in refusal.value.messages)
        else:
            entry.full_clean()
            entry.save(force_insert=True)
            assert reload(entry).body == normal
        transaction.set_rollback(True)


@pytest.mark.parametrize("text", ["nul \0 inside", "lone \ud800 surrogate"])
def test_broken_characters_are_refused_by_the_form(as_ada, text):
    entry = Entry.new_for(as_ada)
    form = EntryForm({"body": text, "written_on": entry.written_on}, instance=entry)

    assert list(form.errors) == ["body"]


def test_the_form_of_words_knows_their_length(as_ada):
    fields = EntryForm(instance=Entry.new_for(as_ada)).fields

    assert (fields["title"].max_length, fields["body"].max_length) == (120, 20_000)
    page = EntryForm(instance=Entry.new_for(as_ada))["body"].as_widget()
    assert 'data-most="20000"' in page
    assert "maxlength" not in page


def test_too_many_words_are_refused(as_ada):
    entry = Entry.new_for(as_ada)
    entry.body, entry.title = "𠜎" * 20_001, "t" * 121

    with pytest.raises(ValidationError) as refusal:
        entry.full_clean()
    assert set(refusal.value.message_dict) == {"title", "body"}


# --- what lies in the database ------------------------------------------------------------------


def test_the_database_holds_no_word(as_ada):
    entry = make_entry(as_ada, "the plum tree " * 200, title="plum")

    assert b"plum" not in bytes_of(entry, "body") + bytes_of(entry, "title")
    assert len(bytes_of(entry, "body")) < 200  # long texts are packed before sealing


def test_the_same_words_twice_look_different(as_ada):
    first, second = make_entry(as_ada, "same"), make_entry(as_ada, "same")

    assert bytes_of(first, "body") != bytes_of(second, "body")


def test_blank_words_are_null(as_ada):
    entry = make_entry(as_ada, "words", title="")

    assert bytes_of(entry, "title") is None
    assert reload(entry).title == ""


def test_words_that_are_taken_away_are_null(as_ada):
    entry = make_entry(as_ada, "words", title="title")
    entry.title = ""
    entry.save()

    assert bytes_of(entry, "title") is None
    assert Entry.objects.filter(title__isnull=True).count() == 1


# --- broken seals -------------------------------------------------------------------------------


def does_not_open(entry: Entry, field: str = "body") -> None:
    with pytest.raises(SealBroken):
        getattr(reload(entry), field)


@pytest.mark.parametrize("text", ["short", "long " * 1000])
def test_any_changed_byte_is_noticed(as_ada, text):
    entry = make_entry(as_ada, text)
    sealed = bytes_of(entry, "body")

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 0x40
        put_bytes(entry, "body", bytes(changed))
        does_not_open(entry)


@pytest.mark.parametrize(
    "cut", [slice(0, 0), slice(0, 1), slice(0, 8), slice(0, -1), slice(1, None)]
)
def test_bytes_that_are_missing_are_noticed(as_ada, cut):
    entry = make_entry(as_ada)
    put_bytes(entry, "body", bytes_of(entry, "body")[cut])

    does_not_open(entry)


def test_bytes_added_are_noticed(as_ada):
    entry = make_entry(as_ada)
    put_bytes(entry, "body", bytes_of(entry, "body") + b"\0")

    does_not_open(entry)


def test_a_value_moved_to_another_row_does_not_open(as_ada):
    entry, other = make_entry(as_ada, "one"), make_entry(as_ada, "two")
    put_bytes(other, "body", bytes_of(entry, "body"))

    does_not_open(other)


def test_a_value_moved_to_another_column_does_not_open(as_ada):
    entry = make_entry(as_ada, "body", title="title")
    put_bytes(entry, "title", bytes_of(entry, "body"))

    does_not_open(entry, "title")


def test_a_value_given_to_another_person_does_not_open(ada, eve):
    """Row id and all: even whoever may write to the table cannot hand words on."""
    entry = make_entry(ada, "hers")
    make_entry(eve, "so that eve has a data key")
    run("update entries_entry set owner_id = %s where id = %s", eve.pk, entry.pk)

    with acting_as(eve):
        does_not_open(entry)


def test_the_owner_is_part_of_the_seal_itself():
    """Two people with one data key could still not read each other's words."""
    field: WordsField = Entry._meta.get_field("body")

    assert field.place_of(UUID(int=1)) != field.place_of(UUID(int=2))


def test_words_of_a_person_without_data_key_do_not_open(ada):
    entry = make_entry(ada)
    DataKey.objects.all().delete()

    with acting_as(ada):
        does_not_open(entry)


def test_words_do_not_open_under_another_master_key(ada, settings):
    entry = make_entry(ada)
    settings.SELFTRUST_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

    with acting_as(ada):
        does_not_open(entry)


def test_nothing_is_sealed_under_another_master_key_beside_the_old(ada, settings):
    make_entry(ada)
    settings.SELFTRUST_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

    with pytest.raises(SealBroken):
        make_entry(ada)


def test_a_data_key_given_to_another_person_does_not_open(ada, eve):
    make_entry(ada)
    make_entry(eve)
    run(
        "update privacy_datakey set wrapped = (select wrapped from privacy_datakey "
        "where owner_id = %s)",
        ada.pk,
    )

    with acting_as(ada):
        data_key(ada.pk)
    with acting_as(eve), pytest.raises(SealBroken):
        data_key(eve.pk)


@pytest.mark.parametrize("path", ["/journal/", "/journal/{}/", "/journal/{}/edit/"])
def test_a_page_says_so_and_shows_no_rubbish(ada, path):
    entry = make_entry(ada, "words")
    put_bytes(entry, "body", b"\x01" + b"rubbish" * 9)
    client = signed_in(ada)
    client.raise_request_exception = False

    answer = client.get(path.format(entry.pk))

    assert answer.status_code == 500
    assert "These words can’t be read" in answer.content.decode()
    assert "rubbish" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_a_search_says_so_too(ada):
    put_bytes(make_entry(ada, "words"), "body", b"\x01" + b"rubbish" * 9)
    client = signed_in(ada)
    client.raise_request_exception = False

    assert (
        "These words can’t be read"
        in client.post("/search/", {"q": "w"}, follow=True).content.decode()
    )


# --- constraints --------------------------------------------------------------------------------


def test_constraints_see_words_that_are_there(as_ada):
    Lesson.objects.get(pk=make_lesson(as_ada).pk).full_clean()


def test_constraints_see_blank_words_as_null(as_ada):
    """As the database will; otherwise a form would pass what the insert refuses."""
    lesson, rule = Lesson.new_for(as_ada), "A lesson needs an “if” and a “then”."
    lesson.areas, lesson.then_action = ["work"], "I ask once"
    with pytest.raises(ValidationError, match=rule):
        lesson.validate_constraints()

    lesson.if_situation = ""
    with pytest.raises(ValidationError, match=rule):
        lesson.validate_constraints()
    with pytest.raises(IntegrityError, match="lesson_has_if_and_then"), transaction.atomic():
        lesson.save(force_insert=True)


def test_constraints_on_several_fields_work(as_ada):
    titled = models.CheckConstraint(
        condition=models.Q(deleted_at__isnull=False) | models.Q(title__isnull=False), name="titled"
    )
    entry = Entry.new_for(as_ada)
    entry.title = "title"
    titled.validate(Entry, entry)

    entry.title = ""
    with pytest.raises(ValidationError, match="titled"):
        titled.validate(Entry, entry)
