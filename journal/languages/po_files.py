"""The catalogues in locale/: one .po file for each language, which translators write.

A file is written the same way by everybody: in the order of the source, without line numbers or
wrapping, so that two branches merge. Its header is the translators' and stays as it is.
"""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django import conf

from journal.languages.paths import path_of

HEADER = """\
# {name}.
msgid ""
msgstr ""
"Project-Id-Version: Selftrust\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""


def read(text: str) -> Catalog:
    return read_po(io.StringIO(text))


def header_of(text: str) -> str:
    return text.partition("\n\n")[0].rstrip() + "\n"


def merged(text: str, source: Catalog) -> str:
    """The file after the source has changed: its translations, with the new strings empty and those
    without a source as comments at the end."""
    catalog = read(text)
    catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
    written = io.BytesIO()
    write_po(written, catalog, width=0, omit_header=True, include_lineno=False)
    return f"{header_of(text)}\n{written.getvalue().decode().strip()}\n"


def plurals_of(code: str) -> str:
    """The rule of plurals, as Django's own catalogue has it."""
    path = path_of(Path(conf.__file__).parent / "locale", code)
    found = re.search(r"Plural-Forms: (.*?)\\n", path.read_text().replace('"\n"', ""))
    return found[1].strip() if found else "nplurals=2; plural=(n != 1);"
