"""The pages of an export that one reads: all of it is there, and every link ends somewhere."""

import base64
import gc
import hashlib
import re
from datetime import date
from html import unescape
from posixpath import dirname, join, normpath

import pytest

from journal.exchange import tables
from journal.exchange.export_filters import Rows
from journal.exchange.readable import pages, sources
from journal.exchange.readable.items import NOT_SAID
from journal.lessons import threads
from journal.operation.example import person as example
from journal.privacy.ownership import words_of
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry, EntryTag
from tests.boundaries.factories import make_boundary, make_crossing, make_telling
from tests.exchange.factories import exported, files_of
from tests.exchange.test_formats import PASSPHRASE, unlocked
from tests.factories import PASSWORD, make_entry, make_person
from tests.lessons.factories import make_lesson
from tests.promises.factories import answer, make_promise
from tests.reflections.mistakes_factories import make_mistake

pytestmark = pytest.mark.django_db
HOSTILE = "</style><script>alert(1)</script>\"'&"


def as_read(page: str) -> str:
    """What a person reads, without markup and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def links(files: dict[str, bytes]) -> list[tuple[str, str]]:
    found = []
    for name, content in files.items():
        if name.endswith(".html"):
            for kind, target in re.findall(r'(href|src)="([^"]*)"', content.decode()):
                path, _hash, anchor = target.partition("#")
                file = normpath(join(dirname(name), path)) if path else name
                found.append((file, anchor if kind == "href" else ""))
    return found


@pytest.fixture(scope="module")
def nora(module_data):
    return example.make_example_person(PASSWORD).person


@pytest.fixture
def short_books(monkeypatch):
    """Every book of more than a year is long enough for pages of its own."""
    monkeypatch.setattr(pages, "LONG", 0)


def test_every_word_of_a_journal_is_in_it(nora):
    page = as_read(files_of(exported(nora))["index.html"].decode()).casefold()
    told = [*sources.readable_models(tables.tables()), *sources.PARTS]
    missing = []
    with acting_as(nora):
        for model in told:
            for row in model._base_manager.filter(owner=nora, deleted_at=None):
                for field in words_of(model):
                    words = " ".join((getattr(row, field.name) or "").split())
                    is_text = (model, field.name) == (Entry, "body")
                    if field.name not in NOT_SAID and not is_text and words.casefold() not in page:
                        missing.append(f"{model.export_name}.{field.name}: {words}")
    assert not missing
    assert "how sure 5 of 10" in page  # of the dentist, whose terms never changed


def test_every_link_ends_somewhere_and_nothing_comes_from_elsewhere(nora, short_books):
    with acting_as(nora):
        entry = make_entry(nora, "Long ago", written_on=date(2019, 3, 4))
        threads.tie(nora, entry, nora.promises.finished().first())
    files = files_of(exported(nora))
    assert {"index.html", "2019.html", "2026.html"} <= set(files)
    assert "2019.html" in re.findall(r'href="([^"#]*)', files["2026.html"].decode())
    anchors = {
        name: set(re.findall(r'id="([^"]*)"', content.decode()))
        for name, content in files.items()
        if name.endswith(".html")
    }
    there = [target for target in links(files) if not target[0].startswith("http")]
    assert [one for one in there if one[0] not in files] == []
    assert [one for one in there if one[1] and one[1] not in anchors[one[0]]] == []
    for name in anchors:
        assert not re.search(r'src="(?!\w)|<script|@import|url\(', files[name].decode())


def test_the_policy_of_a_page_lets_its_own_style_in_and_nothing_else(ada):
    page = exported(ada, format="document").decode()
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    (policy,) = re.findall(r'content="(default-src[^"]*)"', page)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' file: data:"
    )


def test_markup_in_words_is_text(ada):
    ada.called = HOSTILE
    ada.save()
    promise = make_promise(ada, HOSTILE, why=HOSTILE)
    answer(promise, {promise.starts_on: "missed"}, note=HOSTILE)
    boundary = make_boundary(ada, HOSTILE)
    make_telling(boundary, told_to=HOSTILE)
    crossing = make_crossing(boundary, HOSTILE)
    mistake = make_mistake(ada, HOSTILE)
    make_lesson(ada, HOSTILE)
    make_entry(ada, HOSTILE, title=HOSTILE, mood=HOSTILE, tagged=["<b>bold</b>"], favourite=True)
    with acting_as(ada):
        threads.tie(ada, crossing, mistake)

    page = exported(ada, format="document").decode()

    assert "<script" not in page
    assert page.count("</style>") == 1
    assert "<b>bold" not in page
    assert as_read(page).count("alert(1)") > 15


def test_a_locked_export_names_no_year(ada, short_books):
    make_entry(ada, "Then", written_on=date(2019, 3, 4))
    make_entry(ada, "Now", written_on=date(2026, 3, 4))
    names = unlocked(exported(ada, passphrase=PASSPHRASE))
    assert {"index.html", "year-1.html", "year-2.html"} <= set(names)


def test_nobody_elses_words_are_in_it(ada):
    eve = make_person("eve@example.org")
    make_entry(eve, "Quokka", title="Quokka", favourite=True)
    make_promise(eve, "Quokka")
    assert b"Quokka" not in exported(ada, format="document")


def test_an_empty_journal_says_so(ada):
    assert "Nothing is written yet." in exported(ada, format="document").decode()


def test_what_was_told_does_not_stay_in_memory(ada):
    """Rows and their parts refer to each other, and no collector comes by here."""
    for number in range(2 * sources.A_FEW):
        make_entry(ada, f"Entry {number}", tagged=["Sleep"])
    gc.collect()
    gc.disable()
    before = tags_in_memory()  # of other tests
    try:
        with acting_as(ada):
            told = sources.items(ada, Rows(ada), [Entry], date.min, date.max)
            assert sum(bool(item) for _at, item in told) == 2 * sources.A_FEW
        left = tags_in_memory() - before
    finally:
        gc.enable()
    assert left <= sources.A_FEW


def tags_in_memory() -> int:
    return sum(type(one) is EntryTag for one in gc.get_objects())
