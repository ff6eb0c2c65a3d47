"""Which questions a week asks: five at most, two in an empty or a first week, none without data."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from journal.reflections.week.promise_changes import Change, Changes
from journal.reflections.week.snapshot import WeekSnapshot
from journal.reflections.week.steps import steps_of
from tests.boundaries.factories import make_boundary, make_crossing
from tests.conftest import signed_in
from tests.decisions.factories import make_decision, make_open
from tests.page import compact
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.week.factories import (
    EVENING,
    MONDAY,
    PAGE,
    SUNDAY,
    TUE,
    WED,
    make_reflection,
    make_week,
)
from tests.reflections.week.flow_client import fields_of, post, step_of
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def sunday_evening():
    with time_machine.travel(EVENING, tick=False):
        yield


def asked(row) -> list[str]:
    with acting_as(row.owner):
        return [step.slug for step in steps_of(row)]


def page_of(client, slug: str) -> str:
    return compact(client.get(step_of(slug)))


def test_a_full_week_asks_five_and_an_empty_one_two(ada, ada_client):
    assert asked(make_reflection(ada)) == ["arrive", "next"]
    assert 'aria-hidden="true"><li class="done"></li><li class="current"></li></ol>' in page_of(
        ada_client, "next"
    )
    make_week(ada)
    with acting_as(ada):
        ada.weeklyreflections.get().delete()
    full = ["arrive", "promises", "misses", "evidence", "next"]
    assert asked(make_reflection(ada)) == full


def test_a_first_week_asks_two_beside_its_first_promise(ada, ada_client):
    answer(make_promise(ada, "Read a page", starts_on=TUE), {TUE: "kept", WED: "missed"})
    make_daily_check(ada, WED, credit="Came back")
    ada.date_joined = f"{TUE}T12:00:00+01:00"
    ada.save(update_fields=["date_joined"])
    page = page_of(ada_client, "arrive")
    assert page.index("Read a page") < page.index("Missed on Wednesday.") < page.index("sentence")
    assert post(ada_client, step_of("arrive"), sentence_of_week="New").url == step_of("next")


def test_a_week_without_a_miss_or_anything_else_asks_three(ada):
    answer(make_promise(ada, starts_on=SUNDAY), {SUNDAY: "kept"})
    assert asked(make_reflection(ada)) == ["arrive", "promises", "next"]


def test_who_kept_nothing_is_not_asked_what_helped(ada, ada_client):
    answer(make_promise(ada, starts_on=SUNDAY), {SUNDAY: "missed"})
    make_reflection(ada)
    page = page_of(ada_client, "promises")
    assert "What did the week ask of you?" in page
    assert "What helped on the days" not in page


def test_last_weeks_plan_and_its_fate_come_before_the_question(ada, ada_client):
    walk = make_promise(ada, "Walk after lunch", starts_on=MONDAY - WEEK)
    answer(walk, {TUE: "kept", WED: "missed"}, note="It rained")
    with time_machine.travel("2026-11-15T19:00:00+01:00", tick=False):
        make_reflection(
            ada,
            MONDAY - WEEK,
            easier="Book on the table",
            next_choice="promise",
            next_statement="Read a page",
        )
    page = page_of(ada_client, "arrive")
    assert page.index("Book on the table") < page.index("Did that make it easier?")
    assert page.index("Read a page") < page.index("Did that make it easier?")

    post(ada_client, step_of("arrive"), plan_helped="bit")
    with acting_as(ada):
        row = ada.weeklyreflections.get(week_start=MONDAY)
        assert (row.plan_helped, row.record.plan.easier) == ("bit", "Book on the table")
    assert "A bit" in compact(ada_client.get(PAGE))


def test_a_promise_of_the_plan_with_nothing_due_says_why(ada, ada_client):
    """And an older record, which held no such promise, is read as it is."""
    rows = [make_promise(ada, f"{one} it", starts_on=MONDAY - 2 * WEEK) for one in ("Sing", "Sew")]
    later = make_promise(ada, "Pack it", cadence="once", due_on=SUNDAY + WEEK)
    gone = make_promise(ada, "Drop it")
    moved = [Change(str(one.pk), "move", "tea") for one in (*rows, later, gone)]
    with time_machine.travel("2026-11-15T19:00:00+01:00", tick=False):
        changes = Changes(tuple(moved)).text()
        make_reflection(ada, MONDAY - WEEK, next_choice="keep", changes=changes)
        with acting_as(ada):
            for one in (*rows, later, gone):
                one.refresh_from_db()
            rows[0].pause()
            rows[1].retire("not_mine")
            gone.trash()

    page = page_of(ada_client, "arrive")
    assert "Did that make it easier?" in page
    for words, why in (
        ("Sing", "paused"),
        ("Sew", "let this promise go"),
        ("Pack", "Nothing was due"),
    ):
        assert re.search(rf"{words} it</p><p>[^<]*{why}[^<]*\.</p>", page), words
    assert "Drop it" not in page

    row = make_reflection(ada, plan_helped="no")
    with acting_as(ada):
        given = json.loads(row.snapshot)
        del given["plan"]["not_due"]
        older = WeekSnapshot.read(json.dumps({**given, "version": 2}))
        assert (older.plan.promises, older.plan.not_due) == (row.record.plan.promises, ())
        left = {str(rows[0].pk), str(gone.pk)}
        assert [one.statement for one in row.record.without(left).plan.not_due] == [
            "Sew it",
            "Pack it",
        ]


def test_what_made_it_easier_before_stands_beside_the_same_question(ada, eve, ada_client):
    for number, (words, helped) in enumerate(
        [("Shoes out", ""), ("Eat first", "yes"), ("Eat first", "bit"), ("Book out", "no")]
    ):
        given = {"easier": words, "plan_helped": helped, "next_choice": "keep"}
        make_reflection(ada, MONDAY - (4 - number) * WEEK, **given)
    make_reflection(eve, MONDAY - 2 * WEEK, easier="Eve rests", next_choice="keep")
    answer(make_promise(ada, starts_on=SUNDAY), {SUNDAY: "missed"})
    make_reflection(ada, plan_helped="bit")  # of the plan before: "Book out"

    with CaptureQueriesContext(connection) as captured:
        page = page_of(ada_client, "misses")
    asked = [one for one in captured if 'plan_helped" IN' in one["sql"]]
    assert len(asked) == 1
    before = page.split("What made it easier before")[1].split("</details>")[0]
    assert re.findall(r'own-words">([^<]+)</p><p class="meta">[^:]+: ([^<]+)</p>', before) == [
        ("Eat first", "A bit"),
        ("Shoes out", "Yes"),
    ]


def test_without_a_plan_nobody_asks_whether_it_helped(ada, ada_client):
    make_reflection(ada, MONDAY - 2 * WEEK, easier="Too long ago", next_choice="keep")
    make_reflection(ada, MONDAY - WEEK, easier="Never finished")
    page = page_of(ada_client, "arrive")
    assert "Did that make it easier?" not in page
    assert "Too long ago" not in page
    assert "Never finished" not in page


def test_after_another_first_day_of_the_week_the_plan_is_still_there(ada):
    make_reflection(ada, MONDAY - WEEK, easier="Book on the table", next_choice="keep")
    ada.week_starts_on = 6
    ada.save(update_fields=["week_starts_on"])
    with time_machine.travel("2026-11-21T19:00:00+01:00", tick=False):
        row = make_reflection(ada)
        assert row.week_start == MONDAY - timedelta(days=1)
        assert row.record.plan.easier == "Book on the table"


def test_only_decisions_really_made_are_shown(ada, ada_client):
    make_decision(ada, "Which flat is it to be?", MONDAY - timedelta(days=40))  # due for review
    make_open(ada, "Shall I move?")
    assert asked(make_reflection(ada)) == ["arrive", "next"]
    with acting_as(ada):
        ada.weeklyreflections.get().delete()
    make_decision(ada, "Shall I ask for Fridays?", TUE)
    make_reflection(ada)
    page = page_of(ada_client, "evidence")
    assert "Shall I ask for Fridays?" in page
    assert "Which flat" not in page
    assert "Shall I move" not in page


def test_a_moment_that_got_heavier_shows_support_and_no_writing_task(ada, ada_client):
    make_moment(ada, days_ago=5, intensity_before=4, intensity_after=8)
    make_reflection(ada)
    page = page_of(ada_client, "evidence")
    assert "A moment got heavier this week" in page
    assert 'href="/support/"' in page
    before, box = page.split('name="rely_on"')[0], page.split('name="rely_on"')[1]
    assert before.rindex("<details") > before.rindex("</details") if "</details" in before else True
    assert "</details>" in box


def test_a_moment_that_eased_asks_as_always(ada, ada_client):
    make_moment(ada, days_ago=5, intensity_after=5)
    make_reflection(ada)
    page = page_of(ada_client, "evidence")
    assert "got heavier" not in page
    assert "Write a line" not in page


def test_five_lines_stay_in_view_and_the_rest_folds(ada, ada_client):
    boundary = make_boundary(ada, "No calls after seven")
    for n in range(4):
        make_crossing(boundary, f"Crossing {n}", occurred_on=WED)
    for n in range(3):
        make_daily_check(ada, MONDAY + timedelta(days=n), credit=f"Credit {n}")
    make_reflection(ada)
    page = page_of(ada_client, "evidence")
    fold = page.index("More from your week")
    assert page.index("Crossing 3") < page.index("Credit 0") < fold < page.index("Credit 1")


def test_an_address_of_an_older_step_leads_on(ada, ada_client):
    row = make_reflection(ada, step="check")
    for slug in ("boundaries", "critic", "decisions", "lessons", "check", "promises"):
        assert ada_client.get(step_of(slug)).url in (step_of("arrive"), step_of("next"))
    with acting_as(ada):
        row.next_choice = "keep"
        row.finish()
    assert ada_client.get(step_of("next")).url == f"{PAGE}done/"
    assert ada_client.get(step_of("check")).url == f"{PAGE}done/"


def test_what_an_older_reflection_answered_is_still_there_and_in_print(ada, ada_client):
    row = make_reflection(
        ada,
        protected="Wednesday evening",
        kinder_words="Still learning",
        process="Asked Jo first",
        lesson_helped="On Thursday",
        next_choice="rest",
    )
    for address in (PAGE, f"{PAGE}print/"):
        page = compact(signed_in(ada).get(address))
        for label, text in (
            ("What you protected", "Wednesday evening"),
            ("The kinder words", "Still learning"),
            ("Where a lesson helped, or could have", "On Thursday"),
        ):
            assert f'<dt>{label}</dt><dd class="own-words">{text}</dd>' in page
        assert "Asked Jo first" in page
    assert row.older_answers[0][1] == "Wednesday evening"
    assert "Wednesday evening" not in str(fields_of(page_of(ada_client, "arrive")))
