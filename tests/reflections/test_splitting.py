"""A text that is too long for one entry is kept whole: a button saves it as several."""

from uuid import uuid4

import pytest

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.reflections.entries.splitting import parts
from tests.factories import make_entry

pytestmark = pytest.mark.django_db

PARAGRAPH = "It rained again and I stayed in. " * 30
LONG = "\n\n".join(f"{number}. {PARAGRAPH.strip()}" for number in range(45))  # 3 entries
MORE = {"written_on": "2026-11-19", "tags": "rain", "title": "Rain", "intensity": "3"}
TOO_LONG = {
    "paragraphs": (LONG, 3),
    "one word": ("x" * 60_001, 4),
    "families": ("👨‍👩‍👧‍👦" * 20_001, 2),
    "accents": ("é" * 45_000, 3),
    "lines": ("a\n" * 30_000, 3),
    "an end of spaces": ("x" * 20_000 + " " * 30_000, 1),
    "flags": ("🇩🇪" * 40_001, 3),
    "one character more": ("a" * 19_999 + "e\u0301" * 2, 2),
}


def stored(person):
    with acting_as(person):
        rows = person.entries.order_by("written_on", "id").with_labels()
        return [(row.title, row.body, row.tag_names, row.intensity) for row in rows]


@pytest.mark.parametrize("kind", TOO_LONG)
def test_the_parts_are_the_whole(kind):
    text, number = TOO_LONG[kind]
    pieces = parts(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert len(pieces) == number
    for piece in pieces:
        Entry._meta.get_field("body").run_validators(piece)


def test_the_page_keeps_everything_and_offers_a_split(ada, ada_client):
    page = ada_client.post("/journal/write/", {**MORE, "body": LONG}).content.decode()
    assert "An entry can have up to 20,000 characters" in page
    assert LONG in page
    assert "Save as 3 entries" in page
    assert stored(ada) == []


def test_a_split_saves_all_of_it_once_with_its_labels(ada, ada_client):
    sent = {**MORE, "body": LONG, "do": "split", "id": uuid4()}
    answers = [ada_client.post("/journal/write/", sent) for _again in range(2)]

    assert len({answer["Location"] for answer in answers}) == 1
    titles, bodies, *labels = zip(*stored(ada), strict=True)
    assert titles == ("Rain", "Rain (2)", "Rain (3)")
    assert "\n\n".join(bodies) == LONG
    assert labels == [(["rain"],) * 3, (3,) * 3]


def test_a_longer_entry_is_split_and_later_once_more(ada, ada_client):
    entry = make_entry(ada, "Short.", written_on="2026-11-19")
    for version, text in ((1, LONG), (2, LONG.replace("rained", "snowed"))):
        sent = {**MORE, "body": text, "do": "split", "version": version}
        assert ada_client.post(f"/journal/{entry.pk}/edit/", sent).status_code == 302
    bodies = [body for _title, body, *_rest in stored(ada)]
    assert len(bodies) == 5
    assert sum(body.count("snowed") for body in bodies) == 45 * 30
    assert sum(body.count("rained") for body in bodies) > 20 * 30


def test_an_entry_that_changed_elsewhere_stays_and_the_parts_are_new(ada, ada_client):
    entry = make_entry(ada, "Short.", written_on="2026-11-19")
    with acting_as(ada):
        entry.body = "Changed on the phone."
        entry.save()
    sent = {**MORE, "body": LONG, "do": "split", "version": "1"}
    assert ada_client.post(f"/journal/{entry.pk}/edit/", sent).status_code == 302
    bodies = [body for _title, body, *_rest in stored(ada)]
    assert bodies[0] == "Changed on the phone."
    assert "\n\n".join(bodies[1:]) == LONG


def test_nothing_is_split_while_something_else_is_wrong(ada, ada_client):
    sent = {**MORE, "body": LONG, "do": "split", "title": "t" * 121}
    page = ada_client.post("/journal/write/", sent).content.decode()
    assert LONG in page
    assert "at most 120 characters" in page
    assert "Save as 3 entries" in page
    assert stored(ada) == []
