"""Day One's JSON ZIP."""

import hashlib
import json
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db


def test_a_journal_whose_photo_is_missing(ada):
    row = read(ada, sample("dayone.zip"))
    words = "Walked after lunch\\. It was good\\!\n\n[photo]"
    assert entries(ada) == [(date(2024, 3, 7), "18:30", "Thursday", words, ["walk", "diary"])]
    assert asked(row) == {"extra place": 1, "extra weather": 1, "extra device": 1}
    with acting_as(ada):
        entry = ada.entries.get()
        assert (entry.favourite, entry.written_zone) == (True, "America/New_York")
    again = read(ada, sample("dayone.zip"))
    assert (again.preview["new"], again.preview["changed"]) == (0, 0)


def test_photos_rich_text_other_media_and_two_journals(ada):
    photo = make_file().getvalue()
    md5 = hashlib.md5(photo, usedforsecurity=False).hexdigest()
    moment = {"creationDate": "2024-03-07T23:30:00Z", "timeZone": "Europe/Berlin"}
    rich = json.dumps({"contents": [{"text": "From the new editor"}]})
    one = [
        {
            **moment,
            "uuid": "A",
            "text": "See ![](dayone-moment://P) and ![](dayone-moment:/audio/S)",
        },
        {**moment, "uuid": "B", "richText": rich, "photos": [{"identifier": "P", "md5": md5}]},
        {**moment, "uuid": "C", "text": "All day", "isAllDay": True},
        {**moment, "uuid": "D", "text": "[Before](dayone://view?entryId=A)\u200b it"},
        {"uuid": "E", "text": "No date"},
        7,
    ]
    two = [{**moment, "uuid": "F", "text": "Else", "tags": ["x" * 50, 3], "location": 4}]
    head = {"metadata": {"version": "1.0"}}
    row = read(
        ada,
        packed(
            {
                "Journal.json": json.dumps({**head, "entries": one}),
                "Travel.json": json.dumps({**head, "entries": two}),
                f"photos/{md5}.jpeg": photo,
                "videos/x.mov": b"x",
            }
        ),
    )
    found = {body.split("\n")[0]: (day, at, tags) for day, at, _title, body, tags in entries(ada)}
    day = date(2024, 3, 8)  # in Berlin
    assert found == {
        "See  and [audio]": (day, "00:30", ["Journal"]),
        "From the new editor": (day, "00:30", ["Journal"]),
        "All day": (day, "", ["Journal"]),
        "Before it": (day, "00:30", ["Journal"]),
        "Else": (day, "00:30", ["Travel"]),
    }
    with acting_as(ada):
        assert ada.photos.count() == 2
    assert left_out(row) == {
        "It has no date.": 1,
        "It can’t be read.": 1,
        "It isn’t a photo of an entry, so it stays in your file.": 1,
    }
