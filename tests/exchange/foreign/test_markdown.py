"""Markdown of any kind: the days of pages, and what becomes of the rest of them."""

from datetime import date

import pytest

from journal.exchange import archive
from journal.exchange.foreign import days, inner_zips
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import brought_in, packed
from tests.exchange.foreign.reading import asked, entries, left_out, previewed, read, sample
from tests.factories import make_entry
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db


def march(day: int) -> date:
    return date(2024, 3, day)


def test_a_vault(ada):
    row = read(ada, sample("obsidian.zip"), asked="1", also=["trash"])

    assert asked(row) == {
        **{"also file_time": 3, "also trash": 1, "also templates": 1, "zone": 1},
        **{"extra mood": 1, "extra place": 1, "extra summary": 1},
    }
    found = {body.split("\n")[0]: (day, at, title) for day, at, title, body, _tags in entries(ada)}
    assert len(found) == 32
    assert found["Core 'Daily notes' with format YYYY/MM-MMMM/YYYY-MM-DD-dddd."][0] == march(8)
    for words, day, at, title in (
        ("Compact date.", 6, "", ""),
        ("American long name.", 7, "", ""),
        ("British long name.", 7, "", ""),
        ("Folder year/month/day.", 9, "", ""),
        ("No leading zeros.", 9, "", ""),
        ("Folder with month name.", 10, "", ""),
        ("Dots.", 11, "", ""),
        ("Underscores.", 12, "", ""),
        ("Day first.", 13, "", ""),
        ("Only `created`.", 14, "21:15", ""),
        ("Quoted date.", 15, "", ""),
        ("A moment with an offset: here the 16th.", 17, "05:30", ""),  # in Berlin
        ("UTC late in the evening.", 18, "00:30", ""),
        ("Date with a space.", 18, "07:45", ""),
        ("Slashes.", 19, "", ""),
        ("US date.", 20, "", ""),
        ("Long date in front matter.", 21, "", ""),
        ("Nested maps.", 22, "", "Nested"),
        ("Comment.", 25, "", "Colon: inside"),
        ("Multiline strings.", 26, "", "A folded title"),
        ("Date as a wikilink.", 28, "", ""),
        ("Hugo TOML with a date in the name.", 29, "", "Toml"),
        ("I had thrown this away.", 30, "", ""),
    ):
        assert found[words] == (march(day), at, title), words
    tags = {day: tags for day, _at, _title, _body, tags in entries(ada)}
    assert (tags[march(22)], tags[march(24)]) == (["life/family", "rest"], ["work", "focus"])
    assert left_out(row)["It has no date, either in its front matter or in its name."] == 3


def test_the_name_of_a_page_wins_over_a_folder_and_a_date_in_a_longer_name_is_none(ada):
    read(ada, sample("folderdate.zip"))
    assert [(day, body) for day, _at, _title, body, _tags in entries(ada)] == [
        (march(7), "Thursday, seventh of March 2024."),
        (march(8), "Friday, eighth."),
        (march(9), "Saturday ninth."),
    ]


def test_several_pages_of_a_day_keep_their_order_and_their_times(ada):
    row = read(ada, sample("order.zip"))
    assert [(at, title) for _day, at, title, _body, _tags in entries(ada)] == [
        (f"{at[:2]}:{at[2:]}", f"at {at}")
        for at in ("0700", "0930", "1215", "1540", "1905", "2330")
    ]
    assert asked(row) == {"zone": 6}


