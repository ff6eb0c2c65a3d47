"""Per cent is written in one way, by one module: "82%", "82–95%"."""

import re

from journal.people.percent import percent, percent_range
from tests.architecture.sources import ROOT, in_english

MESSAGE = re.compile(r'_\(\s*"[^"]*%%')
WRITTEN = re.compile(r"(\}\}|\d)\s*%(?![}\w(%])")


def test_the_one_way():
    assert (percent(82.4), percent_range(82, 95)) == ("82%", "82–95%")


def test_no_other_module_writes_per_cent():
    found = [
        path.name for path in (ROOT / "journal").rglob("*.py") if MESSAGE.search(path.read_text())
    ]
    assert found == ["percent.py"]


def test_no_page_writes_per_cent_by_itself():
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    found = {path.name: WRITTEN.findall(path.read_text()) for path in pages}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_documents_write_it_without_a_space():
    spaced = re.compile(r"\d\s%(?!\w)")
    found = [path.name for path in in_english() if spaced.search(path.read_text())]
    assert found == []
