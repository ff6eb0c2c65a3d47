"""Streaks' CSV."""

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.foreign.reading import asked, left_out, read, sample

pytestmark = pytest.mark.django_db
MINE = [
    ("2024-03-02", "kept", "first\n2\nsecond"),
    ("2024-03-04", "missed", ""),
    ("2024-03-05", "excused", ""),
]


def answers(person) -> list[list[tuple[str, str, str]]]:
    """Two tasks have the same title."""
    with acting_as(person):
        found = [
            [
                (one.due_on.isoformat(), one.status, one.note)
                for one in promise.checkins.order_by("due_on")
            ]
            for promise in person.promises.all()
        ]
    return sorted(found)


def test_an_export_with_and_without_what_the_app_filled_in(ada):
    row = read(ada, sample("streaks.csv"), "streaks.csv")
    assert answers(ada) == [[("2024-03-01", "kept", "")], MINE]
    assert asked(row) == {"automatic": 1}
    assert left_out(row) == {
        "A day on which nothing was entered: the app filled it in by itself.": 1,
        "An answer that can’t be read.": 1,
        "It has no date.": 1,
    }
    read(ada, sample("streaks.csv"), "streaks.csv", count_automatic="kept")
    assert answers(ada)[1] == [MINE[0], ("2024-03-03", "kept", ""), *MINE[1:]]


def test_an_older_export_has_fewer_columns(ada):
    data = b"task_id,title,entry_type,entry_date,entry_timestamp,page,display_order\n"
    data += b"p2,Sample,completed_manually,20240225,2024-02-26T12:24:16+08:00,1,1\n"
    data += b"p2,Sample,completed_manually,,2024-02-26T12:24:16+08:00,1,1\n"
    read(ada, data, "streaks.csv")
    assert answers(ada) == [[("2024-02-25", "kept", ""), ("2024-02-26", "kept", "")]]
