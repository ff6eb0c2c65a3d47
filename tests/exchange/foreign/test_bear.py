"""Bear's backup, and text bundles."""

import json
from datetime import date
from typing import Any

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, read
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
EVENING = "2024-03-07T23:30:00Z"
Files = dict[str, bytes | str]


def march(day: int) -> date:
    return date(2024, 3, day)


def note(name: str, text: str, ending: str = "md", **said: Any) -> Files:
    bear = {"creationDate": EVENING, "uniqueIdentifier": name, "trashed": 0, **said}
    info = {"type": "net.daringfireball.markdown", "version": 2, "net.shinyfrog.bear": bear}
    folder = f"Bear Notes.bear2bk/{name}.textbundle"
    return {f"{folder}/info.json": json.dumps(info), f"{folder}/text.{ending}": text}


def test_a_backup(ada):
    text = (
        "# Thursday\n#diary/walks #two words# #1\n\nWalked with [[Gran]].\n\n"
        '![](assets/sea%201.png)<!-- {"width":300} -->\n[map.pdf](assets/map.pdf)'
    )
    files = {
        **note("Thursday", text, pinned=1),
        "Bear Notes.bear2bk/Thursday.textbundle/assets/sea 1.png": make_file(kind="PNG").getvalue(),
        "Bear Notes.bear2bk/Thursday.textbundle/assets/map.pdf": b"%PDF-",
        **note("Old", "Put away.", archived=1),
        **note("Thrown", "# Thrown\nAway.", "markdown", trashed=1),
        **note("Sealed", "", encrypted=1),
        "Bear Notes.bear2bk/tags.json": "{}",
    }
    row = read(ada, packed(files), "Backup.bear2bk")
    body = "#diary/walks #two words# #1\n\nWalked with Gran.\n\nmap.pdf"
    assert entries(ada) == [(march(8), "00:30", "Thursday", body, ["diary/walks", "two words"])]
    assert asked(row) == {"also archive": 1, "also trash": 1}
    assert sorted(left_out(row)) == [
        "It’s a setting of the other app.",
        "It’s encrypted.",
        "It’s neither Markdown nor a photo of a page, so it stays in your file.",
    ]
    with acting_as(ada):
        assert ada.entries.get().favourite
        assert ada.photos.count() == 1
    read(ada, packed(files), asked="1", also=["archive", "trash"])
    assert {shown[3] for shown in entries(ada)} == {body, "Put away.", "Away."}


def test_a_note_that_was_renamed_is_the_same(ada):
    read(ada, packed(note("A", "# A\nOne", uniqueIdentifier="x")))
    later = note("B", "# B\nTwo", uniqueIdentifier="x")
    preview = read(ada, packed(later)).preview
    assert (preview["new"], preview["changed"]) == (0, 1)
    assert [shown[2:4] for shown in entries(ada)] == [("B", "Two")]


def test_bundles_of_other_apps_and_what_is_wrong(ada):
    files = {
        "2024-03-07 A.textbundle/text.md": "One",
        "2024-03-07 A.textbundle/info.json": '{"version": 2}',
        "2024-03-08 B.textbundle/text.txt": "Two",
        "2024-03-08 B.textbundle/info.json": "[]",
        "2024-03-09.textbundle/text.md": "Three",
        "2024-03-09.textbundle/info.json": "{half",
        **note("C", "Undated", creationDate=7),
        **note("D", "NUL \0"),
    }
    row = read(ada, packed(files))
    assert [(shown[0], shown[3]) for shown in entries(ada)] == [
        (march(7), "One"),
        (march(8), "Two"),
        (march(9), "Three"),
    ]
    assert sum(left_out(row).values()) == 2
    assert read(ada, packed(files)).preview["new"] == 0
