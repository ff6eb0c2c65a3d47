"""A coach reads the figures that a client shares in their own language, whatever the client's."""

from types import SimpleNamespace

from django.utils import translation

from journal.sharing import shared_measures


def test_a_shared_figure_is_read_in_the_readers_language():
    english = {"name": "Kept", "said": [], "own": [], "drawn": None}
    content = {**english, "languages": {"en-gb": english, "de": {**english, "name": "Gehalten"}}}
    row = SimpleNamespace(slug="kept", content=content, as_of=None)
    read = {}
    for code in ("en-gb", "en-us", "de"):
        with translation.override(code):
            read[code] = shared_measures.shown(row, "Ada").name
    assert read == {"en-gb": "Kept", "en-us": "Kept", "de": "Gehalten"}
