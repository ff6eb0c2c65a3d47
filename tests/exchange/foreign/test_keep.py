"""Google Keep's notes, as Google Takeout packs them."""

import json
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, previewed, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
MOMENT = 1709854200000000  # 8 March 2024, 00:30 in Berlin
DAY = date(2024, 3, 8)


def test_a_takeout(ada):
    row = read(ada, sample("keep"))
    body = (
        "Walked after lunch.\nhttps://example.org/sea\n\nThe wind: https://example.org/wind\n\n"
        "[photo]\n[audio]"
    )
    assert entries(ada) == [
        (DAY, "00:30", "Thursday", body, ["walk", "diary"]),
        (DAY, "10:00", "", "- [x] shoes\n- [ ] bread", []),
    ]
    assert asked(row) == {"also archive": 1, "also trash": 1}
    assert left_out(row) == {
        "It’s neither a note nor a photo of one, so it stays in your file.": 2,
    }
    assert sum(note["count"] for note in row.preview["notes"]) == 3
    with acting_as(ada):
        assert [one.title for one in ada.entries.filter(favourite=True)] == ["Thursday"]
    read(ada, sample("keep"), asked="1", also=["archive", "trash"])
    assert [body for _day, _at, _title, body, _tags in entries(ada)][2:] == [
        "Put away.",
        "Thrown away.",
    ]


def test_a_later_takeout_changes_what_was_not_edited_here(ada):
    note = {"createdTimestampUsec": MOMENT, "title": "A", "textContent": "One", "isTrashed": False}
    read(ada, json.dumps(note).encode(), "A.json")
    later = {"Notizen/B.json": json.dumps({**note, "title": "B", "textContent": "Two"})}
    preview = read(ada, packed(later)).preview
    assert (preview["new"], preview["changed"]) == (0, 1)
    assert entries(ada) == [(DAY, "00:30", "B", "Two", [])]


def test_photos_copies_and_notes_that_say_little(ada):
    note = {"createdTimestampUsec": MOMENT, "isTrashed": False, "isPinned": False}
    notes = {
        "photo": {**note, "title": "Sea", "attachments": [{"filePath": "x.jpg"}, 4]},
        "photo(1)": {**note, "textContent": "A copy"},
        "rich": {
            **note,
            "createdTimestampUsec": 0,
            "userEditedTimestampUsec": str(MOMENT),
            "textContentHtml": "<h1>Up</h1><p>and <b>down</b></p>",
        },
    }
    files = {f"Keep/{name}.json": json.dumps(said) for name, said in notes.items()}
    read(ada, packed({**files, "Keep/x.jpeg": make_file().getvalue()}))
    assert [(title, body) for _day, _at, title, body, _tags in entries(ada)] == [
        ("Sea", "Photo"),
        ("", "A copy"),
        ("", "# Up\n\nand **down**"),
    ]
    with acting_as(ada):
        assert ada.photos.count() == 1


def test_what_is_wrong_keeps_nothing_else_out(ada):
    right = {"createdTimestampUsec": MOMENT, "isTrashed": False, "textContent": "Right"}
    wrong = [
        {**right, "createdTimestampUsec": moment, "textContent": "Wrong"}
        for moment in (10**40, -(10**17), "soon", [], None, True, 1e300)
    ]
    odd = {**right, "title": 7, "labels": {"name": "x"}, "attachments": [[]], "annotations": 3}
    more = [
        {**odd, "listContent": [{"text": 3}, None, {"text": "Odd", "isChecked": "yes"}]},
        *({**right, "textContent": text} for text in ("NUL \0", "half \ud800")),
        *([], 7, None),
    ]
    files = {f"Keep/{n}.json": json.dumps(one) for n, one in enumerate([right, *wrong, *more])}
    row = read(ada, packed({**files, "Keep/cut.json": '{"isTrashed":false,"ti'}))
    bodies = [body for _day, _at, _title, body, _tags in entries(ada)]
    assert bodies == ["Right", "Right\n\n- [ ] Odd"]
    assert sum(left_out(row).values()) == len(wrong) + 6
    assert previewed(ada, b'{"isTrashed": false', "cut.json").preview["new"] == 0
