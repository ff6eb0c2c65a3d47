"""Pages of Markdown made by strangers: each stands alone, and one that cannot be read says why."""

import pytest

from journal.exchange.front_matter import split
from journal.privacy.normalization import MOST_MARKS
from journal.privacy.rls import acting_as
from tests.exchange.factories import brought_in, packed, sent

pytestmark = pytest.mark.django_db

GOOD = {"2026-01-01.md": "A quiet day.", "2026-01-02.md": "---\ntitle: Rain\n---\nAnother."}
BROKEN = "it contains a broken character"
NO_TEXT = "it contains a character that isn’t allowed in text"


def page(front: str, body: str = "Words.") -> str:
    return f"---\n{front}\n---\n{body}"


LEFT_OUT: dict[str, tuple[bytes | str, str]] = {
    "half a character": (page('title: "\\ud800"'), f"Title: {BROKEN}"),
    "half a character in a tag": (page('tags: ["\\ud800"]'), f"Tag: {BROKEN}"),
    "half a character in a list": (page('tags:\n- "\\udfff"'), f"Tag: {BROKEN}"),
    "NUL": (page('title: "\\u0000"'), f"Title: {NO_TEXT}"),
    "NUL in a tag": (page('tag: "\\u0000"'), f"Tag: {NO_TEXT}"),
    "NUL in the body": ("A\0B", "It contains a character that isn’t allowed in text."),
    "empty": ("  \n", "It is empty."),
    "the year 1": (page("date: 0001-01-01"), "Its date is before 1900 or in the future."),
    "the year 9999": (page("date: 9999-12-31"), "Its date is before 1900 or in the future."),
}
# Odd, and read all the same.
READ: dict[str, tuple[bytes | str, str]] = {
    "an alias bomb": (page("a: &a [x, x]\nb: &b [*a, *a]\ntags: *b"), ""),
    "a tag that runs code": (page("title: !!python/object/apply:os.system [ls]"), "ls"),
    "brackets without end": (page(f"tags: {'[' * 4_000}{']' * 4_000}"), ""),
    "open brackets": (page(f"title: {'[' * 4_000}"), "["),
    "a number without end": (page(f"title: {'1' * 9_000}"), "1"),
    "a number without end in JSON": (page(f"tags: [{'1' * 9_000}]"), ""),
    "a list as the title": (page("title: [Rain, Snow]"), "Rain, Snow"),
    "nothing as the title": (page("title: []"), ""),
    "lists in a list": (page('tags: [["a"], {"b": 1}, "c"]'), ""),
    "keys without end": (page("\n".join(f"k{number}: v" for number in range(190))), ""),
    "a mark of byte order": (b"\xef\xbb\xbfWords.", ""),
    "UTF-16": ("Größe".encode("utf-16"), ""),
    "Latin-1": ("Größe".encode("latin-1"), ""),
    "the year 0": (page("date: 0000-01-01"), ""),  # its name says a day
    "the 31st of June": (page("date: 2025-06-31"), ""),
    "Mac line ends": ("---\rtitle: Rain\r---\rWords.", "Rain"),
}


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_a_page_that_cannot_be_read_is_named_and_the_rest_is_offered(kind, eve):
    content, why = LEFT_OUT[kind]

    row = sent(eve, packed({**GOOD, "2026-01-03.md": content}))

    assert (row.refusal, row.preview["new"]) == ("", 2)
    assert row.preview["skipped"] == [
        {"why": why, "count": 1, "names": ["2026-01-03.md"], "more": 0}
    ]


def test_a_damaged_page_among_whole_ones(eve):
    good, content = packed({**GOOD, "2026-01-03.md": "SPOILED"}), b"SPOILED"
    assert good.count(content) == 1

    row = sent(eve, good.replace(content, b"spoiled"))

    assert (row.refusal, row.preview["new"]) == ("", 2)
    assert row.preview["skipped"][0]["why"] == "This file is damaged."
    assert row.preview["skipped"][0]["names"] == ["2026-01-03.md"]


