"""Files that look like another app's and cannot be read, and what a person then reads."""

import pytest

from journal.exchange.foreign.recognition import how_to_export
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import previewed

pytestmark = pytest.mark.django_db
OWN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({f"Export/Page {OWN}.html": "<html>", "index.html": "<html>"}, "Notion"),
        ({f"Page {OWN}.pdf": "%PDF-1.4"}, "Notion"),
        ({"part.zip": packed({f"Page {OWN}.html": "<html>"})}, "Notion"),
        ({"Takeout/Keep/a.html": "<html>", "Takeout/Keep/Labels.txt": "walk"}, "Google Keep"),
        ({"Notizen/a.html": '<div class="note"><div class="heading">'}, "Google Keep"),
        ({"a.html": '<meta name="bear-note-unique-identifier">'}, "Bear"),
        ({"Application Data/database.sqlite": "SQLite format 3\0"}, "Bear"),
        ({"g/journals/2024_03_10.org": "* org"}, "Logseq"),
        ({"backup.txt": '{"items": [{"uuid": "a", "content": "004:b"}]}'}, "Standard Notes"),
        ({"notes.pdf": "%PDF-1.4"}, "PDF"),
    ],
)
def test_a_near_miss_is_named(ada, files, said):
    refusal = previewed(ada, packed(files)).refusal
    assert said in refusal.split("Selftrust reads")[0]


def test_each_app_stands_once_with_the_way_to_its_file():
    apps = [one["app"] for one in how_to_export()]
    assert apps == sorted(set(apps), key=str.lower)
    assert all(one["how"] for one in how_to_export())