def test_what_fits_no_field_is_a_line_a_tag_or_left_out_by_choice(ada):
    row = read(ada, sample("loss.zip"))
    kept = "Short.\n\nMood: 8\nPeople: Gran, Ida\nSummary: The best sentence of the day"
    assert entries(ada) == [(march(7), "", "", kept, ["walk", "family", "gran"])]
    choices = {"extra-people": "tag", "extra-mood": "mood", "extra-place": "line"}

    again = previewed(ada, sample("loss.zip"), **choices, **{"extra-summary": "out"})

    assert (again.preview["new"], again.preview["changed"]) == (1, 1)  # a tag
    read(ada, sample("loss.zip"), **choices, **{"extra-summary": "out"})
    ((_day, _at, _title, body, tags),) = entries(ada)
    assert (body, tags) == ("Short.\n\nPlace: Old Town", ["walk", "family", "gran", "Ida"])
    with acting_as(ada):
        assert ada.entries.get().mood == "8"
    assert asked(row).keys() == asked(again).keys()


def test_a_single_page_of_text_in_another_encoding(ada):
    text = "# 7. März 2024\n\nDie Größe der Möwen über Emden, und noch mehr schöne Wörter, überall."
    row = read(ada, text.encode("cp1252"), "notes.txt")
    assert row.preview["encodings"] == ["cp1252"]
    assert entries(ada) == [(march(7), "", "", text.split("\n\n")[1], [])]


def test_photos_that_a_page_links_to_come_with_it(ada):
    pages = {
        "Vault/Daily/2024-03-07.md": "One ![[sea 1.jpg]] two\n\n![The *sound*](../a/sound.mp3)",
        "Vault/Daily/2024-03-08.md": "![Waves](../a/sea%201.jpg) ![](http://example.org/x.png)",
        "Vault/a/sea 1.jpg": make_file().getvalue(),
        "Vault/a/sound.mp3": b"ID3",
    }
    row = read(ada, packed(pages))
    assert [body for _day, _at, _title, body, _tags in entries(ada)] == [
        "One  two\n\nThe *sound*",
        " ![](http://example.org/x.png)",
    ]
    with acting_as(ada):
        assert [photo.description for photo in ada.photos.order_by("entry__written_on")] == [
            "",
            "Waves",
        ]
    (note,) = row.preview["notes"]
    assert note["names"] == ["Vault/Daily/2024-03-07.md: Vault/a/sound.mp3"]


def test_a_page_changed_there_updates_what_nobody_edited_here_until_it_is_undone(ada):
    page, other = "notes/2024-03-07.md", "notes/2024-03-08.md"
    read(ada, packed({page: "First.", other: "Mine."}))
    with acting_as(ada):
        mine = ada.entries.get(written_on=march(8))
        mine.body = "Mine, and edited."
        mine.save()

    row = read(ada, packed({f"Backup 2/{page}": "Second.", f"Backup 2/{other}": "Theirs."}))

    preview = row.preview
    assert (preview["new"], preview["changed"], preview["differ"]) == (0, 1, 1)
    bodies = [body for _day, _at, _title, body, _tags in entries(ada)]
    assert bodies == ["Second.", "Mine, and edited."]
    signed_in(ada).post(f"{row.get_absolute_url()}undo/")
    bodies = [body for _day, _at, _title, body, _tags in entries(ada)]
    assert bodies == ["First.", "Mine, and edited."]


def test_a_zip_in_a_zip_is_read_and_counted_with_its_outer_one(ada, monkeypatch):
    inner = packed({"2024-03-07.md": "Inside.", "2024-03-08.md": "x" * 900})
    data = packed({"Part-1.zip": inner, "Part-2.zip": packed({"2024-03-09.md": "Also."})})
    read(ada, data)
    assert [day for day, *_rest in entries(ada)] == [march(7), march(8), march(9)]
    monkeypatch.setattr(archive, "MOST_BYTES", 905)
    assert "larger than a journal" in previewed(ada, data).refusal
    monkeypatch.setattr(inner_zips, "LARGEST", 100)
    assert "too large together" in previewed(ada, data).refusal


