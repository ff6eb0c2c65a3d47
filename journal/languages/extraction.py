"""The strings of the source, collected by Django's makemessages; it needs GNU gettext.

What stands on a button gets a comment with the most characters that its translation may have.
"""

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.commands import makemessages
from django.test.utils import override_settings

from journal.languages import po_files

LEFT_OUT = ["locale/*", "tests/*", "var/*", "staticfiles/*", "docs/*", "deploy/*"]
BUTTON = re.compile(
    r"<(button|a)\b(?P<attributes>(?:[^>%]|%\}|\{%[^%]*%)*)>(?P<words>.*?)</\1>", re.DOTALL
)
LOOKS_LIKE_ONE = re.compile(r"\b(?:btn|button|chip)\b")
STRING = re.compile(r"\{%-?\s*translate\s+(?P<mark>[\"'])(?P<one>.*?)(?P=mark)[^%]*%\}")
BLOCK = re.compile(
    r"\{% blocktranslate\b[^%]*%\}(?P<one>.*?)(?:\{% plural %\}.*?)?\{% endblocktranslate %\}",
    re.DOTALL,
)
# A short word may well be longer in another language; a long one has less room.
SHORT, LONGER = 14, 4 / 3
NO_PLURALS = "nplurals=INTEGER; plural=EXPRESSION;"  # what xgettext writes


def can_extract() -> bool:
    return bool(shutil.which("xgettext"))


def source_catalog() -> Catalog:
    """Every string of the code and the templates, in their order."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(settings.BASE_DIR):
        with override_settings(LOCALE_PATHS=[folder]):
            _Collected().handle(**OPTIONS)
        text = (Path(folder) / "django.pot").read_text()
    catalog = po_files.read(text.replace(NO_PLURALS, "nplurals=2; plural=(n != 1);"))
    buttons = set(button_labels(settings.BASE_DIR / "templates"))
    for message in catalog:
        words = message.id if isinstance(message.id, str) else message.id[0] if message.id else ""
        if words in buttons:
            most = max(SHORT, int(len(words) * LONGER))
            message.auto_comments = [*message.auto_comments, f"Button: at most {most} characters"]
    return catalog


def button_labels(folder: Path) -> Iterator[str]:
    """The msgids on buttons, and on links that look like one."""
    for path in sorted(folder.rglob("*.html")):
        for found in BUTTON.finditer(path.read_text()):
            if found[1] == "button" or LOOKS_LIKE_ONE.search(found["attributes"]):
                yield from (one["one"] for one in STRING.finditer(found["words"]))
                yield from (_as_msgid(one["one"]) for one in BLOCK.finditer(found["words"]))


def _as_msgid(words: str) -> str:
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", " ".join(words.split()))


class _Collected(makemessages.Command):
    """Leaves the template of the catalogues, and touches no catalogue."""

    def find_files(self, root: str) -> Any:
        self.locale_paths = list(settings.LOCALE_PATHS)  # without the folder where it runs
        return super().find_files(root)

    def write_po_file(self, potfile: str, locale: str) -> None: ...


OPTIONS: dict[str, Any] = {
    "locale": ["en"],
    "exclude": [],
    "all": False,
    "domain": "django",
    "extensions": ["html", "txt", "py"],
    "symlinks": False,
    "use_default_ignore_patterns": True,
    "ignore_patterns": LEFT_OUT,
    "no_wrap": True,
    "no_location": False,
    "add_location": "file",
    "no_obsolete": False,
    "keep_pot": True,
    "verbosity": 0,
}
