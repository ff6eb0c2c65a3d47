"""DailyTxT's backup."""

import json
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, notes, previewed, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db


def march(day: int) -> date:
    return date(2024, 3, day)


def test_a_plain_backup(ada):
    row = read(ada, sample("dailytxt"))
    assert entries(ada) == [
        (march(7), "20:15", "", "First day", ["sample", "two"]),
        (march(8), "", "", "Written a day later", []),
        (date(2024, 4, 9), "08:05", "", "American time", []),
    ]
    assert asked(row) == {"zone": 2, "extra place": 1}
    assert left_out(row) == {"A template of the other app.": 1, "It has no date.": 2}
    with acting_as(ada):
        assert [one.favourite for one in ada.entries.oldest_first()] == [True, False, False]
    again = read(ada, sample("dailytxt"))
    assert (again.preview["new"], again.preview["changed"]) == (0, 0)


def test_files_and_odd_values(ada):
    one = {"day": 7, "text": "Sample", "tags": ["x", 1e3], "pins": 4, "isBookmarked": "yes"}
    one["files"] = [{"filename": "sea.jpg"}, {"filename": "sea.mp3"}, {"filename": "gone.png"}, 5]
    more = [
        {"day": 8.0},
        {"day": True, "text": "x"},
        {"day": 1e20},
        7,
        {"day": 9, "text": "\ud800"},
    ]
    row = read(
        ada,
        packed(
            {
                "2024/03.json": json.dumps({"days": [one, *more]}),
                "2024/04.json": "{",
                "2024/05.json": json.dumps({"days": {}}),
                "files/sea.jpg": make_file().getvalue(),
                "files/sea.mp3": b"ID3",
                "tags.json": json.dumps({"tags": [{"id": "a"}, 4]}),
            }
        ),
    )
    assert entries(ada) == [(march(7), "", "", "Sample\n\n[audio]\n\n[photo]", [])]
    with acting_as(ada):
        assert ada.photos.count() == 1
    assert sum(left_out(row).values()) == 7
    assert sum(notes(row).values()) == 3


def test_an_encrypted_backup_is_refused_by_name(ada):
    words = "gAAAAABmAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_gAAAAA=="
    user = json.dumps({"user_id": 1, "enc_enc_key": "x", "password": "y"})
    month = json.dumps({"days": [{"day": 7, "text": words, "date_written": words}]})
    row = previewed(ada, packed({"user.json": user, "2024/03.json": month}))
    assert "encrypted backup of DailyTxT" in row.refusal
    page = "<html><body>Words</body></html>"
    row = previewed(ada, packed({"DailyTxT_2024.html": page, "files/2024-03-07/x.jpg": b"x"}))
    assert "export of DailyTxT to read" in row.refusal
