"""What the example person and her coach write, in other languages.

words/LANG.json has each English string of journal.json and coach.py in that language; ids, dates
and codes stand in journal.json alone. A file that lacks a string is not used: the whole example is
then in English, since nobody writes a journal in two languages.
"""

import json
from pathlib import Path

from django.conf import settings

from journal.operation.example import coach, fixture
from journal.operation.example.fixture import Say

FOLDER = Path(__file__).with_name("words")


def strings() -> list[str]:
    """All that is to be said in another language, in the order of the files, each once."""
    found: list[str] = []

    def noted(text: str) -> str:
        found.append(text)
        return text

    fixture.said(fixture.given(), noted)
    return [*dict.fromkeys([*found, *coach.strings()])]


def read(language: str) -> dict[str, str]:
    file = FOLDER / f"{language}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def language_of(language: str) -> str:
    """The language in which the example is written for those who read this one."""
    is_whole = read(language).keys() >= {*strings()}
    return language if is_whole else settings.LANGUAGE_CODE


def in_language(language: str) -> Say:
    words = read(language_of(language))
    return words.__getitem__ if words else str
