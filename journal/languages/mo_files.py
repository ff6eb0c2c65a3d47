"""Writes each catalogue as a .mo file."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from journal.languages import checks, po_files, pseudo
from journal.languages.paths import PSEUDO, found_in, path_of


def compile_all(source: Path, target: Path) -> list[str]:
    """Writes all catalogues, and returns the languages that are finished."""
    finished = []
    for code, path in found_in(source).items():
        catalog = po_files.read(path.read_text())
        _write(catalog, target, code)
        finished += [code] if checks.is_finished(catalog) else []
    return finished


def compile_pseudo(source: Path, target: Path) -> None:
    for code, taken_from in PSEUDO.items():
        path = found_in(source)[taken_from]
        _write(pseudo.translated(po_files.read(path.read_text()), code), target, code)


def _write(catalog: Catalog, target: Path, code: str) -> None:
    path = path_of(target, code).with_suffix(".mo")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalog)
