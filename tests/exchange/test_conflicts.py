"""Something is here already and says something else in the file: mine stays, or both do."""

from datetime import date

import pytest

from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.decisions.page_states import make_full_decision
from tests.exchange.factories import (
    archive_now,
    brought_in,
    journal_now,
    journal_of,
    sent,
    the_import,
    work,
)
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db
CHOICE = "1 item is already here but is different in the file"


def changed(row, **fields) -> None:
    with acting_as(row.owner):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def tables_of(person: User) -> dict:
    return journal_now(person)["tables"]


def bodies(person: User) -> list[str]:
    return sorted(one["body"] for one in tables_of(person)["reflections.Entry"])


def test_mine_stays_unless_both_are_wanted_and_a_third_time_makes_no_third(ada):
    entry = make_entry(ada, "Before", tagged=["Sleep", "Sea"])
    make_entry(ada, "The same in both")
    archive = archive_now(ada)
    changed(entry, body="After")

    row = sent(ada, archive)
    assert (row.preview["new"], row.preview["here"], row.preview["differ"]) == (0, 4, 1)
    page = signed_in(ada).get(row.get_absolute_url()).content.decode()
    assert CHOICE in page
    assert "Keep both" in page
    assert bodies(ada) == ["After", "The same in both"]

    brought_in(ada, archive, differing="mine")
    assert bodies(ada) == ["After", "The same in both"]

    row = brought_in(ada, archive, differing="both")
    assert bodies(ada) == ["After", "Before", "The same in both"]
    assert row.preview["new"] == 1
    with acting_as(ada):
        found = sorted((one.body, one.tag_names) for one in ada.entries.all())
    both = ["Sleep", "Sea"]
    assert found == [("After", both), ("Before", both), ("The same in both", [])]

    again = sent(ada, archive)
    assert (again.preview["new"], again.preview["differ"]) == (0, 0)
    assert CHOICE not in signed_in(ada).get(again.get_absolute_url()).content.decode()
    brought_in(ada, archive, differing="both")
    assert bodies(ada) == ["After", "Before", "The same in both"]


def test_a_copy_is_undone_and_mine_is_still_there(ada):
    entry = make_entry(ada, "Before")
    archive = archive_now(ada)
    changed(entry, body="After")
    row = brought_in(ada, archive, differing="both")

    signed_in(ada).post(f"{row.get_absolute_url()}undo/")

    assert bodies(ada) == ["After"]


def test_a_promise_is_copied_whole_with_its_answers(ada):
    promise = make_promise(ada, "Walk", starts_on=date(2026, 11, 1))
    answer(promise, {date(2026, 11, 2): "kept", date(2026, 11, 3): "missed"}, note="Rain")
    archive = archive_now(ada)
    with acting_as(ada):
        missed = promise.checkins.get(due_on=date(2026, 11, 3))
    changed(missed, note="Snow")  # a part of it differs

    brought_in(ada, archive, differing="both")

    found = tables_of(ada)
    assert [one["statement"] for one in found["promises.Promise"]] == ["Walk", "Walk"]
    (copy,) = {one["id"] for one in found["promises.Promise"]} - {str(promise.pk)}
    notes = {
        (one["promise"] == copy, one["due_on"], one["note"]) for one in found["promises.CheckIn"]
    }
    assert notes == {
        (False, "2026-11-02", "Rain"),
        (False, "2026-11-03", "Snow"),
        (True, "2026-11-02", "Rain"),
        (True, "2026-11-03", "Rain"),
    }
    assert {one["promise"] for one in found["promises.PromiseRevision"]} == {
        copy,
        str(promise.pk),
    }


def test_a_decision_is_copied_whole_and_decided(ada):
    decision = make_full_decision(ada, "Fridays")
    archive = archive_now(ada)
    with acting_as(ada):
        addendum = decision.addenda.get()
    changed(addendum, thought="Another")

    row = brought_in(ada, archive, differing="both")

    assert row.done_at, row.refusal
    found = tables_of(ada)
    (copy,) = [one for one in found["decisions.Decision"] if one["id"] != str(decision.pk)]
    options = {one["id"] for one in found["decisions.Option"] if one["decision"] == copy["id"]}
    assert len(options) == 2
    assert copy["chosen_option"] in options
    assert (
        copy["finished_at"] == journal_of(archive)["tables"]["decisions.Decision"][0]["finished_at"]
    )


def test_what_can_be_there_once_only_stays_as_it_is(ada):
    check = make_daily_check(ada, date(2026, 11, 2), credit="Before")
    lesson = make_lesson(ada, "I rush")
    archive = archive_now(ada)
    changed(check, credit="After")
    changed(lesson, box=3, next_due=date(2026, 12, 1))  # it went on; it says the same

    row = brought_in(ada, archive, differing="both")

    assert row.preview["differ"] == 0
    found = tables_of(ada)
    assert [one["credit"] for one in found["reflections.DailyCheck"]] == ["After"]
    assert [one["box"] for one in found["lessons.Lesson"]] == [3]


def test_in_a_second_account_too(ada, eve):
    make_entry(ada, "Before")
    archive = archive_now(ada)
    brought_in(eve, archive)
    with acting_as(eve):
        entry = eve.entries.get()
    changed(entry, body="After")

    brought_in(eve, archive, differing="both")
    brought_in(eve, archive, differing="both")

    assert bodies(eve) == ["After", "Before"]
    assert bodies(ada) == ["Before"]


def test_an_answer_that_is_none_starts_nothing(ada):
    entry = make_entry(ada, "Before")
    archive = archive_now(ada)
    changed(entry, body="After")
    row = sent(ada, archive)

    answered = signed_in(ada).post(f"{row.get_absolute_url()}start/", {"differing": "all"})

    assert "Choose one of the two." in answered.content.decode()
    work()
    assert the_import(ada).begun_at is None
