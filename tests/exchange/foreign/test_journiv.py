"""Journiv's ZIP."""

import json
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, notes, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
DELTA = """## A heading

Words in **bold** and a [link](https://example.org).

- one
  - two

After

[photo]"""


def march(day: int) -> date:
    return date(2024, 3, day)


def test_an_export(ada):
    row = read(ada, sample("journiv"))
    assert entries(ada) == [
        (
            *(march(7), "18:30", "Sample"),
            "Plain **words**\n\n[video]\n\nMood: calm (at last)",
            ["sample", "two", "One"],
        ),
        (march(8), "02:00", "", DELTA, ["One"]),
    ]
    assert asked(row) == {
        **{"extra mood": 1, "extra place": 1, "extra weather": 1},
        **{"also drafts": 1, "also archive": 1},
    }
    assert (sum(left_out(row).values()), sum(notes(row).values())) == (1, 2)
    with acting_as(ada):
        entry = ada.entries.oldest_first()[0]
        assert (entry.favourite, entry.written_zone) == (True, "America/New_York")
        assert entry.own_prompt.text == "What was good?"
        assert "ada@example.org" not in str(row.preview)

    data = json.loads(sample("journiv/data.json"))
    data["journals"][0]["entries"][1]["content_delta"] = {"ops": [{"insert": "Changed\n"}]}
    again = read(ada, json.dumps(data).encode(), "data.json", asked="1", also=["archive"])

    assert (again.preview["new"], again.preview["changed"]) == (2, 1)  # with its tag
    assert [body for *_when, body, _tags in entries(ada)][1:] == ["Changed", "Put away"]


def test_the_day_wins_over_the_moment_and_photos_are_found(ada):
    one = {"content": "Late ![](1/8_sea.jpg)", "entry_date": "2024-03-07", "created_at": "a"}
    late = {**one, "entry_datetime_utc": "2024-03-08T02:30:00Z", "entry_timezone": "Nowhere/At"}
    media = [{"filename": "hill 1.jpg", "alt_text": "A hill"}, 4, {"filename": None}]
    odd = [
        {"content": 4, "entry_date": "2024-03-08", "media": media, "created_at": "a"},
        {"content": "No date", "entry_date": 5},
        late | {"content": '{"ops": [{"insert": 4}, 7, {"insert": "x", "attributes": []}]}'},
        *(7, {"content_delta": {"ops": 4}, "entry_date": "2024-03-09"}),
    ]
    data = {"export_version": "1.0", "journals": [{"entries": [late, *odd]}]}
    photo = make_file().getvalue()
    row = read(
        ada, packed({"data.json": json.dumps(data), "1/8_sea.jpg": photo, "2/9_hill 1.jpg": photo})
    )
    assert [(day, at, body) for day, at, _title, body, _tags in entries(ada)] == [
        (march(7), "03:30", "Late "),
        (march(7), "03:30", "x"),
        (march(8), "", "Photo"),
    ]
    with acting_as(ada):
        assert sorted(photo.description for photo in ada.photos.all()) == ["", "A hill"]
    assert sum(left_out(row).values()) == 3
