"""Daylio's backup."""

import base64
import json
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, previewed, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 7)


def backup(**said) -> bytes:
    return base64.b64encode(json.dumps({"version": 15, "customMoods": [], **said}).encode())


def test_a_backup_with_a_goal(ada):
    row = read(ada, sample("backup.daylio"), "backup_2024_03_08.daylio")
    first = "Walked\n\nMood: good\nActivities: walk, family"
    assert entries(ada) == [
        (date(2024, 1, 31), "23:30", "", "January\n\nMood: good", []),
        (DAY, "20:15", "Thursday", first, []),
        (DAY, "20:15", "", "Later\nthat **evening**\n\nMood: rested", []),
    ]
    assert asked(row) == {"zone": 3, "also moods": 1, "extra mood": 3, "extra activities": 1}
    assert (left_out(row), row.preview["notes"]) == ({}, [])
    with acting_as(ada):
        assert [one.favourite for one in ada.entries.oldest_first()] == [False, False, True]
        promise = ada.promises.get()
        assert (promise.statement, promise.cadence, promise.state) == ("walk", "daily", "active")
        assert [(one.due_on, one.status) for one in promise.checkins.all()] == [(DAY, "kept")]
    again = previewed(ada, sample("backup.daylio"), "x", asked="1", also=["moods"])
    assert (again.preview["new"], again.preview["changed"]) == (1, 0)


def test_photos_sounds_and_a_later_backup(ada):
    at = {"year": 2024, "month": 2, "day": 7, "hour": 9, "minute": 5, "mood": 4}
    assets = [
        {"id": 1, "checksum": "AB12", "type": 1},
        {"id": 2, "checksum": "cd34", "type": 2},
        {"id": 3, "checksum": "gone", "type": 1},
    ]
    rows = [
        {**at, "id": 1, "note": "Seen", "assets": [1, 2, 3]},
        {**at, "id": 2, "minute": 6, "assets": [1, "x"]},
    ]
    files = {
        "/assets/photos/2024/3/ab12": make_file().getvalue(),
        "/assets/audios/2024/3/cd34": b"ID3",
        "/assets/photos/2024/3/other": b"x",
    }
    moods = [{"id": 4, "custom_name": "", "mood_group_id": 4, "predefined_name_id": -1}]
    said = {"customMoods": moods, "assets": assets}
    row = read(ada, packed({**files, "backup.daylio": backup(**said, dayEntries=rows)}))
    assert [body for _day, _at, _title, body, _tags in entries(ada)] == [
        "Seen\n\n[audio]\n\n[photo]\n\nMood: bad",
        "Mood: bad",
    ]
    with acting_as(ada):
        assert [entry.photos.count() for entry in ada.entries.oldest_first()] == [1, 1]
    assert left_out(row) == {"It isn’t a photo of an entry, so it stays in your file.": 2}
    rows[0] |= {"note": "Seen again", "hour": 21}
    read(ada, packed({"backup.daylio": backup(**said, dayEntries=rows)}))
    found = [(at, body.split("\n")[0]) for _day, at, _title, body, _tags in entries(ada)]
    assert ("21:05", "Seen again") in found
    assert len(found) == 2


def test_wrong_types_and_goals_whose_rhythm_is_not_said(ada):
    at = {"year": 2024, "month": 11, "day": 31}
    row = read(
        ada,
        backup(
            dayEntries=[
                {**at, "note": "No id", "tags": [99], "mood": "good"},
                {"id": 7, "datetime": 1735686000000, "timeZoneOffset": 3600000, "note": "Moment"},
                {**at, "id": 8, "month": 12, "note": "No month"},
                {**at, "id": 9, "year": 10**30},
                "text",
            ],
            tags={"id": 99},
            goals=[
                {"goal_id": 1, "name": "Read", "repeat_value": 3, "state": 1},
                {"goal_id": 2, "name": 7, "repeat_value": "x"},
            ],
            goalEntries=[{**at, "goalId": 1}, {**at, "goalId": 5}, {"goalId": 1}],
            milestones=[{"name": "Moved"}],
            writingTemplates=[{"title": "Mine"}],
        ),
        "backup.daylio",
    )
    last = date(2024, 12, 31)
    assert entries(ada) == [
        (last, "00:00", "", "No id", []),
        (date(2025, 1, 1), "00:00", "", "Moment", []),
    ]
    with acting_as(ada):
        promise = ada.promises.get()
        assert (promise.times_per_week, promise.state) == (3, "retired")
    assert left_out(row) == {
        "It has no date.": 3,
        "It has no name.": 1,
        "An answer can’t be read.": 1,
        "An answer of a goal that isn’t there.": 1,
        "A milestone stays in your file.": 1,
        "A writing template stays in your file.": 1,
    }
    assert len(row.preview["notes"]) == 2
    for data in (b"{", base64.b64encode(b'{"dayEntries": [')):
        row = previewed(ada, packed({"backup.daylio": data}))
        assert row.refusal
