"""HabitBull's CSV."""

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.foreign.reading import answers, asked, left_out, notes, read, sample

pytestmark = pytest.mark.django_db
KEPT = [("2024-04-11", "kept", ""), ("2024-04-13", "kept", "A note,\nof two lines")]


def test_an_export_shows_itself_that_its_months_come_first(ada):
    row = read(ada, sample("habitbull.csv"), "habits.csv")
    assert answers(ada) == {"Sample one": KEPT, "Sample two": [("2024-11-21", "kept", "80")]}
    assert asked(row) == {"unsure": 1}
    assert left_out(row) == {"A day that says neither yes nor no.": 2}
    assert notes(row) == {"The category of a habit has no place here: Samples": 1}
    with acting_as(ada):
        assert {one.why for one in ada.promises.all()} == {"About it", ""}

    again = read(ada, sample("habitbull.csv"), "habits.csv", count_unsure="missed")

    assert (again.preview["new"], again.preview["changed"]) == (1, 0)
    assert answers(ada)["Sample one"] == [KEPT[0], ("2024-04-12", "missed", ""), KEPT[1]]


def test_dates_that_could_be_either_are_asked_for(ada):
    head = "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"
    rows = "Sample,,,4/5/2024,1,\nSample,,,4/6/2024,1,\n,,,4/6/2024,1,\nSample,,,soon,1,\n"
    row = read(ada, (head + rows).encode(), "habits.csv", day_first="month")
    assert answers(ada) == {"Sample": [("2024-04-05", "kept", ""), ("2024-04-06", "kept", "")]}
    assert asked(row) == {"day_first": 3}
    assert left_out(row) == {"It has no date.": 1, "It has no name.": 1}