def test_files_of_one_name_in_two_parts_are_both_read_and_the_same_one_once(ada):
    same = {"2024-03-07.md": "In both."}
    first = packed({**same, "2024-03-08.md": "First."})
    second = packed({**same, "2024-03-08.md": "Second.", "2024-03-09.md": "Alone."})
    third = packed({"2024-03-08.md": "Third."})
    read(ada, packed({"Part-1.zip": first, "Part-2.zip": second, "Part-3.zip": third}))
    bodies = [body for _day, _at, _title, body, _tags in entries(ada)]
    assert bodies == ["In both.", "First.", "Second.", "Third.", "Alone."]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-07", march(7)),
        ("Thursday, 7. März 2024", march(7)),
        ("7 de marzo de 2024", march(7)),
        ("March 7th, 2024", march(7)),
        ("7th of March 2024", march(7)),
        ("vendredi 1er\xa0mars 2024", march(1)),  # as our own exports say it
        ("2024年3月7日", march(7)),
        ("07.03.2024", march(7)),
        ("2024-13-40", None),
        ("2024-W11", None),
        ("0000-01-01", None),
        ("1" * 5000, None),
    ],
)
def test_a_day_in_words_and_numbers(text, day):
    found = days.find(text, day_first=True)
    assert (found.day if found else None) == day


def test_the_order_of_day_and_month_is_asked_for(ada):
    data = packed({"a.md": "---\ndate: 03/07/2024\n---\nWords."})
    assert asked(previewed(ada, data)) == {"day_first": 1}
    read(ada, data, day_first="month")
    assert entries(ada)[0][0] == march(7)


def test_hostile_files(ada):
    """Each is refused with a sentence or named, never a fault of ours."""
    deep = "---\ntags: " + "[" * 150 + "]" * 150 + "\n---\nDeep."
    bomb = "---\na: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\ntags: [*c,*c,*c]\n---\nBomb."
    loop = "---\na: &a [*a]\n---\nLoop."
    pages = {f"2024-03-0{n}.md": text for n, text in enumerate((deep, bomb, loop), start=1)}
    read(ada, packed(pages))
    assert entries(ada)[0][3] == "Deep."
    for name, data in {
        "x.json": b'[{"a": 1}]',
        "x.db": b"SQLite format 3\0" + b"\0" * 100,
        "x.csv": b"a,b\n1,2\n",
        "x.xml": b"<?xml version='1.0'?><a/>",
        "x.md": b"Words without a day.",
        "\u202e.md": b"\xff\xfe",
    }.items():
        row = previewed(ada, data, name)
        assert row.refusal or not row.preview["new"], name
        assert row.looked_at


def test_what_was_typed_here_is_not_overwritten_by_a_changed_page_of_its_export(ada):
    """A row that was saved once has version 1, like one that an import wrote."""
    typed = make_entry(ada, "Typed here", written_on=date(2026, 1, 2))
    page = f'---\nselftrust: "{typed.pk}"\ndate: 2026-01-02\n---\nChanged elsewhere\n'
    brought_in(ada, packed({"2026-01-02.md": page}))
    with acting_as(ada):
        assert "Typed here" in [one.body for one in ada.entries.live()]


def test_a_page_with_headings_of_days_becomes_an_entry_for_each(ada):
    days = "Before.\n\n## 2024-03-07 08:15\n\nOne\n\n### More\n\n## Friday, March 8, 2024\n\nTwo"
    text = f"---\ntags: diary\ntitle: All\n---\n# Journal\n\n{days}\n\n## 2024-03-08\n\nThree"
    row = read(ada, packed({"all.md": text, "2024-03-09.md": "## 2024-03-01\na\n## 2024-03-02\nb"}))
    assert entries(ada) == [
        (march(7), "08:15", "", "One\n\n### More", ["diary"]),
        (march(8), "", "", "Two", ["diary"]),
        (march(8), "", "", "Three", ["diary"]),
        (march(9), "", "", "## 2024-03-01\na\n## 2024-03-02\nb", []),
    ]
    assert left_out(row) == {"It has no date, either in its front matter or in its name.": 1}
    assert read(ada, packed({"all.md": text})).preview["new"] == 0
