"""No page holds a pattern of a date that a language cannot change."""

import re
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from journal.languages import formats
from journal.languages.paths import found_in
from journal.reflections.week.presenters import span
from tests.architecture.sources import ROOT, TEMPLATES

IN_TEMPLATE = re.compile(r"\|(?:date|time):(?P<q>[\"'])(?P<pattern>.*?)(?P=q)")
IN_CODE = re.compile(r"\"(?P<pattern>[FMNlDjdYyHiG](?:[ ,:./-]+[FMNlDjdYyHiG0]+)*)\"")
# More than one part, so that languages differ in their order: a day or a year beside a month or a
# weekday, or a time after them.
SEVERAL = re.compile(r"^(?=.*[FMlD])(?=.*[jYH])(?!.*_)")


def patterns(path: Path, reader: re.Pattern[str]) -> set[str]:
    return {found["pattern"] for found in reader.finditer(path.read_text())}


def test_every_pattern_of_a_date_is_known_to_the_languages():
    code = [path for path in (ROOT / "journal").rglob("*.py") if "date_format" in path.read_text()]
    found = set().union(
        *(patterns(path, IN_TEMPLATE) for path in TEMPLATES),
        *(patterns(path, IN_CODE) for path in code),
    )
    several = {one for one in found if SEVERAL.match(one)}
    assert several, "The search finds nothing any more."
    assert several <= formats.PATTERNS, several - formats.PATTERNS


def test_a_language_writes_only_patterns_that_are_used():
    folder = Path(formats.__file__).parent
    for path in folder.glob("*/formats.py"):
        module = import_module(f"journal.languages.formats.{path.parent.name}.formats")
        own = {name for name, value in vars(module).items() if isinstance(value, str)}
        own = {name for name in own if not name.startswith("__")}
        assert own, path
        assert own <= formats.PATTERNS, (path, own - formats.PATTERNS)


def test_a_week_is_said_as_the_language_says_a_span():
    said = {}
    for code in ("en-gb", "en-us", "de", "fr", "es"):
        with translation.override(code):
            said[code] = span(date(2026, 12, 1), date(2026, 12, 7)).replace("\xa0", " ")
    assert said == {
        "en-gb": "1 to 7 December 2026",
        "en-us": "December 1 to December 7, 2026",
        "de": "1. bis 7. Dezember 2026",
        "fr": "1er – 7 décembre 2026",
        "es": "1 – 7 de diciembre de 2026",
    }


def test_only_french_has_a_word_for_the_first_of_a_month_and_no_day_leaves_its_month():
    first, second = datetime(2026, 12, 1, 9), datetime(2026, 12, 2, 9)
    for code in found_in(settings.BASE_DIR / "locale"):
        with translation.override(code):
            for pattern in formats.PATTERNS:
                said = date_format(first, pattern)
                if "j" in pattern or pattern == "DATE_FORMAT":
                    assert ("1er" in said) == (code == "fr"), (code, said)
                    assert "2er" not in date_format(second, pattern), (code, said)
                assert not re.search(r"\b1(er|\.)? [^\W\d]", said), (code, said)
