"""A week's figures are those worked out by hand in factories.py: on the page and in print."""

import re
from datetime import timedelta

import pytest
import time_machine

from journal.privacy.batched_queries import fetch_batched
from journal.privacy.rls import acting_as
from journal.promises.tallies import Tally
from journal.reflections.week import snapshot_builder
from journal.reflections.week.snapshot import Credit, Lesson, WeekSnapshot
from tests.insights.factories import answer_days, confirm
from tests.page import compact
from tests.promises.factories import make_promise
from tests.reflections.week.factories import (
    EVENING,
    MONDAY,
    PAGE,
    SUNDAY,
    TALLY_HTML,
    THU,
    make_reflection,
    make_week,
    reread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sunday_evening():
    with time_machine.travel(EVENING, tick=False):
        yield


def record_of(ada) -> WeekSnapshot:
    with acting_as(ada):
        return snapshot_builder.build_snapshot(ada, MONDAY)


def text_of(client, address: str) -> str:
    return " ".join(compact(client.get(address)).split())


def marks_of(record: WeekSnapshot) -> dict[str, str]:
    letters = {"kept": "k", "kept_small": "s", "missed": "m", "excused": "e", "": " "}
    letters |= {"unrecorded": "-", "open": "."}
    return {one.statement: "".join(letters[mark] for mark in one.marks) for one in record.promises}


def test_the_record_is_what_was_worked_out_by_hand(ada):
    make_week(ada)
    record = record_of(ada)

    assert marks_of(record) == {
        "Portuguese before email": "kkskm  ",
        "Walk after lunch": " k m   ",
        "Phone in the kitchen": "k-kke.k",
        "Swim": " k   s ",
        "Call Mum": "      s",
    }
    assert record.tally == Tally(full=9, small=3, missed=2, excused=1, unrecorded=1, open=2)
    assert record.came_back == 1
    assert [one.statement for one in record.promises if one.to_confirm] == ["Swim"]


@pytest.mark.parametrize("confirmed", [False, True])
def test_four_weeks_at_once_say_of_promises_what_each_says_alone(ada, confirmed):
    """Weeks for a coach are worked out from one question; some promises ended along the way."""
    swim = make_week(ada)
    ended = make_promise(ada, "Stretch", starts_on=MONDAY - timedelta(days=17))
    answer_days(ended, MONDAY - timedelta(days=17), "kmkxk.m kk")
    with time_machine.travel("2026-11-06T19:00:00+01:00", tick=False), acting_as(ada):
        ended.retire("other")
    if confirmed:
        confirm(swim, MONDAY)
    with acting_as(ada):
        starts = [MONDAY - n * timedelta(weeks=1) for n in range(4)]
        alone = [snapshot_builder.build_snapshot(ada, start) for start in starts]
        (rows,) = fetch_batched(ada, SUNDAY, snapshot_builder.recent_promises)
        at_once = [snapshot_builder.tallies_of_week(ada, start, rows) for start in starts]

    assert [one.promises for one in at_once] == [one.promises for one in alone]
    assert [one.came_back for one in at_once] == [one.came_back for one in alone] == [1, 1, 1, 1]
    assert sum(len(one.promises) for one in at_once) == 9


def test_everything_else_that_happened_is_there_and_what_was_unsafe_is_not(ada):
    make_week(ada)
    record = record_of(ada)

    assert [(one.day.day, one.note) for one in record.misses] == [
        (19, ""),
        (20, "Tired after the supplier call"),
    ]
    assert [one.happened for one in record.crossings] == ["Priya called at ten past eight"]
    assert [(one.text, one.done) for one in record.follow_ups] == [("Remind Priya", False)]
    assert [(one.before, one.after) for one in record.moments] == [(8, 5)]
    assert [(one.question, one.what, one.chosen) for one in record.decisions] == [
        ("Shall I ask for Fridays?", "made", "Study"),
    ]
    sentence = "If I promise a time, then I open the calendar"
    used = [(one.sentence, one.result, one.day) for one in record.lessons]
    assert used == [(sentence, "helped", THU), (sentence, "new", SUNDAY)]
    assert record.credits == (
        Credit("", MONDAY, "Rang despite nerves"),
        Credit("", SUNDAY, "Came back"),
    )


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}print/"])
@pytest.mark.parametrize("begun", [False, True], ids=["as it stands", "frozen"])
def test_page_and_print_show_the_figures(ada, ada_client, address, begun):
    make_week(ada)
    if begun:
        make_reflection(ada)
    page = text_of(ada_client, address)

    assert TALLY_HTML in page
    assert 'Swim</span><span class="meta">2 of 3</span>' in page
    row = re.search(r"Phone in the kitchen</span></th>(.*?)</tr>", page)[1]
    assert re.findall(r'class="visually-hidden">([^<]+)', row) == [
        *("Kept", "Not recorded", "Kept", "Kept"),
        *("Life happened", "Not recorded yet", "Kept"),
    ]
    assert 'Missed on Friday</p><p class="own-words">Tired after the supplier call' in page
    assert "8 before, 5 after" in page
    assert 'To your credit on Monday</p><p class="own-words">Rang despite nerves' in page
    assert "Never to be asked about" not in page


def test_frozen_it_reads_back_as_it_was(ada):
    make_week(ada)
    record = record_of(ada)
    assert WeekSnapshot.read(record.text()) == record
    row = make_reflection(ada)
    assert reread(row).record == record


def test_a_snapshot_of_another_version_is_refused(ada):
    text = record_of(ada).text().replace('"version": 3', '"version": 99')
    with pytest.raises(ValueError, match="version 99"):
        WeekSnapshot.read(text)


def test_what_is_told_later_leaves_the_frozen_week_alone_and_is_counted(ada, ada_client):
    swim = make_week(ada)
    row = make_reflection(ada)
    before = reread(row).snapshot

    ada_client.post(
        f"/promises/{swim.pk}/check-in/", {"due_on": SUNDAY.isoformat(), "status": "kept"}
    )
    ada_client.post(
        "/today/check/", {"date": "2026-11-21", "credit": "Rested", "seen": "2026-11-22"}
    )

    assert reread(row).snapshot == before
    with acting_as(ada):
        assert reread(row).added == 2
    page = text_of(ada_client, f"{PAGE}step/promises/")
    assert TALLY_HTML in page
    assert "New since then: you recorded 2 things after you began." in page


def test_nothing_new_is_not_said(ada, ada_client):
    make_week(ada)
    make_reflection(ada)
    assert "New since then" not in text_of(ada_client, PAGE)


def test_a_lesson_taken_up_again_is_no_new_one(ada):
    make_week(ada)
    with time_machine.travel("2026-12-01T12:00:00+01:00", tick=False):
        lessons = [one for one in record_of(ada).lessons if one.result == "new"]
        assert [type(one) for one in lessons] == [Lesson]
        with acting_as(ada):
            assert snapshot_builder.build_snapshot(ada, MONDAY + timedelta(days=7)).lessons == ()
