"""Into a journal that has something in it already; and pages of Markdown."""

import json
from datetime import date, timedelta

import pytest

from journal.exchange.models import Import
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.week import calendar
from journal.reflections.week.promise_changes import Change, Changes
from tests.conftest import signed_in
from tests.decisions.page_states import make_full_decision
from tests.exchange.factories import archive_now, brought_in, journal_now, packed, sent
from tests.factories import make_entry, make_person
from tests.people.factories import make_value
from tests.promises.factories import make_promise
from tests.reflections.mistakes_factories import make_full_mistake
from tests.reflections.week.factories import make_reflection
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db

STUDIO = """---
title: "In the studio"
date: 2019-03-04
tags: [work, "late"]
---

First day alone in the studio.
"""


def test_pages_of_markdown_become_entries_with_their_days_and_tags(ada):
    archive = packed(
        {
            "notes/studio.md": STUDIO,
            "notes/studio again.md": STUDIO,
            "2019/03/09.md": "Said no to the night shift\r\nand slept.",
            "2019-03-10-sea.markdown": "---\ntags:\n- sea\n- work\n---\nCold.",
            "undated.md": "When was this?",
            "empty.md": "---\ndate: 2019-01-01\n---\n\n",
            "latin.md": "---\ndate: 2019-01-01\n---\n\ncaf\xe9".encode("latin-1"),
            "long.md": "---\ndate: 2019-01-01\n---\n\n" + "x" * 20_001,
            "2019-02-31.md": "No such day",
            "2999-01-01.md": "Not yet",
            "evil.md": "---\ndate: 2019-01-01\ntitle: [[1]]\ntags: [[2]]\n---\n\na\0b",
            "photo.jpg": b"\xff\xd8",
        }
    )
    row = sent(ada, archive)

    assert (row.refusal, ada.entries.count()) == ("", 0)
    assert {why["why"]: why["count"] for why in row.preview["skipped"]} == {
        "It has no date, either in its front matter or in its name.": 2,
        "It is empty.": 1,
        "The same page is in the file twice.": 1,
        "Its date is before 1900 or in the future.": 1,
        "It contains a character that isn’t allowed in text.": 1,
        "It’s neither Markdown nor a photo of a page, so it stays in your file.": 1,
    }
    assert (row.preview["new"], row.preview["here"]) == (9, 0)  # six entries, three tags
    page = signed_in(ada).get(row.get_absolute_url()).content.decode()
    assert "Import 9 items" in page
    assert "Said no to the night shift" in page

    row = brought_in(ada, archive)

    with acting_as(ada):
        found = [
            (one.written_on, one.title, one.body, ", ".join(one.tag_names))
            for one in ada.entries.order_by("written_on")
        ]
    assert sorted(len(body) for _day, _title, body, _tags in found[:3]) == [1, 4, 20_000]
    assert found[3:] == [
        (date(2019, 3, 4), "In the studio", "First day alone in the studio.", "work, late"),
        (date(2019, 3, 9), "", "Said no to the night shift\nand slept.", ""),
        (date(2019, 3, 10), "", "Cold.", "sea, work"),
    ]
    again = sent(ada, archive)
    assert (again.preview["new"], again.preview["here"]) == (0, 9)


def test_what_is_here_stays_and_what_is_missing_is_added(ada, eve):
    make_daily_check(ada, credit="From the file")
    make_value(ada, "honesty", meaning="From the file")
    make_value(ada, "craft")
    make_entry(ada, "Written on the train", tagged=["Sleep"])
    archive = archive_now(ada)
    make_daily_check(eve, credit="Mine")
    make_value(eve, "Rest")
    make_value(eve, "honesty", meaning="Mine")
    make_entry(eve, "At home", tagged=["Sleep"])

    row = brought_in(eve, archive)

    with acting_as(eve):
        assert eve.daily_checks.get().credit == "Mine"
        assert eve.tags.get().name == "Sleep"
        assert [entry.tags for entry in eve.entries.all()] == [[eve.tags.get()]] * 2
        values = {value.name: (value.rank, value.meaning) for value in eve.values.all()}
    assert values == {"Rest": (1, ""), "honesty": (2, "Mine"), "craft": (3, "")}
    counts = {one["table"]: (one["new"], one["here"]) for one in row.preview["kinds"]}
    assert counts == {
        "people.Value": (1, 1),
        "reflections.DailyCheck": (0, 1),
        "reflections.Entry": (1, 0),
        "reflections.Tag": (0, 1),
    }


