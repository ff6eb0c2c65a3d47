"""The example's days move by whole weeks, and what would lie after yesterday is dropped."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import models

from journal.exchange import tables
from journal.exchange.export_filters import LOOSE
from journal.operation.example import fixture
from journal.people import clock
from journal.people.models import User
from journal.reflections.week.snapshot import SECTIONS, WeekSnapshot
from tests.exchange import schema

COPENHAGEN, NEW_YORK = ZoneInfo("Europe/Copenhagen"), ZoneInfo("America/New_York")
# Every weekday; both changes of the clocks; the end of a year, of a leap February, of a century.
A_WEEK = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
SPECIAL = [
    *(date(2026, 10, 25), date(2026, 10, 26), date(2027, 3, 28), date(2027, 3, 29)),
    *(date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2028, 3, 1), date(2100, 1, 1)),
]


@pytest.mark.parametrize(
    ("text", "today", "shifted"),
    [
        ("13 mon", date(2026, 11, 23), date(2026, 11, 23)),
        ("13 sun", date(2026, 11, 23), date(2026, 11, 29)),
        ("13 mon", date(2026, 11, 29), date(2026, 11, 23)),
        ("1 mon", date(2026, 11, 29), date(2026, 8, 31)),
        ("12 sun", date(2026, 11, 29), date(2026, 11, 22)),
        ("14 fri", date(2026, 12, 31), date(2027, 1, 8)),
        ("9 thu", date(2028, 3, 31), date(2028, 3, 2)),
    ],
)
def test_a_day_moves_by_whole_weeks(text, today, shifted):
    assert fixture.shifted_day(text, today) == shifted


@pytest.mark.parametrize(
    ("text", "today", "zone", "utc"),
    [
        ("13 mon 20:00", date(2026, 11, 23), COPENHAGEN, datetime(2026, 11, 23, 19)),
        ("13 sun 20:00", date(2026, 10, 25), COPENHAGEN, datetime(2026, 10, 25, 19)),
        ("13 sat 20:00", date(2026, 10, 25), COPENHAGEN, datetime(2026, 10, 24, 18)),
        # Skipped by the clocks: the instant after the gap. Repeated: the first of the two.
        ("13 sun 02:30", date(2027, 3, 28), COPENHAGEN, datetime(2027, 3, 28, 1, 30)),
        ("13 sun 02:30", date(2026, 10, 25), COPENHAGEN, datetime(2026, 10, 25, 0, 30)),
        ("13 mon 22:00", date(2026, 11, 23), NEW_YORK, datetime(2026, 11, 24, 3)),
    ],
)
def test_a_moment_keeps_the_time_on_the_clock(text, today, zone, utc):
    assert fixture.shifted_moment(text, today, zone) == utc.replace(tzinfo=UTC)


@pytest.fixture
def nora(db) -> User:
    return User.objects.create_user("nora@example.org", zone="Europe/Copenhagen")


def export_on(person: User, day: date, hour: int = 12) -> dict[str, Any]:
    with time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=COPENHAGEN)):
        return json.loads(fixture.export_for(person))


def rows_of(export: dict[str, Any]):
    for label, rows in export["tables"].items():
        columns = {column.name: column for column in tables.columns(tables.by_label()[label])}
        for row in rows:
            given = {name: value for name, value in row.items() if name != tables.PHOTO_FILE}
            yield label, given, columns


@pytest.mark.parametrize("today", [*A_WEEK, *SPECIAL], ids=str)
def test_on_any_day_it_is_an_export_that_ends_before_today(nora, today):
    export = export_on(nora, today)

    said = schema.complaints(export, schema.schema())
    # The importer fills in a column with a default, as for a file that is older than the column.
    assert [one for one in said if not one.endswith(" is missing")] == []
    ids = {row["id"] for _label, row, _columns in rows_of(export)}
    end = datetime.combine(today, datetime.min.time(), COPENHAGEN)
    end += timedelta(hours=nora.day_starts_at)
    for label, row, columns in rows_of(export):
        for name, value in row.items():
            if isinstance(columns[name], models.DateTimeField) and value and name != fixture.AHEAD:
                assert datetime.fromisoformat(value) < end, (label, name)
            if value and (tables.is_link(columns[name]) or name in LOOSE):
                assert value in ids, (label, name)
            if value and name == "snapshot":
                record = WeekSnapshot.read(value)
                recorded = [
                    one for section in SECTIONS for one in getattr(record, section) if one.id
                ]
                assert {one.id for one in recorded} <= ids
                assert record.days[0] == date.fromisoformat(row["week_start"])


def test_weekdays_and_times_stay_and_only_the_end_differs(nora):
    """Monday's example is Sunday's without the rows of six days."""
    monday, sunday = export_on(nora, A_WEEK[0]), export_on(nora, A_WEEK[6])
    later = {
        label: len(rows) - len(monday["tables"][label])
        for label, rows in sunday["tables"].items()
        if len(rows) != len(monday["tables"][label])
    }
    assert later == {
        "boundaries.Crossing": 1,
        "promises.CheckIn": 15,
        "reflections.DailyCheck": 6,
        "reflections.Entry": 6,
        "reflections.EntryTag": 4,
        "reflections.SelfCompassion": 3,
    }
    a_week_later = export_on(nora, A_WEEK[0] + timedelta(weeks=1))
    for label, row, columns in rows_of(monday):
        (shifted,) = (one for one in a_week_later["tables"][label] if same(one, row))
        for name, value in row.items():
            if isinstance(columns[name], models.DateTimeField) and value:
                assert local(shifted[name]) == local(value) + WEEK
            elif isinstance(columns[name], models.DateField) and value:
                assert date.fromisoformat(shifted[name]) == date.fromisoformat(value) + WEEK
            elif name not in (*LOOSE, "id", "snapshot") and not tables.is_link(columns[name]):
                assert shifted[name] == value


WEEK = timedelta(weeks=1)


def local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(COPENHAGEN).replace(tzinfo=None)


def same(one: dict[str, Any], row: dict[str, Any]) -> bool:
    """The same row of the file: the end of an id says its place there."""
    if "decision" in row and "reviewed_on" in row:
        return one["outcome"] == row["outcome"]
    if "entry" in row and "tag" in row:  # not a row of the file
        return (one["entry"][15:], one["place"]) == (row["entry"][15:], row["place"])
    return one["id"][15:] == row["id"][15:]


def test_the_hour_at_which_the_day_starts_decides_what_is_yesterday(nora):
    nora.day_starts_at = 4
    assert export_on(nora, A_WEEK[1], hour=3) == export_on(nora, A_WEEK[0], hour=12)
    assert export_on(nora, A_WEEK[1], hour=5) != export_on(nora, A_WEEK[0], hour=12)


def test_the_same_person_gets_the_same_export_all_day_and_another_gets_other_ids(nora):
    assert export_on(nora, A_WEEK[2], hour=8) == export_on(nora, A_WEEK[2], hour=23)
    eve = User.objects.create_user("eve@example.org", zone="Europe/Copenhagen")
    mine, hers = (
        {row["id"] for _label, row, _columns in rows_of(export_on(one, A_WEEK[2]))}
        for one in (nora, eve)
    )
    assert not mine & hers


def test_what_needs_a_dropped_row_is_dropped_and_what_may_be_empty_is_emptied(
    nora, tmp_path, monkeypatch
):
    """On Tuesday: the promise of Wednesday goes with its check-in and its thread."""
    rows = {
        "lessons.Thread": [
            thread("promise/monday", "promise/wednesday"),
            thread("promise/monday", "promise/monday"),
        ],
        "promises.Promise": [
            {"id": "promise/monday", "statement": "Walk", "created_at": "13 mon 08:00"},
            {"id": "promise/wednesday", "statement": "Swim", "created_at": "13 wed 08:00"},
        ],
        "promises.CheckIn": [
            {"promise": "promise/monday", "due_on": "13 mon", "created_at": "13 mon 21:00"},
            {"promise": "promise/wednesday", "due_on": "13 mon", "created_at": "13 mon 21:00"},
            {"promise": "promise/monday", "due_on": "13 tue", "created_at": "13 tue 21:00"},
        ],
        "reflections.WeeklyReflection": [
            {
                "week_start": "12 mon",
                "next_promise": "promise/wednesday",
                "created_at": "12 sun 19:00",
            }
        ],
        "reflections.DailyCheck": [
            {"date": "13 mon", "visit_let_go_at": "13 wed 08:00", "created_at": "13 mon 21:30"}
        ],
    }
    file = tmp_path / "journal.json"
    file.write_text(json.dumps({"format": "selftrust", "version": 1, "person": {}, "tables": rows}))
    monkeypatch.setattr(fixture, "FILE", file)

    found = export_on(nora, A_WEEK[1])["tables"]

    assert [row["statement"] for row in found["promises.Promise"]] == ["Walk"]
    assert [row["due_on"] for row in found["promises.CheckIn"]] == ["2026-11-23"]
    assert [row["to_id"] for row in found["lessons.Thread"]] == [found["promises.Promise"][0]["id"]]
    assert found["reflections.WeeklyReflection"][0]["next_promise"] is None
    assert found["reflections.DailyCheck"][0]["visit_let_go_at"] is None


def thread(from_id: str, to_id: str) -> dict[str, str]:
    kinds = {"from_kind": "promise", "to_kind": "promise", "created_at": "13 mon 09:00"}
    return {"from_id": from_id, "to_id": to_id, **kinds}


def test_a_row_of_the_file_has_its_own_line_and_rows_are_sorted():
    text = fixture.FILE.read_text()
    given = json.loads(text)
    lines = {line.rstrip(",") for line in text.splitlines()}
    for rows in given["tables"].values():
        assert {json.dumps(row, ensure_ascii=False) for row in rows} <= lines
        moments = [fixture.shifted_moment(row["created_at"], A_WEEK[0], COPENHAGEN) for row in rows]
        assert moments == sorted(moments)
    assert clock.zone_of(User(zone=given["person"]["zone"])) == COPENHAGEN
