"""Notion's Markdown & CSV."""

from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
ONE, TWO, BASE = "1b" * 16, "20240101" * 4, "0a" * 16


def march(day: int) -> date:
    return date(2024, 3, day)


def test_an_export_in_parts(ada):
    files = {"Export-1-Part-1.zip": sample("notion"), "Export-1-Part-2.zip": packed({"x.txt": ""})}
    row = read(ada, packed(files))
    assert entries(ada) == [
        (march(7), "20:15", "Thursday", "Walked after lunch.\n\nMood: Good", ["walk", "diary"]),
        (march(8), "", "", "> Mind the tide\n\nRang Gran.", []),
        (march(9), "", "", "Only a row\n\nMood: Fine", []),
    ]
    assert asked(row) == {"extra mood": 2, "zone": 1, "also file_time": 1}
    assert left_out(row)["It has no date, either in its front matter or in its name."] == 1
    with acting_as(ada):
        assert [one.description for one in ada.photos.all()] == [""]
    again = read(ada, packed(files)).preview
    assert (again["new"], again["changed"]) == (0, 0)


def test_a_page_that_was_renamed_is_the_same(ada):
    text = "# {}\n\nDate: 2024/03/07\n\n{}"
    read(ada, packed({f"A {ONE}.md": text.format("A", "One")}))
    preview = read(ada, packed({f"In/B {ONE}.md": text.format("B", "Two")})).preview
    assert (preview["new"], preview["changed"]) == (0, 1)
    assert [shown[2:4] for shown in entries(ada)] == [("B", "Two")]


def test_days_properties_and_links(ada):
    texts = [
        "# Zone\n\nCreated: March 7, 2024 11:30 PM (GMT-5)\n\nWords",
        "# Stretch\n\nDate: March 9, 2024 → March 11, 2024\nWith: Gran (../Gran%20"
        + TWO
        + ".md)\n",
        "# No property\n\nNote: I know.\nIt goes on on March 10, 2024.",
        "# @March 12, 2024 9:00 AM\n\nSee [Gran](../Gran%20(a)%20" + TWO + ".md) [x](http://x.org)",
        "# Löwe\n\nErstellt am: 13. März 2024 08:05\nLast edited time: March 14, 2024\n\nSo.",
        "# Odd\n\nDate: soon\n\n2024",
        "",
    ]
    pages = {f"{number} {number}{ONE[1:]}.md": text for number, text in enumerate(texts)}
    pages[f"Gran {TWO}.md"] = "# Gran\n\nNobody."  # its id is no day
    row = read(ada, packed(pages))
    assert [shown[:4] for shown in entries(ada)] == [
        (march(8), "05:30", "Zone", "Words"),  # in Berlin
        (
            *(march(9), "", ""),
            "Stretch\n\nDate: March 9, 2024 → March 11, 2024\nPeople: Gran",
        ),
        (march(12), "09:00", "March 12, 2024 9:00 AM", "See Gran [x](http://x.org)"),
        (march(13), "08:05", "Löwe", "So."),
    ]
    assert left_out(row) == {"It has no date, either in its front matter or in its name.": 4}


def test_a_page_of_several_days(ada):
    text = "# Diary\n\n## March 7, 2024\n\nOne\n\n## March 8, 2024\n\n{}"
    read(ada, packed({f"Diary {ONE}.md": text.format("Two")}))
    preview = read(ada, packed({f"Renamed {ONE}.md": text.format("Other")})).preview
    assert (preview["new"], preview["changed"]) == (0, 1)
    assert [shown[:4] for shown in entries(ada)] == [
        (march(7), "", "", "One"),
        (march(8), "", "", "Other"),
    ]


def test_a_database_without_pages(ada):
    table = f"Journal {BASE}.csv"
    rows = "Name,Day,Notes\nA,2024/03/07,one\n,March 8 2024,two\nB,,three\nA,2024/03/07,\n"
    row = read(ada, packed({table: rows, f"Journal {BASE}_all.csv": rows}))
    assert [shown[3] for shown in entries(ada)] == ["A\n\nNotes: one", "notes: two"]
    assert sum(left_out(row).values()) == 2
    read(ada, rows.encode(), table)


def test_photos_whose_names_have_brackets(ada):
    page = "# A\n\nDate: 2024/03/07\n\n![sea (1)](A/sea%20(1).png) and [the map](A/map.pdf)"
    files = {f"A {ONE}.md": page, "A/sea (1).png": make_file().getvalue(), "A/map.pdf": "%PDF-"}
    row = read(ada, packed(files))
    assert entries(ada)[0][3] == " and the map"
    with acting_as(ada):
        assert [one.description for one in ada.photos.all()] == [""]
    assert sum(left_out(row).values()) == 1
