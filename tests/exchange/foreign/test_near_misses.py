"""Files that look like another app's and cannot be read, and what a person then reads."""

import io

import pytest

from journal.exchange.exceptions import ImportRefused
from journal.exchange.foreign.files import files_of
from journal.exchange.foreign.importers import IMPORTERS
from journal.exchange.foreign.importers.markdown import Markdown
from journal.exchange.foreign.recognition import how_to_export, importer_of
from tests.exchange.factories import packed

OWN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


NEAR: list[tuple[dict[str, bytes | str], str]] = [
    ({f"Export/Page {OWN}.html": "<html>", "index.html": "<html>"}, "Notion"),
    ({f"Page {OWN}.pdf": "%PDF-1.4"}, "Notion"),
    ({"Takeout/Keep/a.html": "<html>", "Takeout/Keep/Labels.txt": "walk"}, "Google Keep"),
    ({"Notizen/a.html": '<div class="note"><div class="heading">'}, "Google Keep"),
    ({"a.html": '<meta name="bear-note-unique-identifier">'}, "Bear"),
    ({"Application Data/database.sqlite": "SQLite format 3\0"}, "Bear"),
    ({"g/journals/2024_03_10.org": "* org"}, "Logseq"),
    ({"backup.txt": '{"items": [{"uuid": "a", "content": "004:b"}]}'}, "Standard Notes"),
    ({"notes.pdf": "%PDF-1.4"}, "a PDF"),
]


def test_a_near_miss_is_named():
    for files, said in NEAR:
        data = packed(files)
        with pytest.raises(ImportRefused) as refused:
            importer_of(files_of(io.BytesIO(data), len(data), "export.zip"))
        assert said in str(refused.value.sentence).split("Selftrust reads")[0]


def test_each_app_stands_once_with_the_way_to_its_file():
    apps = [one["app"] for one in how_to_export()]
    assert apps == sorted(set(apps), key=str.lower)
    assert all(one["how"] for one in how_to_export())


def test_a_file_that_breaks_one_importer_is_left_to_the_next(monkeypatch):
    def breaks(_files):
        raise KeyError("shape")

    monkeypatch.setattr(IMPORTERS[0], "recognises", breaks)
    files = files_of(io.BytesIO(b"# A day"), 7, "2024-03-07.md")
    assert importer_of(files) is Markdown
