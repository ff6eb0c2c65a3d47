"""Every visible text comes out of a catalogue: in a language made of brackets, none stands bare."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation

from tests.conftest import signed_in
from tests.makers import make_entry

# A brand, a person's data, and what the browser calls itself are not translated.
BARE = re.compile(r"Selftrust|Zz\w*|\S+@example\.org|testserver|127\.0\.0\.1|UTC|[\W\d_]")
READ_ALOUD = ("aria-label", "placeholder", "alt", "title")


class Reader(HTMLParser):
    """Collects the text that stands outside of brackets; what a person typed is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.quiet, self.bare = 0, [], []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "textarea", "option"):
            self.quiet.append(tag)
        for name, value in attrs:
            if name in READ_ALOUD and value and "⟦" not in value and BARE.sub("", value):
                self.bare.append(f"{name}={value}")

    def handle_endtag(self, tag):
        if self.quiet and self.quiet[-1] == tag:
            self.quiet.pop()

    def handle_data(self, data):
        if self.quiet:
            return
        outside = ""
        for char in data:
            self.depth += (char == "⟦") - (char == "⟧")
            outside += char if self.depth == 0 else ""
        if BARE.sub("", outside):
            self.bare.append(outside.strip())


@pytest.fixture
def in_brackets(monkeypatch):
    def wrap(text):
        return f"⟦{text}⟧" if text else text

    functions = {
        "gettext": lambda text: wrap(text),
        "ngettext": lambda one, many, count: wrap(one if count == 1 else many),
        "pgettext": lambda context, text: wrap(text),
        "npgettext": lambda context, one, many, count: wrap(one if count == 1 else many),
    }
    for name, function in functions.items():
        monkeypatch.setattr(translation._trans, name, function, raising=False)


PUBLIC = ["/", "/support/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
PRIVATE = [
    "/today/",
    "/journal/",
    "/journal/write/",
    "/journal/trash/",
    "/journal/{entry}/",
    "/journal/{entry}/edit/",
    "/search/",
    "/settings/",
    "/accounts/logout/",
    "/accounts/operator/",
    "/accounts/password/change/",
    "/nothing-here/",
]


def bare_texts(answer) -> list[str]:
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.bare


@pytest.mark.parametrize("path", PUBLIC)
def test_what_strangers_see(db, client, in_brackets, path):
    assert bare_texts(client.get(path)) == []


@pytest.mark.parametrize("path", PRIVATE)
def test_what_ada_sees(ada, in_brackets, path):
    entry = make_entry(ada, "Zzwords", title="Zztitle")
    make_entry(ada, "Zzgone").trash()

    assert bare_texts(signed_in(ada).get(path.format(entry=entry.pk))) == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/journal/write/", {"body": "", "written_on": "Zz"}),
        ("/journal/{entry}/edit/", {"body": "Zzmine", "written_on": "2026-01-01", "version": 9}),
        ("/search/", {"q": "Zznone"}),
        ("/search/", {"q": "Zzwords"}),
        ("/search/", {"q": ""}),
        ("/settings/", {"theme": "Zz", "day_starts_at": 77}),
        ("/accounts/operator/", {"token": "Zz"}),
    ],
)
def test_what_ada_is_answered(ada, in_brackets, path, fields):
    entry = make_entry(ada, "Zzwords", title="Zztitle")

    assert bare_texts(signed_in(ada).post(path.format(entry=entry.pk), fields)) == []


def test_a_text_that_is_in_no_catalogue_is_found():
    reader = Reader()
    reader.feed('<p>⟦All <b>well</b>⟧</p><p>Forgotten</p><a aria-label="Close">×</a>')

    assert reader.bare == ["Forgotten", "aria-label=Close"]
