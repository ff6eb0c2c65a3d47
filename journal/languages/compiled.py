"""Catalogues as gettext reads them, made from the .po files without gettext.

Their folder is named after the content of what they are made from, so they are never stale. An
installation makes them when it is installed, an image when it is built; if neither did, the first
process to start does. The list `finished` says which languages a person may choose.
"""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from journal.embedded.errors import CannotStart
from journal.languages.paths import found_in

FINISHED = "finished"
KEPT = 3  # folders; a process of the former version may still read its own


def folder(source: Path, *places: Path, pseudo: bool = False) -> Path:
    """The folder in the first of these places that has it, or else that can be written to. On
    request with the pseudo-languages."""
    name = _fingerprint(source) + "-pseudo" * pseudo
    for place in places:
        if (place / name / FINISHED).exists():
            return place / name
    for place in places:
        with suppress(OSError):
            return _made(source, place, name, pseudo=pseudo)
    raise CannotStart(f"The languages can't be written to {places[-1]}.")


def finished(compiled: Path) -> list[str]:
    return (compiled / FINISHED).read_text().split()


def _fingerprint(source: Path) -> str:
    """Of the catalogues, and of the code that reads them."""
    digest = hashlib.sha256()
    for path in _inputs(source):
        digest.update(f"{path.parent.parent.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _inputs(source: Path) -> Iterator[Path]:
    yield from found_in(source).values()
    yield from sorted(Path(__file__).parent.glob("*.py"))


def _made(source: Path, place: Path, name: str, *, pseudo: bool) -> Path:
    # Babel takes a tenth of a second to load, and is needed only here.
    from journal.languages.mo_files import compile_all, compile_pseudo

    place.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place, prefix="."))
    try:
        draft.chmod(0o755)
        if pseudo:
            compile_pseudo(source, draft)
        (draft / FINISHED).write_text("\n".join(compile_all(source, draft)))
        with suppress(OSError):  # another process was first
            draft.rename(place / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _forget_old(place)
    return place / name


def _forget_old(place: Path) -> None:
    """Another process may do the same meanwhile, and rename what it has just made."""
    made = []
    for path in place.iterdir():
        with suppress(FileNotFoundError):
            made.append((path.stat().st_mtime, path))
    for _at, old in sorted(made, reverse=True)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    sys.exit(not folder(root / "locale", root / "locale" / ".compiled"))
