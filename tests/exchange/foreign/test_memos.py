"""memos' list of memos as JSON."""

import json
import sqlite3
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.exchange.foreign.reading import asked, entries, left_out, notes, previewed, read, sample

pytestmark = pytest.mark.django_db


def march(day: int) -> date:
    return date(2024, 3, day)


def test_what_the_api_answers(ada):
    row = read(ada, sample("memos.json"), "memos.json")
    words = "# A heading\n\nWords with a #sample\n\n[photo]"
    assert entries(ada) == [
        (march(7), "21:00", "", "Earlier that day", []),
        (march(8), "00:30", "", words, ["sample", "two words"]),  # in Berlin
    ]
    assert asked(row) == {"extra place": 1, "also archive": 1}
    assert left_out(row) == {"It has no date.": 1, "It can’t be read.": 1}
    assert notes(row) == {
        "A file of it is not in the JSON: sea.jpg": 1,
        "Others could read it there. Here only you can.": 1,
    }
    with acting_as(ada):
        assert [one.favourite for one in ada.entries.oldest_first()] == [False, True]

    memos = json.loads(sample("memos.json"))["memos"]
    memos[1]["content"] = "Changed since"
    again = read(ada, json.dumps(memos).encode(), "bare.json", asked="1", also=["archive"])

    assert (again.preview["new"], again.preview["changed"]) == (1, 1)
    assert [body for *_when, body, _tags in entries(ada)] == ["Changed since", words, "Put away"]


def test_its_database_is_refused_by_name(ada):
    held = sqlite3.connect(":memory:")
    held.execute("CREATE TABLE memo (id INTEGER PRIMARY KEY, content TEXT)")
    assert "database of memos" in previewed(ada, held.serialize(), "memos_prod.db").refusal


def test_the_older_api_and_odd_values(ada):
    memo = {"rowStatus": "NORMAL", "createdTs": 1709845200, "content": "Sample"}
    memos = [
        *({**memo, "id": 1}, {**memo, "id": 2, "createdTs": 10**30}, {**memo, "content": None}),
        {**memo, "id": 3, "tags": "words", "location": 5, "resources": [7], "pinned": "yes"},
        {**memo, "id": 4, "content": "\ud800"},
    ]
    row = read(ada, json.dumps(memos).encode(), "memos.json")
    assert [(day, at, body) for day, at, _title, body, _tags in entries(ada)] == [
        (march(7), "22:00", "Sample"),
        (march(7), "22:00", "Sample"),
    ]
    assert sum(left_out(row).values()) == 3
