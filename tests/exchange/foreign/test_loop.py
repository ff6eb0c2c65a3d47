"""Loop Habit Tracker's CSV."""

from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, left_out, read, sample

pytestmark = pytest.mark.django_db


def answers(person) -> dict[str, list[tuple[str, str, str]]]:
    with acting_as(person):
        return {
            promise.statement: [
                (one.due_on.isoformat()[5:], one.status, one.note)
                for one in promise.checkins.order_by("due_on")
            ]
            for promise in person.promises.all()
        }


def test_an_export_with_and_without_what_may_mean_nothing_was_entered(ada):
    row = read(ada, sample("loop.zip"))
    kept = [("03-05", "excused", ""), ("03-07", "kept", "tired")]
    assert answers(ada) == {"Meditate": kept}
    assert asked(row) == {"unsure": 1}
    with acting_as(ada):
        promise = ada.promises.get()
        assert (promise.cadence, promise.state) == ("daily", "active")
        assert promise.starts_on == date(2024, 3, 5)
        assert promise.revisions.count() == 1

    read(ada, sample("loop.zip"), count_unsure="missed")

    assert answers(ada) == {"Meditate": [("03-04", "missed", ""), *kept]}


def test_rhythms_numbers_and_habits_of_any_name(ada):
    head = "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,"
    head += "Color,Unit,Target Type,Target Value,Archived?\n"
    rows = [
        "002,日記,YES_NO,,,3,7,#F,,,,true",
        "005,Water,NUMERICAL,,,1,1,#F,cups,0,3,false",
        "007,Every third day,YES_NO,,,1,3,#F,,,,false",
    ]
    files = {
        "Loop/Habits.csv": head + "\n".join(rows),
        "Loop/002/Checkmarks.csv": "Date,Value,Notes\n2024-03-07,YES_MANUAL,\n2024-03-06,UNKNOWN,",
        "Loop/005 Water/Checkmarks.csv": "Date,Value,Notes\n2024-03-07,3.5,\n2024-03-06,1,small",
        "Loop/007 Every third day/Checkmarks.csv": "Date,Value,Notes\n2024-03-07,YES_MANUAL,",
    }
    row = read(ada, packed(files))
    assert answers(ada) == {
        "日記": [("03-07", "kept", "")],
        "Water": [("03-06", "kept_small", "1\nsmall"), ("03-07", "kept", "3.5")],
    }
    with acting_as(ada):
        old = ada.promises.get(state="retired")
        assert (old.cadence, old.times_per_week) == ("times_per_week", 3)
        assert old.ended_on == date(2024, 3, 7)
    assert left_out(row) == {"Its rhythm has no counterpart here: 1 in 3 days.": 1}
