"""jrnl: the same journal in each of its forms, and what those leave open."""

import json
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, previewed, read, sample

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 7)
BODY = "It was good, @walk and @rest.\n\nHome by four."
JOURNAL = [
    (DAY, "20:15", "Walked after lunch.", BODY, ["walk", "rest"]),
    (DAY, "20:15", "", "Again @walk", ["walk"]),
]
HEAD = "[2024-03-07 08:15:00 PM]"
TEXT = f"{HEAD} Walked after lunch. *\n{BODY}\n\n{HEAD} Again @walk\n"
PAGE = (
    "---\ntitle: Walked after lunch.\ndate: 2024-03-07 20:15\nstarred: True\ntags: walk, rest\n"
    "body: |\t\t\n\tIt was good, @walk and @rest.\n\t\n\tHome by four.\n..."
)
OTHER = (
    "---\ntitle: Again @walk\ndate: 2024-03-07 20:15\nstarred: False\ntags: walk\nbody: |\t\t\n..."
)
XML = f"""<?xml version="1.0" ?>
<journal>
	<entries>
		<entry date="2024-03-07T20:15:00" starred="True">
			<tag name="@walk"/>
			<tag name="@rest"/>
			Walked after lunch. {BODY}
		</entry>
		<entry date="2024-03-07T20:15:00" starred="">
			<tag name="@walk"/>
			Again @walk
		</entry>
	</entries>
	<tags>
		<tag name="@walk">2</tag>
	</tags>
</journal>
"""


def test_each_form_is_the_same_journal_and_doubles_nothing(ada):
    row = read(ada, sample("jrnl.json"), "jrnl.json")
    assert entries(ada) == JOURNAL
    assert asked(row) == {"zone": 2}
    with acting_as(ada):
        assert [one.favourite for one in ada.entries.oldest_first()] == [True, False]
    pages = {"2024-03-07_walked.md": PAGE, "2024-03-07_zagain.md": OTHER}
    folder = {"jrnl/2024/03/07.txt": TEXT.replace("2024-03-07 ", ""), "jrnl/notes.txt": "Else"}
    old = TEXT.replace(HEAD, "2024-03-07 20:15")
    singly = json.loads(sample("jrnl.json"))["entries"]
    for name, data in {
        "json": sample("jrnl.json"),
        "text": TEXT.encode(),
        "text before jrnl 2": old.encode(),
        "yaml": packed(pages),
        "folder": packed(folder),
        "a file each": packed({f"{n}.json": json.dumps(one) for n, one in enumerate(singly)}),
        "text of Windows in a ZIP": packed({"j.txt": "\ufeff" + TEXT.replace("\n", "\r\n")}),
    }.items():
        again = read(ada, data, name)
        assert (again.preview["new"], again.preview["changed"]) == (0, 0), name
        assert entries(ada) == JOURNAL, name
    row = previewed(ada, packed(folder))
    assert left_out(row) == {"It has no date.": 1}


def test_xml_has_title_and_text_in_one(ada):
    read(ada, XML.encode(), "jrnl.xml")
    assert entries(ada) == [
        (DAY, "20:15", "", f"Walked after lunch. {BODY}", ["walk", "rest"]),
        JOURNAL[1],
    ]
    assert previewed(ada, XML.encode(), "again.xml").preview["changed"] == 0
    bomb = XML.replace("<journal>", "<!DOCTYPE a [<!ENTITY b 'c'>]><journal>")
    assert "can’t be read" in previewed(ada, bomb.encode(), "jrnl.xml").refusal


def test_the_folder_of_a_journal_says_the_day_and_brackets_in_a_text_begin_no_entry(ada):
    text = (
        "[2024-03-01 07:00] Moved\n[1] a line\n[2024-03-01] another\n[2024-03-01 09:30] Second\nx"
    )
    read(ada, packed({"2024/03/07.txt": text}))
    assert entries(ada) == [
        (DAY, "07:00", "Moved", "[1] a line\n[2024-03-01] another", []),
        (DAY, "09:30", "Second", "x", []),
    ]


def test_own_ids_headings_devices_and_what_cannot_be_read(ada):
    row = {"title": "T", "body": "B", "date": "2024-03-07", "starred": False, "uuid": "A"}
    rows = [
        row | {"creator": {"device_agent": "a laptop"}, "new": [1]},
        row | {"uuid": "B", "time": "25:99", "tags": "walk"},
        row | {"uuid": "C", "date": None},
        row | {"uuid": "D", "title": ["T"]},
        row | {"uuid": 7, "body": None, "time": "08:00", "tags": ["@a", 3]},
        "text",
    ]
    found = read(ada, json.dumps({"entries": rows}).encode(), "jrnl.json")
    assert entries(ada) == [
        (DAY, "08:00", "", "T", ["a"]),
        (DAY, "", "T", "B", []),
        (DAY, "", "T", "B", []),
    ]
    assert asked(found) == {"zone": 1, "extra device": 1}
    assert left_out(found) == {"It has no date.": 1, "It can’t be read.": 2}
    assert found.preview["notes"][0]["names"] == ["25:99"]
    page = PAGE.replace("Home", "## Home").replace("title: Walked", "title: # It's: [walked")
    later = packed({"a.md": page.replace("body", "uuid: A\nbody", 1)})
    read(ada, later)
    title, body = "# It's: [walked after lunch.", BODY.replace("Home", "# Home")
    assert (DAY, "20:15", title, body, ["walk", "rest"]) in entries(ada)
    assert len(entries(ada)) == 3


def test_an_encrypted_journal_is_told_how_to_decrypt(ada):
    refusal = previewed(ada, b"gAAAAABk" + b"x" * 200, "journal.txt").refusal
    assert "jrnl --decrypt" in refusal
