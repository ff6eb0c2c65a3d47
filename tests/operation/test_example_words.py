"""The example in other languages: each file has each string, as marked up and as short as it has to
be, and says what the interface in that language says where it would have written it itself."""

import json
import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from journal.exchange import tables
from journal.lessons.models import Lesson
from journal.operation.example import fixture, words
from journal.people.values.models import STARTERS as VALUES
from journal.privacy.fields import WordsField
from journal.reflections.compassion.starters import STARTERS as KIND_WORDS

FILES = sorted(words.FOLDER.glob("*.json"))
# Names, in letters that a language shares with English; and what is the same word in it.
NAMES = {"Nora", "Tobias", "Priya", "Henrik", "Marit", "Ida"}
SAME: dict[str, set[str]] = {"de": NAMES, "fr": NAMES, "es": NAMES, "ar": set()}
# Of Markdown and of lines: emphasis, items, paragraphs, links.
MARKS = re.compile(r"\*+|^- |\n|\]\(", re.M)


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def language(request):
    with translation.override(request.param.stem):
        yield request.param.stem


def test_no_language_that_is_offered_reads_the_example_in_english():
    offered = {code for code, _name in settings.LANGUAGES if code.partition("-")[0] != "en"}
    assert {code for code in offered if words.language_of(code) != code} == set()


def test_it_has_what_the_example_says_and_nothing_else(language):
    said, english = words.read(language), words.strings()
    assert [one for one in english if one not in said] == [], "to be translated"
    assert [one for one in said if one not in english] == [], "in the example no more"
    assert list(said) == english, "in the order of the example"
    assert {one for one, text in said.items() if text == one} <= SAME[language], "left in English"
    marked = [(one, text) for one, text in said.items() if text.strip() != text or not text.strip()]
    assert [one for one, _text in marked if one.strip() == one] == [], "blank at an end"
    changed = [one for one, text in said.items() if MARKS.findall(one) != MARKS.findall(text)]
    assert changed == [], "other lines or emphasis"


def test_it_fits_its_fields(language):
    journal = fixture.said(fixture.given(), words.in_language(language))
    for label, rows in journal["tables"].items():
        columns = tables.columns(tables.by_label()[label])
        most = {one.name: one.max_length for one in columns if isinstance(one, WordsField)}
        for row in rows:
            for name in row.keys() & most.keys():
                assert len(row[name]) <= most[name], (label, name, row[name])


def test_what_is_made_of_other_words_is_made_of_those(language):
    """Sentences that the app put together, and what was chosen from its lists."""
    said, lines = words.read(language), {}
    for english, text in said.items():
        lines |= dict(zip(english.split("\n"), text.split("\n"), strict=True))
    for english, text in said.items():
        if english in lines:
            assert lines[english] == text
    for row in fixture.given()["tables"][Lesson.export_name]:
        parts = (row["if_situation"], row["then_action"])
        with translation.override(settings.LANGUAGE_CODE):
            english = Lesson(if_situation=parts[0], then_action=parts[1]).sentence
        if english in said:
            lesson = Lesson(if_situation=said[parts[0]], then_action=said[parts[1]])
            assert said[english] == lesson.sentence
    with translation.override(settings.LANGUAGE_CODE):
        ours = {str(one) for one in (*KIND_WORDS, *VALUES)}
    for starter in ours & lines.keys():
        assert lines[starter] == gettext(starter)


def test_a_file_that_lacks_one_string_is_not_used_at_all(tmp_path, monkeypatch):
    whole = words.read(FILES[0].stem)
    lacking = {one: text for one, text in whole.items() if one != "One page"}
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    for said, used in ((whole, "whole"), (lacking, settings.LANGUAGE_CODE)):
        (tmp_path / "whole.json").write_text(json.dumps(said))
        assert words.language_of("whole") == used
    assert words.in_language("whole")("One page") == "One page"
    assert words.in_language("whole")("Two") == words.in_language("missing")("Two") == "Two"
