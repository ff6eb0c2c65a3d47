"""The catalogues hold what the source says, and no translation that would break a page."""

import gettext
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils import translation

from journal.languages import checks, compiled, extraction, po_files
from journal.languages.paths import found_in
from journal.people.percent import percent_range
from tests.languages.catalogues import write

FOLDER = settings.BASE_DIR / "locale"
OFFERED = {"ar", "de", "es", "fr"}  # a language joins when it is whole
# What is said, and what a translator wrote; then what is wrong with it.
CASES = [
    ("Saved %(time)s", "Gespeichert %(time)s", None),
    ("Saved %(time)s", "", checks.MISSING),
    ("Saved %(time)s", "Gespeichert %(zeit)s", checks.PLACEHOLDERS),
    ("Saved %(time)s", "%(time)s gespeichert, %(time)s", None),
    ("%s of %s", "%s", checks.PLACEHOLDERS),
    ("%(size).1f GB", "%(größe).1f GB", checks.PLACEHOLDERS),
    ("%(size).1f GB free", "%(size).1f GB frei", None),
    ("{client} wrote", "{klient} schrieb", checks.PLACEHOLDERS),
    ("<b>Today</b>", "<b>Heute", checks.MARKUP),
    ("<a href='x'>Go</a> on", "Weiter <a href='x'>so</a>", None),
    ("Name: ", "Name:", checks.MARKUP),
    ("Today", "Today", checks.ENGLISH),
    (("%(n)s day", "%(n)s days"), ("ein Tag", "%(n)s Tage"), None),
    (("%(n)s day", "%(n)s days"), ("%(n)s Tag", "Tage"), checks.PLACEHOLDERS),
    (("%d day", "%d days"), ("ein Tag", "%d Tage"), checks.PLACEHOLDERS),  # a TypeError
    (("%(n)s day", "%(n)s days"), ("%(n)s Tag", ""), checks.MISSING),
    (("%(n)s of %(m)s", "%(n)s of %(m)s"), ("einer", "%(n)s von %(m)s"), checks.PLACEHOLDERS),
]


@pytest.mark.parametrize(("source", "text", "kind"), CASES)
def test_what_is_wrong_with_a_translation(source, text, kind):
    catalog = Catalog(locale="de")
    catalog.add(source, text)
    assert [found for found, _string in checks.findings(catalog)] == ([kind] if kind else [])
    assert checks.is_finished(catalog) == (kind not in checks.FAULTS)


def test_what_a_translator_is_only_told():
    catalog = Catalog(locale="de")
    catalog.add("Save", "Jetzt sofort speichern", auto_comments=["Button: at most 14 characters"])
    catalog.add("Name", "Name", user_comments=["The same in German."])
    button = "Button: at most 4 characters"
    catalog.add("Send", "Senden", user_comments=["It fits."], auto_comments=[button])
    catalog.add("Photo", "Bild", flags=["fuzzy"])
    assert checks.findings(catalog) == [(checks.LONG, "Save"), (checks.FUZZY, "Photo")]


def test_what_is_translated_breaks_no_page_and_what_people_read_stays_whole():
    """A language with a fault would be offered to nobody; what is just being translated may lack
    strings."""
    wrong = []
    for code, path in found_in(FOLDER).items():
        faults = {*checks.FAULTS} - ({checks.MISSING} if code not in OFFERED else set())
        for kind, string in checks.findings(po_files.read(path.read_text())):
            wrong += [(code, kind, string)] if kind in faults else []
    assert not wrong, wrong


# Before a vowel French drops the vowel of these words, and Spanish says "e" and "u", so that no
# text of a person's may follow them. A number or a date may.
BEFORE_A_VOWEL = {
    "fr": r"\b(?:de|que|je|lorsque|puisque|jusque|ne|se|me|te)",
    "es": r"(?<!¿)\b[yo]",
}
COUNTED = (
    *("n", "k", "count", "days", "weeks", "years", "months", "most", "least", "more", "needed"),
    *(
        "allowed",
        "promises",
        "times",
        "right",
        "before",
        "after",
        "expected",
        "mean",
        "given",
        "by",
    ),
    *("high", "eased", "same", "stronger", "day", "time", "percent", "since", "until"),
)
OWN_WORDS = rf"\s(?:<[^>]+>)*(?:[«“] ?)?(?:\{{\w+\}}|%\((?!(?:{'|'.join(COUNTED)})\))\w+\)s)"


