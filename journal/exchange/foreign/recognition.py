"""Which importer reads a file; and what a person reads who sent one that none does."""

import re
import sqlite3
from contextlib import suppress

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged, ImportRefused
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.importers import IMPORTERS
from journal.languages.lists import beside

# What a file may raise that is not what its app writes.
UNEXPECTED = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
    sqlite3.Error,
)
# Files that look like another app's and cannot be read: a pattern of a name, one of the beginning
# of that file, and what to do instead.
ANYTHING = re.compile(b"")
NOTION_ID = "[0-9a-f]" * 32
KNOWN: list[tuple[str, re.Pattern[bytes], Promise | str]] = [
    *(
        (
            f"* {NOTION_ID}{ending}",
            ANYTHING,
            gettext_lazy(
                "It looks like HTML or PDF of Notion. Export it as Markdown & CSV instead."
            ),
        )
        for ending in (".html", ".pdf")
    ),
    (
        "*",
        re.compile(rb"%PDF-"),
        gettext_lazy("It looks like a PDF. Export text from the app it comes from instead."),
    ),
    (
        "*",
        re.compile(rb'"content"\s*:\s*"00\d:'),
        gettext_lazy("It looks like an encrypted backup of Standard Notes. Make a decrypted one."),
    ),
    (
        "*journals/*.org",
        ANYTHING,
        gettext_lazy(
            "It looks like a graph of Logseq in Org mode. We read graphs in Markdown only."
        ),
    ),
    (
        "*.html",
        re.compile(rb"bear-note-unique-identifier"),
        gettext_lazy("It looks like HTML of Bear. In Bear, choose File, Backup Notes instead."),
    ),
    (
        "*application data/database.sqlite",
        ANYTHING,
        gettext_lazy(
            "It looks like Bear’s own folder. In Bear, choose File, Backup Notes instead."
        ),
    ),
    *(
        (
            pattern,
            mark,
            gettext_lazy("It looks like Google Keep without its JSON. Send the ZIP of Takeout."),
        )
        for pattern, mark in (
            ("*keep/*.html", ANYTHING),
            ("*.html", re.compile(rb'class="note[^"]{0,100}"\s*>\s*<div class="heading"')),
        )
    ),
    (
        "*user.json",
        re.compile(rb'"enc_enc_key"'),
        gettext_lazy("It looks like an encrypted backup of DailyTxT. Make one without encryption."),
    ),
    (
        "*DailyTxT_*.html",
        ANYTHING,
        gettext_lazy("It looks like an export of DailyTxT to read. Make a backup there instead."),
    ),
    (
        "*",
        re.compile(rb'"deadline"[^{}]*"mean_confidence"'),
        gettext_lazy(
            "It looks like PredictionBook without your chances. Save what my_predictions answers."
        ),
    ),
    (
        "*",
        re.compile(rb"(?is)\ASQLite format 3\0.*CREATE TABLE [`\"]?memo[`\" ]"),
        gettext_lazy("It looks like the database of memos. Save what its API answers as JSON."),
    ),
    (
        "*",
        re.compile(rb"\AgAAAAA[\w-]{60}"),
        gettext_lazy("It looks like an encrypted journal of jrnl. Run jrnl --decrypt first."),
    ),
    (
        "*",
        re.compile(rb"\ASQLite format 3\0"),
        gettext_lazy("It’s a database, but not a backup of Loop Habit Tracker."),
    ),
    (
        "*.docx",
        re.compile(rb"\APK"),
        gettext_lazy(
            "It holds Word documents. If they come from Journey, choose JSON when you export there."
        ),
    ),
    (
        "*word/document.xml",
        ANYTHING,
        gettext_lazy("It looks like a Word document. Save it as plain text instead."),
    ),
]


def importer_of(files: Files) -> type[Importer]:
    """Raises ImportRefused, which says what the file seems to be and what can be read."""
    for importer in IMPORTERS:
        with suppress(Damaged, Unreadable, *UNEXPECTED):  # a stranger's file may break a reader
            if importer.recognises(files):
                return importer
    raise ImportRefused(f"{_seems(files)} {supported()}")


def _seems(files: Files) -> str:
    for pattern, mark, what in KNOWN:
        for name in files.find(pattern)[:20]:
            if mark.search(files.head(name)):
                return str(what)
    if not files.names:
        return _("This file is empty.")
    return _("We don’t recognise this file.")


def supported() -> str:
    apps = sorted({str(one.label) for one in IMPORTERS}, key=str.lower)
    return _("Selftrust reads its own exports, and files of: %(apps)s.") % {"apps": beside(apps)}


def how_to_export() -> list[dict[str, str]]:
    """For the page where one chooses a file: each app and how to get the right file out of it."""
    found: dict[str, list[str]] = {}
    for one in IMPORTERS:
        found.setdefault(str(one.label), []).append(str(one.how))
    return [
        {"app": app, "how": " ".join(ways)}
        for app, ways in sorted(found.items(), key=lambda one: one[0].lower())
    ]