@pytest.mark.parametrize("kind", READ)
def test_an_odd_page_is_read(kind, eve):
    content, title = READ[kind]

    row = brought_in(eve, packed({**GOOD, "2026-01-03.md": content}))

    with acting_as(eve):
        assert row.done_at
        (entry,) = eve.entries.filter(written_on="2026-01-03")
        assert entry.title.startswith(title)
        assert (entry.title == "") == (title == "")


def test_a_tag_of_a_page_that_is_left_out_is_made_by_the_next(eve):
    spoiled = page('title: "\\ud800"\ntags: rain')
    row = brought_in(eve, packed({"2026-01-01.md": spoiled, "2026-01-02.md": page("tags: rain")}))
    with acting_as(eve):
        assert (row.refusal, [one.tag_names for one in eve.entries.all()]) == ("", [["rain"]])


def test_piled_up_marks_are_shortened_and_the_page_is_named(eve):
    piled = "a" + "\u0301\u0323" * 9900
    row = brought_in(eve, packed({**GOOD, "2026-01-03.md": page("title: Rain", piled)}))

    why = "A letter had more than 12 accents. The rest were left out."
    assert row.preview["shortened"] == [
        {"why": why, "count": 1, "names": ["2026-01-03 Rain"], "more": 0}
    ]
    with acting_as(eve):
        body = eve.entries.get(written_on="2026-01-03").body
    assert (body[0], len(body)) == ("ạ", MOST_MARKS)


def test_a_long_title_tag_or_mood_stays_in_the_text(eve):
    title, tag, mood = "Rain " * 30, "tag " * 20, "So many words for it " * 3
    front = f"title: {title}\ntags: {tag}\nmood: {mood}"
    brought_in(eve, packed({**GOOD, "2026-01-03.md": page(front)}))
    with acting_as(eve):
        entry = eve.entries.get(written_on="2026-01-03")
    assert entry.body == f"{title.strip()}\n\nWords.\n\nMood: {mood.strip()}\n{tag.strip()}"
    assert entry.mood == ""
    assert entry.title == ("Rain " * 24)[:-1] + "…"


def test_tags_beyond_the_twentieth_stay_in_the_text(eve):
    names = [f"tag {number}" for number in range(23)]
    brought_in(eve, packed({"2026-01-03.md": page(f"tags: {', '.join(names)}")}))
    with acting_as(eve):
        entry = eve.entries.get()
        assert entry.tag_names == names[:20]
    assert entry.body == f"Words.\n\n{', '.join(names[20:])}"


def test_a_text_longer_than_an_entry_becomes_several(eve):
    text = "\n\n".join(f"Paragraph {number}. {'word ' * 300}".strip() for number in range(40))
    row = brought_in(eve, packed({"2026-01-03.md": f"---\ntitle: Long\n---\n{text}"}))
    with acting_as(eve):
        found = list(eve.entries.oldest_first())
        assert [one.title for one in found] == [f"Long ({n} of 4)" for n in (1, 2, 3, 4)]
        assert "\n\n".join(one.body for one in found) == text
    (note,) = row.preview["notes"]
    assert note["names"] == ["2026-01-03.md"]


def test_the_same_words_in_two_forms_are_one_page(eve):
    brought_in(eve, packed({"2026-01-01.md": "Cafe\u0301"}))
    row = sent(eve, packed({"2026-01-01.md": "Café"}))
    assert (row.preview["new"], row.preview["here"], row.preview["differ"]) == (0, 1, 0)


def test_front_matter_is_text_or_lists_of_text():
    front = 'a: "x"\nb: [1, true, "y"]\nc: [p, q\nd: [p, "q"]\ne: \'z\'\nf:\n- 1\n- [2]'
    assert split(page(front))[0] == {
        **{"a": "x", "b": ["1", "True", "y"], "c": "[p, q", "d": ["p", "q"], "e": "z"},
        "f": ["1", "[2]"],
    }
