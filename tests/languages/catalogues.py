"""Catalogues of a test's own."""

from pathlib import Path

from journal.languages import po_files
from journal.languages.paths import path_of


def write(folder: Path, code: str, *lines: str) -> None:
    path = path_of(folder, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    rule = "nplurals=2; plural=(n != 1);"
    header = po_files.HEADER.format(name=code, code=code, plurals=rule)
    path.write_text("\n".join([header, *lines]) + "\n")
