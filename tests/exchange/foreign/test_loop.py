"""Loop Habit Tracker's CSV and its backup, which is a database."""

import sqlite3
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, left_out, previewed, read, sample

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
        "008,Coffee,NUMERICAL,How many?,,1,1,#F,,AT_MOST,2,false",
        "009,Tea,YES_NO,,,1,1,#F,,,,false",
        "010,Tea,YES_NO,,,1,1,#F,,,,false",
    ]
    files = {
        "Loop/Habits.csv": head + "\n".join(rows),
        "Loop/002/Checkmarks.csv": "Date,Value,Notes\n2024-03-07,YES_MANUAL,\n2024-03-06,UNKNOWN,",
        "Loop/005 Water/Checkmarks.csv": "Date,Value,Notes\n2024-03-07,3.5,\n2024-03-06,1,small",
        "Loop/008 Coffee/Checkmarks.csv": "Date,Value,Notes\n2024-03-07,0,\n2024-03-06,3.0,",
        "Loop/007 Every third day/Checkmarks.csv": "Date,Value,Notes\n2024-03-07,YES_MANUAL,",
    }
    row = read(ada, packed(files))
    assert answers(ada) == {
        "日記": [("03-07", "kept", "")],
        "Water": [("03-06", "kept_small", "1 cups\nsmall"), ("03-07", "kept", "3.5 cups")],
        "Coffee": [("03-06", "missed", "3"), ("03-07", "kept", "0")],
        "Tea": [],
    }
    with acting_as(ada):
        old = ada.promises.get(state="retired")
        assert (old.cadence, old.times_per_week) == ("times_per_week", 3)
        assert old.ended_on == date(2024, 3, 7)
        assert [one.statement for one in ada.promises.all()].count("Tea") == 2
    assert left_out(row) == {"Its rhythm has no counterpart here: 1 in 3 days.": 1}
    assert row.preview["notes"][0]["names"] == ["How many?"]


def test_a_backup_and_a_later_one_in_a_zip(ada):
    row = read(ada, sample("loop.db"), "Loop Habits Backup 2024-03-08 101500.db")
    kept = [("03-05", "excused", ""), ("03-07", "kept", "tired")]
    water = [("03-06", "kept_small", "1 cups"), ("03-07", "kept", "3.5 cups\nhot day")]
    assert answers(ada) == {"Meditate": kept, "Water": water}
    assert asked(row) == {"unsure": 1}
    with acting_as(ada):
        promise = ada.promises.get(state="retired")
        assert (promise.cadence, promise.times_per_week) == ("times_per_week", 3)
    held = sqlite3.connect(":memory:")
    data = bytearray(sample("loop.db"))
    assert data[18:20] == b"\2\2"  # it had a log beside it, as databases on Android do
    data[18:20] = b"\1\1"
    held.deserialize(data)
    held.execute("update Repetitions set notes = 'very tired' where notes = 'tired'")
    held.execute("insert into Repetitions values (9, 1, 1709856000000, 2, '')")
    held.commit()
    later = packed({"Loop.db": held.serialize(), "notes.txt": "x"})
    row = read(ada, later, count_unsure="missed")
    kept = [("03-04", "missed", ""), kept[0], ("03-07", "kept", "very tired")]
    assert answers(ada) == {"Meditate": [*kept, ("03-08", "kept", "")], "Water": water}
    assert left_out(row) == {"It isn’t the backup, so it stays in your file.": 1}


def test_a_backup_of_the_first_versions_and_wrong_types(ada):
    held = sqlite3.connect(":memory:")
    held.executescript(
        "create table Habits (Id integer primary key, archived, color, description, freq_den,"
        " freq_num, highlight, name, position, reminder_days, reminder_hour, reminder_min);"
        "insert into Habits values (7, 0, 1, 'Because', 7, 7, 0, 'Walk', 1, 0, 0, 0),"
        " (8, 0, 1, '', 30, 4, 0, 'Swim', 0, 0, 0, 0), (9, 0, 1, '', 1, 1, 0, null, 'x', 0, 0, 0);"
        "create table Repetitions (Id integer primary key, habit, timestamp);"
        "insert into Repetitions values (1, 7, 1709769600000), (2, 7, 'soon'), (3, 7, 1 << 62)"
    )
    row = read(ada, held.serialize(), "loop.db")
    assert answers(ada) == {"Walk": [("03-07", "kept", "")]}
    assert left_out(row) == {
        "An answer can’t be read.": 2,
        "It has no name.": 1,
        "Its rhythm has no counterpart here: 4 in 30 days.": 1,
    }
    held.execute("alter table Habits rename to Things")
    assert "a database, but not" in previewed(ada, held.serialize(), "other.db").refusal
