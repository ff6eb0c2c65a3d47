"""Standard Notes' decrypted backup."""

import json
from datetime import date
from typing import Any

import pytest

from journal.exchange.foreign import lexical
from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, previewed, read, sample

pytestmark = pytest.mark.django_db
SUPER = """## By the sea

It was **cold** and
*bright*

- [x] bread
    - [ ] rye

> Said Gran.

[the map](https://example.org/map)"""


def march(day: int) -> date:
    return date(2024, 3, day)


def backup(*items: Any) -> bytes:
    return json.dumps({"version": "004", "items": items}).encode()


def note(uuid: str = "n", created: Any = "2024-03-07T10:00:00.000Z", **content: Any) -> Any:
    return {
        "uuid": uuid,
        "content_type": "Note",
        "created_at": created,
        "content": {"title": "T", **content},
    }


def test_a_backup(ada):
    row = read(ada, sample("standard_notes"))
    assert entries(ada) == [
        (march(8), "00:30", "Thursday", "Walked after lunch.", ["diary", "diary/walks"]),
        (march(8), "10:00", "Super", SUPER, ["diary"]),
        (march(9), "09:00", "Undated", "From the last change.", []),
    ]
    assert asked(row) == {"also archive": 1, "also trash": 1}
    assert left_out(row) == {
        "It holds codes for signing in, so it stays in your file.": 1,
        "It’s a setting of the other app.": 1,
    }
    with acting_as(ada):
        assert [one.title for one in ada.entries.filter(favourite=True)] == ["Thursday"]


def test_the_file_alone_and_a_later_backup(ada):
    read(ada, backup(note(text="One")), "Backup.txt")
    preview = read(ada, packed({"new name.json": backup(note(text="Two", title="U"))})).preview
    assert (preview["new"], preview["changed"]) == (0, 1)
    assert [shown[2:4] for shown in entries(ada)] == [("U", "Two")]


def test_kinds_of_notes(ada):
    groups = [{"name": "A", "tasks": [{"description": "shoes", "completed": True}]}]
    tasks = json.dumps({"schemaVersion": "1", "groups": groups})
    kinds = [
        note("1", text="<p>One <b>two</b></p>", noteType="rich-text"),
        note("2", text=tasks, noteType="task"),
        note("3", text="a = 1", noteType="code"),
        note("4", text="{half", noteType="super"),
        note("5", text="1 < 2 </ 3"),
    ]
    read(ada, backup(*kinds))
    assert sorted(shown[3] for shown in entries(ada)) == [
        "## A\n- [x] shoes",
        "1 < 2 </ 3",
        "One **two**",
        "```\na = 1\n```",
        "{half",
    ]


def test_what_is_wrong_keeps_nothing_else_out(ada):
    items = [
        *(note("x", created, text="Wrong") for created in ("soon", 7, None, "9999-12-31T23:59Z")),
        {"uuid": "y", "content_type": "Note", "content": "004:abc"},
        {"uuid": 3, "content_type": "Note", "created_at": "2024-03-07", "content": {"text": "Odd"}},
        {"content_type": "Tag", "content": {"title": 4, "references": [7, {"uuid": ["n"]}]}},
        *(7, None, [], {"content_type": "Tag", "uuid": "t", "content": {"title": "loop"}}),
        {
            "uuid": "u",
            "content_type": "Tag",
            "content": {"references": [{"uuid": "u", "content_type": "Tag"}, {"uuid": "n"}]},
        },
        note("n", text="NUL \0"),
    ]
    row = read(ada, backup(note("r", text="Right"), *items))
    assert {shown[3] for shown in entries(ada)} == {"Right", "Odd"}
    assert sum(left_out(row).values()) == 9
    sealed = backup({"uuid": "a", "content_type": "Note", "content": "004:abc"})
    assert "encrypted backup of Standard Notes" in previewed(ada, sealed, "b.txt").refusal


def test_deep_lists_of_an_editor_end():
    node: Any = {"type": "text", "text": "end"}
    for _time in range(60):
        node = {"type": "list", "children": [{"type": "listitem", "children": [node]}]}
    with pytest.raises(ValueError):
        lexical.markdown_of(json.dumps({"root": {"type": "root", "children": [node]}}))
    with pytest.raises(ValueError):
        lexical.markdown_of("[]")
