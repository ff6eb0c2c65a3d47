"""Journey's ZIP of JSON."""

import json
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, previewed, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
AT = 1709854200000  # 23:30 on 7 March 2024, UTC


def test_an_export(ada):
    row = read(ada, sample("journey.zip"))
    body = "Walked after **lunch**.\n\n- slowly\n\n[audio]\n\nMood: 3\nSentiment: 0.75"
    assert entries(ada) == [
        (date(2024, 3, 7), "18:30", "", body, ["walk", "rest"]),  # in New York
        (date(2024, 3, 8), "00:35", "", "Back *home*.", []),  # in Berlin
    ]
    assert asked(row) == {
        **{"zone": 1, "extra mood": 1, "extra sentiment": 1},
        **{"extra place": 1, "extra weather": 1},
    }
    assert len(row.preview["notes"]) == 1
    with acting_as(ada):
        entry = ada.entries.get(favourite=True)
        assert entry.written_zone == "America/New_York"
    again = read(ada, sample("journey.zip"))
    assert (again.preview["new"], again.preview["changed"]) == (0, 0)


def test_photos_their_names_and_what_no_entry_shows(ada):
    photo = make_file().getvalue()
    rows = {
        "a": {"id": "A", "text": "With one", "photos": ["A-1.jpg", "A-1.jpg", "gone.png", 7]},
        "b": {"id": "B", "text": None, "photos": ["B-1.JPG"], "mood": 4},
        "c": {"id": "C", "text": "![](A-1.jpg) inside", "type": "markdown"},
    }
    row = read(
        ada,
        packed(
            {
                **{f"Journey/{n}.json": json.dumps({"date_journal": AT} | rows[n]) for n in rows},
                "Journey/A-1.jpg": photo,
                "Journey/B-1.jpg": photo,
                "Journey/film.mp4": b"x",
            }
        ),
        **{"extra-mood": "mood"},
    )
    assert [body for _day, _at, _title, body, _tags in entries(ada)] == [
        "With one\n\n[photo]",
        "Photo",
        "inside",
    ]
    with acting_as(ada):
        assert [entry.photos.count() for entry in ada.entries.oldest_first()] == [1, 1, 1]
        assert [entry.mood for entry in ada.entries.oldest_first()] == ["", "4", ""]
    assert left_out(row) == {"It isn’t a photo of an entry, so it stays in your file.": 1}


def test_a_later_export_updates_and_wrong_types_cost_one_entry(ada):
    one = {"id": "A", "date_journal": AT, "timezone": "Europe/Lisbon", "text": "First"}
    read(ada, packed({"a.json": json.dumps(one)}))
    rows = [
        one | {"text": "Second", "tags": "walk", "photos": {}, "weather": 3, "lat": "far"},
        one | {"id": "B", "date_journal": "yesterday"},
        one | {"id": "C", "date_journal": 10**400},
        one | {"id": "D", "text": [1]},
        one | {"id": 5, "date_journal": AT + 0.5, "text": "No id"},
        {"else": 1},
    ]
    files = {f"{n}.json": json.dumps(row) for n, row in enumerate(rows)}
    row = read(ada, packed({**files, "x.json": "{", "y.json": b"\xff\xfe\x00"}))
    assert [body for _day, _at, _title, body, _tags in entries(ada)] == ["Second", "No id"]
    assert left_out(row) == {
        "It has no date.": 2,
        "It can’t be read.": 1,
        "It isn’t JSON.": 2,
        "It isn’t a photo of an entry, so it stays in your file.": 1,
    }


def test_documents_are_not_read(ada):
    refusal = previewed(ada, packed({"2024/a.docx": packed({"word/document.xml": "x"})})).refusal
    assert "choose JSON" in refusal