@pytest.mark.parametrize("code", BEFORE_A_VOWEL)
def test_no_text_of_a_person_follows_a_word_that_changes_before_a_vowel(code):
    wrong, catalog = [], po_files.read(found_in(FOLDER)[code].read_text())
    for message in catalog:
        texts = (message.string,) if isinstance(message.string, str) else message.string
        pattern = re.compile(BEFORE_A_VOWEL[code] + OWN_WORDS, re.IGNORECASE)
        wrong += [text for text in texts if message.id and pattern.search(text)]
    assert not wrong


def test_a_likely_range_stays_on_its_line():
    for code in OFFERED:
        with translation.override(code):
            assert re.fullmatch("1–\u20602[^ ]?%", percent_range(1, 2)), code


@pytest.mark.skipif(not extraction.can_extract(), reason="needs GNU gettext")
def test_the_catalogues_hold_every_string_of_the_source():
    source = extraction.source_catalog()
    stale = [
        code
        for code, path in found_in(FOLDER).items()
        if po_files.merged(path.read_text(), source) != path.read_text()
    ]
    assert not stale, f"make messages: {stale}"


def test_a_changed_source_keeps_translations_and_empties_the_new():
    source = Catalog(locale="en")
    for one in ("Today", "New"):
        source.add(one)
    text = po_files.HEADER.format(name="German", code="de", plurals="nplurals=2; plural=(n != 1);")
    text += '\nmsgid "Old"\nmsgstr "Alt"\n\nmsgid "Today"\nmsgstr "Heute"\n'

    merged = po_files.merged(text, source)

    assert po_files.merged(merged, source) == merged
    catalog = po_files.read(merged)
    assert [(one.id, one.string) for one in catalog if one.id] == [("Today", "Heute"), ("New", "")]
    assert [one.string for one in catalog.obsolete.values()] == ["Alt"]


# --- compiled


def says(folder, text: str) -> str:
    return gettext.translation("django", folder, ["de"]).gettext(text)


def test_a_language_is_finished_when_nothing_is_missing(tmp_path):
    write(tmp_path, "de", 'msgid "Today"', 'msgstr "Heute"')
    write(tmp_path, "fr", 'msgid "Today"', 'msgstr ""')
    made = compiled.folder(tmp_path, tmp_path / "made")
    assert compiled.finished(made) == ["de"]
    assert says(made, "Today") == "Heute"


def test_what_is_compiled_is_never_stale(tmp_path):
    places = tmp_path / "made", tmp_path / "other"
    write(tmp_path, "de", 'msgid "Today"', 'msgstr "Heute"')
    first = compiled.folder(tmp_path, *places)
    assert compiled.folder(tmp_path, *places) == first

    write(tmp_path, "de", 'msgid "Today"', 'msgstr "Jetzt"')
    second = compiled.folder(tmp_path, *places)
    assert (says(first, "Today"), says(second, "Today")) == ("Heute", "Jetzt")


def test_two_processes_that_start_at_once_get_the_same(tmp_path):
    write(tmp_path, "de", 'msgid "Today"', 'msgstr "Heute"')
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _n: compiled.folder(tmp_path, tmp_path / "made"), range(4)))
    assert len(made) == 1
    assert [one.name for one in (tmp_path / "made").iterdir()] == [made.pop().name]


def test_where_the_code_cannot_be_written_the_data_folder_holds_them(tmp_path):
    write(tmp_path, "de", 'msgid "Today"', 'msgstr "Heute"')
    (tmp_path / "file").write_text("")
    made = compiled.folder(tmp_path, tmp_path / "file" / "made", tmp_path / "data")
    assert made.parent == tmp_path / "data"