def test_preferences_are_taken_over_where_none_were_chosen(ada, eve):
    with acting_as(ada):
        ada.called, ada.theme, ada.day_starts_at = "Ada", "dark", 3
        ada.save(update_fields=["called", "theme", "day_starts_at"])
    make_entry(ada)
    archive = archive_now(ada)
    User.objects.filter(pk=eve.pk).update(theme="light")

    brought_in(eve, archive)

    eve = User.objects.get(pk=eve.pk)
    with acting_as(eve):
        assert (eve.called, eve.zone, eve.theme, eve.day_starts_at) == (
            "Ada",
            "Europe/Berlin",
            "light",
            3,
        )


def test_moments_and_counts_of_saves_come_back_exactly(ada):
    entry = make_entry(ada, "One")
    with acting_as(ada):
        entry.body = "Two"
        entry.save()
        entry.trash()
    archive = archive_now(ada)
    before = ada.entries.values("id", "created_at", "updated_at", "deleted_at", "version").get()
    ada.entries.all().delete()

    brought_in(ada, archive)

    assert (
        ada.entries.values("id", "created_at", "updated_at", "deleted_at", "version").get()
        == before
    )


def test_eve_can_neither_see_nor_start_nor_undo_what_ada_brings(ada, eve, eve_client):
    row = sent(ada, packed({"2019-03-04.md": "Mine"}))
    address = row.get_absolute_url()
    assert eve_client.get(address).status_code == 404
    for verb in ("start", "discard", "undo"):
        assert eve_client.post(f"{address}{verb}/").status_code == 404
    with acting_as(eve):
        assert not Import.objects.exists()


def test_a_week_is_reviewed_and_a_decision_decided_after_being_read_in(ada):
    decision = make_full_decision(ada, "Fridays")
    archive = archive_now(ada)
    with acting_as(ada):
        before = ada.decisions.get(pk=decision.pk)
        question, chosen, finished = before.question, before.chosen_option_id, before.finished_at
    ada.delete()
    again = make_person("again@example.org")

    brought_in(again, archive)

    with acting_as(again):
        there = again.decisions.get(pk=decision.pk)
        assert (there.question, there.chosen_option_id, there.finished_at, there.state) == (
            question,
            chosen,
            finished,
            before.state,
        )
        with pytest.raises(Exception, match="What was decided stays as it was"):
            again.decisions.filter(pk=decision.pk).update(confidence=1)


def test_the_same_export_of_a_stranger_in_a_second_account_keeps_its_threads(ada, eve):
    make_full_mistake(ada, "Call")
    archive = archive_now(ada)
    brought_in(eve, archive)

    found = journal_now(eve)["tables"]
    (thread,) = found["lessons.Thread"]
    assert thread["from_id"] == found["reflections.Mistake"][0]["id"]
    assert thread["to_id"] == found["lessons.Lesson"][0]["id"]


def test_a_week_in_a_second_account_names_the_promises_of_that_account(ada, eve):
    walk = make_promise(ada)
    with acting_as(ada):
        this_week = calendar.open_week(ada, clock.today(ada))
    changes = Changes((Change(str(walk.pk), "smaller", "Shoes on"),)).text()
    before = this_week - timedelta(weeks=1)
    make_reflection(ada, before, changes=changes, easier="Shoes by the door", next_choice="keep")
    make_reflection(ada, this_week)
    brought_in(eve, archive_now(ada))

    with acting_as(eve):
        copy = eve.promises.get()
        planned, looking_back = eve.weeklyreflections.order_by("week_start")
        assert copy.pk != walk.pk
        assert planned.decided.rows == (Change(str(copy.pk), "smaller", "Shoes on"),)
        plan = looking_back.record.plan
        assert (plan.easier, plan.promises) == ("Shoes by the door", (str(copy.pk),))


def test_a_week_whose_changes_nobody_could_have_made_is_refused(ada, eve):
    make_reflection(ada, next_choice="keep")
    journal = journal_now(ada)
    (week,) = journal["tables"]["reflections.WeeklyReflection"]
    for changes in ("{", "[]", '{"rows": [{"promise": "x", "what": "keep"}], "rests": false}'):
        week["changes"] = changes
        row = sent(eve, packed({"selftrust.json": json.dumps(journal)}))
        assert "it isn’t the record of a week" in row.refusal, changes
