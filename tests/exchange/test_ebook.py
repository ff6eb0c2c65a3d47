"""The e-book and the plain text of an export, of the same as its pages."""

import io
import struct
from datetime import date
from posixpath import dirname, join, normpath
from urllib.parse import urldefrag
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from journal.exchange.models import Export
from journal.exchange.readable.xhtml import xhtml
from journal.lessons import threads
from journal.operation.example import person as example
from journal.privacy.rls import acting_as
from tests.exchange.factories import exported
from tests.exchange.test_book import HOSTILE
from tests.exchange.test_formats import PASSPHRASE, unlocked
from tests.factories import PASSWORD, make_entry
from tests.promises.factories import answer, make_promise

pytestmark = pytest.mark.django_db
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def nora(module_data):
    return example.make_example_person(PASSWORD).person


def assert_is_a_book(archive: bytes) -> dict[str, str]:
    """Its rules, as readers and EPUBCheck know them; returns the text of each chapter."""
    with ZipFile(io.BytesIO(archive)) as opened:
        first, names = opened.infolist()[0], opened.namelist()
        assert opened.testzip() is None
        files = {name: opened.read(name) for name in names}
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    flags, name_length, extra_length = struct.unpack("<6xH18xHH", archive[:30])
    assert (flags & 0x08, name_length, extra_length) == (0, len("mimetype"), 0)
    assert archive[30:].startswith(b"mimetypeapplication/epub+zip")
    assert len(names) == len(set(names))

    container = ElementTree.fromstring(files["META-INF/container.xml"])
    (root,) = (one.get("full-path") for one in container.iter() if one.tag.endswith("rootfile"))
    package = ElementTree.fromstring(files[root])
    assert package.get("version") == "3.0"
    assert all(package.find(f".//{DC}{one}").text for one in ("title", "identifier", "language"))
    manifest = {
        one.get("id"): (normpath(join(dirname(root), one.get("href"))), one.get("properties"))
        for one in package.iter(f"{OPF}item")
    }
    listed = [path for path, _properties in manifest.values()]
    assert sorted(listed) == sorted(set(names) - {"mimetype", "META-INF/container.xml", root})
    assert [properties for _path, properties in manifest.values()].count("nav") == 1
    spine = [manifest[one.get("idref")][0] for one in package.iter(f"{OPF}itemref")]
    assert sorted(spine) == sorted(path for path in listed if path.endswith(".xhtml"))

    pages = {path: ElementTree.fromstring(files[path]) for path in spine}
    ids = {
        path: [one.get("id") for one in page.iter() if one.get("id")]
        for path, page in pages.items()
    }
    has_drawing = {path: properties == "svg" for path, properties in manifest.values()}
    for path, page in pages.items():
        assert page.tag == f"{XHTML}html"
        assert len(ids[path]) == len(set(ids[path])), path
        assert has_drawing[path] == any(one.tag.endswith("}svg") for one in page.iter()), path
        for one in page.iter():
            for target in filter(None, (one.get("href"), one.get("src"))):
                file, anchor = urldefrag(target)
                at = normpath(join(dirname(path), file)) if file else path
                assert at in files, target
                assert not anchor or anchor in ids[at], target
    return {path: "".join(page.itertext()) for path, page in pages.items()}


def test_it_is_a_valid_book_of_everything(nora):
    with acting_as(nora):
        entry = make_entry(nora, "Long ago", written_on=date(2019, 3, 4))
        threads.tie(nora, entry, nora.promises.finished().first())
        statement = nora.promises.finished().first().statement

    archive = exported(nora, format="epub")

    chapters = assert_is_a_book(archive)
    assert Export.objects.latest("created_at").name.endswith(".epub")
    assert "Long ago" in chapters["book/2019-03.xhtml"]
    assert any(statement in text for text in chapters.values())
    with ZipFile(io.BytesIO(archive)) as opened:
        assert [name for name in opened.namelist() if name.endswith(".jpg")]


def test_what_xml_cannot_contain_is_no_obstacle(ada):
    ada.called = HOSTILE
    ada.save()
    make_entry(
        ada,
        f"Bell \x07 {HOSTILE}\n\n- [ ] a\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        title="\x1f",
    )
    answer(make_promise(ada, HOSTILE), {date(2026, 11, 2): "missed"}, note="a\nb & c\ufffe")
    assert "alert(1)" in str(assert_is_a_book(exported(ada, format="epub")))


def test_an_empty_journal_is_a_book_too(ada):
    assert_is_a_book(exported(ada, format="epub"))


def test_markup_becomes_xml():
    piece = '<p dir=auto>a&nbsp;<br>b &lt; c<img src="x.jpg" loading="lazy"></p>'
    piece += '<svg viewBox="0 0 1 1"/>'
    assert xhtml(piece) == (
        '<p dir="auto">a\xa0<br/>b &lt; c<img src="x.jpg"/></p>'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    )


def test_with_a_passphrase_it_is_in_a_locked_zip(ada):
    make_entry(ada, "Quokkazebra")
    locked = exported(ada, format="epub", passphrase=PASSPHRASE)
    files = unlocked(locked)
    assert list(files) == ["journal.epub"]
    assert_is_a_book(files["journal.epub"])
    assert b"mimetype" not in locked


def test_plain_text_has_every_word_as_it_was_written(ada):
    make_entry(ada, "**Bold**, and\n<b>more</b>", title="At sea", written_on=date(2019, 3, 4))
    promise = make_promise(ada, "Walk & rest", starts_on=date(2026, 11, 2), why="For\nme")
    answer(promise, {date(2026, 11, 2): "missed"}, note="Rain")
    make_entry(ada, "Gone").trash()

    text = exported(ada, format="text").decode()

    places = [text.index(words) for words in ("2019\n====", "At sea", "2026\n====", "Walk & rest")]
    assert places == sorted(places)
    assert "**Bold**, and\n  <b>more</b>" in text
    assert "2 November 2026, Missed: Rain" in text
    assert "  Why does it matter to you?\n    For\n    me\n" in text
    assert "Gone" not in text
    assert Export.objects.get().name.endswith(".txt")
