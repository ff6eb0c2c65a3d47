"""No page holds a pattern of a date that a language cannot change."""

import re
from datetime import date
from importlib import import_module
from pathlib import Path

from django.utils import translation

from journal.languages import formats
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
        own = {name for name in vars(module) if not name.startswith("__")}
        assert own, path
        assert own <= formats.PATTERNS, (path, own - formats.PATTERNS)


def test_a_week_is_said_as_the_language_says_a_span():
    said = {}
    for code in ("en-gb", "en-us", "de"):
        with translation.override(code):
            said[code] = span(date(2026, 11, 16), date(2026, 11, 22))
    assert said == {
        "en-gb": "16 to 22 November 2026",
        "en-us": "November 16 to November 22, 2026",
        "de": "16. bis 22. November 2026",
    }
