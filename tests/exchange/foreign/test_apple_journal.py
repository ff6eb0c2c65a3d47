"""Apple Journal's ZIP of HTML."""

from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, notes, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
WORDS = "Paragraph **one**.\n\n2 < 3 & so on.\n\n[photo]\n\n[video]"
WORDS += "\n\nMood: Calm, Awake\nPeople: Sample Person\nActivities: Walking, 2.5 km"


def test_an_export(ada):
    row = read(ada, sample("apple_journal"))
    assert entries(ada) == [
        (date(2023, 12, 17), "", "", "Only a title", []),
        (date(2024, 11, 3), "", "A & title", WORDS, []),  # as its name says
    ]
    assert asked(row) == {
        **{"extra mood": 1, "extra people": 1, "extra place": 1, "extra activities": 1},
        **{"extra music": 1, "also moods": 1},
    }
    assert sum(left_out(row).values()) == 1
    assert sum(notes(row).values()) == 2
    with acting_as(ada):
        assert {one.own_prompt.text for one in ada.entries.exclude(own_prompt=None)} == {
            "What was good?"
        }
    again = read(ada, sample("apple_journal"), asked="1", also=["moods"])
    assert (again.preview["new"], again.preview["changed"]) == (1, 0)
    assert entries(ada)[-1][:4] == (date(2024, 11, 5), "", "", "Mood: Quiet")


def page(day: str, body: str) -> str:
    return f"<div class='pageHeader'>{day}</div><div class='bodyText'>{body}</div>"


def test_photos_several_pages_of_a_day_and_broken_ones(ada):
    show = "<div class='gridItem assetType_photo'><img src='../Resources/X%201.JPG'></div>"
    files = {
        "E/Entries/2024-11-03_10.html": page("x", "Third"),
        "E/Entries/2024-11-03_2.html": page("x", "Second"),
        "E/Entries/2024-11-03.html": show + page("x", "<ul><li>First</li></ul>"),
        "E/Entries/later.html": page("no day", "Words"),
        "E/Entries/empty.html": page("5 November 2024", ""),
        "E/Entries/other.html": "<html><p class='title'>Not one</p></html>",
        "E/Entries/2024-13-45.html": "</div></div>" + page("6. November 2024", "<p>Open</div>"),
        "E/Resources/X 1.jpg": make_file().getvalue(),
        "E/Resources/Y.mov": b"x",
    }
    row = read(ada, packed(files))
    assert [(day.day, body) for day, _at, _title, body, _tags in entries(ada)] == [
        (3, "- First"),
        (3, "Second"),
        (3, "Third"),
        (6, "Open"),
    ]
    with acting_as(ada):
        assert ada.photos.count() == 1
    assert sum(left_out(row).values()) == 4
