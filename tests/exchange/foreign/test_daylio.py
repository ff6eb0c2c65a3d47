"""Daylio's CSV."""

from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.foreign.reading import asked, entries, previewed, read, sample

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 7)


def test_an_export(ada):
    row = read(ada, sample("daylio.csv"), "daylio.csv")
    body = "Walked\nand **rang** Gran\n\nMood: good\nActivities: walk, family\nScales: Energy: 3"
    assert entries(ada) == [(DAY, "20:15", "Thursday", body, [])]
    assert asked(row) == {
        **{"zone": 1, "extra mood": 1, "extra activities": 1, "extra scales": 1},
    }
    assert read(ada, sample("daylio.csv"), "daylio.csv").preview["new"] == 0


def test_days_without_words_come_in_by_choice_and_times_in_any_form(ada):
    rows = [
        "full_date,date,weekday,time,mood,activities,note_title,note",
        '2024-03-07,,,"8:15\u202fpm",rad,walk,,',
        '2024-03-07,,,8:05 am,meh,"a | b",,"Two\nlines"',
        "soon,,,,meh,,,Words",
    ]
    data = "\ufeff" + "\r\n".join(rows)
    row = previewed(ada, data.encode(), "daylio.csv")
    assert (row.preview["new"], asked(row)["also moods"]) == (1, 1)
    read(ada, data.encode(), "x", asked="1", also=["moods"], **{"extra-mood": "mood"})
    assert entries(ada) == [
        (DAY, "08:05", "", "Two\nlines\n\nActivities: a, b", []),
        (DAY, "20:15", "", "Activities: walk", []),
    ]
    with acting_as(ada):
        assert [one.mood for one in ada.entries.oldest_first()] == ["meh", "rad"]
