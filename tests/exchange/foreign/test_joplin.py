"""Joplin's JEX and RAW."""

import io
import tarfile
from datetime import date

import pytest

from journal.exchange import archive
from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, previewed, read
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
ZEROS = {"latitude": "0.00000000", "longitude": "0.00000000", "encryption_applied": "0"}
EVENING = {"user_created_time": "2024-03-07T23:30:00.123Z", "created_time": "2024-01-01T00:00:00Z"}


def march(day: int) -> date:
    return date(2024, 3, day)


def own(number: int) -> str:
    return f"{number:032x}"


def item(number: int, kind: int, title: str = "", body: str = "", **said: str) -> dict[str, str]:
    head = [title, "", *([body, ""] if body else [])] if title or body else []
    properties = {"id": own(number), **ZEROS, **said, "type_": str(kind)}
    lines = [*head, *(f"{key}: {value}" for key, value in properties.items())]
    return {f"{own(number)}.md": "\n".join(lines)}


def jex(files: dict[str, bytes | str], **how: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name)
            info.size, info.type = len(data), how.get("kind", tarfile.REGTYPE)
            tar.addfile(info, io.BytesIO(data))
    return held.getvalue()


def sample() -> dict[str, bytes | str]:
    shown = f"Two\n\nWalked ![sea](:/{own(20)}) by [Gran](:/{own(3)}).\n\n[a song](:/{own(21)})"
    image = f'<img src=":/{own(20)}" width="40"/>'
    return {
        **item(1, 2, "Diary"),
        **item(2, 2, "Walks", parent_id=own(1)),
        **item(3, 1, "Thursday", shown, parent_id=own(2), **EVENING, source_url="https://x.org"),
        **item(4, 1, "Shoes", parent_id=own(1), is_todo="1", todo_completed="1709888400000")
        | item(5, 1, "Old", "Thrown", created_time="2024-03-08T09:00:00Z", deleted_time="1"),
        **item(6, 1, "Copy", "Other", created_time="2024-03-08T09:00:00Z", is_conflict="1"),
        **item(7, 1, "Hut", image, created_time="2024-03-09T09:00:00Z", latitude="52.10000000"),
        **item(10, 5, "sea"),
        **item(11, 6, note_id=own(3), tag_id=own(10)),
        **item(20, 4, "sea.jpg", file_extension="jpg"),
        **item(21, 4, "song.mp3", file_extension="mp3"),
        **item(30, 13, created_time="2024-03-08T09:00:00Z"),
        f"resources/{own(20)}.jpg": make_file().getvalue(),
        f"resources/{own(21)}.mp3": b"ID3",
    }


def test_a_jex(ada):
    files = sample()
    row = read(ada, jex(files), "notes.jex")
    body = "Two\n\nWalked  by Gran.\n\na song\n\nSource: https://x.org"
    assert entries(ada) == [
        (march(8), "00:30", "Thursday", body, ["Diary/Walks", "sea"]),
        (march(9), "10:00", "Hut", "Photo", []),
    ]
    assert asked(row) == {"also trash": 1, "extra source": 1, "extra place": 1}
    assert sorted(left_out(row).values()) == [1, 1, 1, 1]
    with acting_as(ada):
        assert ada.photos.count() == 2
    assert read(ada, packed(files)).preview["new"] == 0  # RAW in a ZIP


def test_a_task_an_html_note_and_a_later_export(ada):
    day = {"created_time": "2024-03-07T09:00:00Z"}
    task = item(1, 1, "Shoes", "", is_todo="1", todo_completed="1", todo_due="1709888400000", **day)
    html = item(2, 1, "Web", "<p>One <b>two</b></p>", markup_language="2", **day)
    read(ada, jex(task | html))
    assert [shown[2:4] for shown in entries(ada)] == [
        ("", "Shoes\n\nTask: done, 2024-03-08"),
        ("Web", "One **two**"),
    ]
    later = item(2, 1, "Web", "Three", **day)
    preview = read(ada, jex({f"sub/{name}": text for name, text in later.items()})).preview
    assert (preview["new"], preview["changed"]) == (0, 1)


def test_what_is_wrong_keeps_nothing_else_out(ada):
    day = {"created_time": "2024-03-07T09:00:00Z"}
    files = {
        **item(1, 1, "A", f"Right ![](:/{own(9)}) ![](:/zz)", **day),
        **item(2, 1, "B", "NUL \0", **day),
        **item(3, 1, "C", "Undated", created_time="soon"),
        **item(4, 1, "D", **day, encryption_applied="1", encryption_cipher_text="JED01x"),
        **item(5, 2, "Loop", parent_id=own(5)),
        **item(6, 1, "E", "In a loop", parent_id=own(5), **day),
        **item(9, 4, "gone.jpg", file_extension="jpg"),
        f"{own(8)}.md": "",
    }
    row = read(ada, jex(files))
    assert [shown[3] for shown in entries(ada)] == ["Right  ![](:/zz)", "In a loop"]
    assert sum(left_out(row).values()) == 5  # with the photo
    sealed = jex(item(4, 1, encryption_applied="1", encryption_cipher_text="JED01x"))
    assert "encrypted" in previewed(ada, sealed).refusal


def test_a_hostile_tar_is_refused_with_a_sentence(ada, monkeypatch):
    note = item(1, 1, "A", "Words", created_time="2024-03-07T09:00:00Z")
    (name,), right = note, jex(note)
    size = right[124:136]
    for data in (
        jex({f"../{name}": "x"}),
        jex({f"/{name}": "x"}),
        jex(note, kind=tarfile.SYMTYPE),
        right.replace(size, b"77777777777\0"),
        right[:300],
        right[:600],
        right[:148] + b"0" * 8 + right[156:],
        b"\x1f\x8b" + right,
    ):
        assert previewed(ada, data, "notes.jex").refusal
    assert previewed(ada, right + b"x" * 10_000, "notes.jex").preview["new"] == 1
    monkeypatch.setattr(archive, "LONGEST_LIST", 100)
    assert previewed(ada, right, "notes.jex").refusal
