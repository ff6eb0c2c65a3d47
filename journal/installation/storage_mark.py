"""Whether the storages are those of the database.

The first start notes a random id in the database and writes it into each storage. A machine whose
storages lack it would take files of the others for missing, and delete, as files without a row,
what belongs to another database; so it does not start. One at a time looks, under a lock: of two
machines that start at once, the second finds what the first has written, or not.
"""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from journal.database.locks import holder
from journal.embedded.errors import CannotStart
from journal.installation import notes
from journal.privacy.storage import NAMES, StorageAway

log = logging.getLogger(__name__)

FILE = "selftrust-storage"  # in each storage
NOTE = "storage"
LOCK = 0x53656C66_4D61726B  # an advisory lock that only this module takes
SETTINGS = {
    "private": "SELFTRUST_STORAGE_URL or SELFTRUST_DATA_DIR",
    "photos": "SELFTRUST_PHOTOS_URL",
    "exports": "SELFTRUST_EXPORTS_URL or SELFTRUST_EXPORTS_DIR",
}
LACKS = (
    "{place} isn't what this database's other starts used for {what}, so files would be missing. "
    "Give {setting} the same value as there, or copy the files to it and run: "
    "manage.py storage --adopt"
)
FOREIGN = (
    "{place} belongs to another database, whose files would be deleted. Give this one a place of "
    "its own with {setting}. If it is its own after all, run: manage.py storage --adopt"
)
AWAY = "{place} can't be used: {reason}. {setting} names it."
WHAT = {"private": "exports and uploads", "photos": "photos", "exports": "scheduled exports"}


def check() -> None:
    """At a start: marks storages that nobody has marked yet. Raises CannotStart."""
    with holder() as alone:
        alone.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        known = notes.read(NOTE)
        if not known.get("written"):
            _mark(known)
    refuse_other()


def refuse_other() -> None:
    """Raises CannotStart where a storage lacks the mark. One that does not answer is named only:
    people can write, and what needs a file is tried again."""
    for is_away, sentence in complaints():
        if not is_away:
            raise CannotStart(sentence)
        log.warning(sentence)


def complaints() -> Iterator[tuple[bool, str]]:
    """Whether the storage only does not answer, and a sentence."""
    known = notes.read(NOTE)
    if not known.get("written"):
        return
    for name in NAMES:
        try:
            if (found := _read(name)) != known["id"]:
                yield False, _said(FOREIGN if found else LACKS, name)
        except StorageAway as error:
            yield True, _said(AWAY, name, reason=str(error))


def adopt() -> None:
    """Makes the storages those of the database, whatever they were. The operator decides that."""
    mark = notes.read(NOTE).get("id") or uuid4().hex
    for name in NAMES:
        _write(name, mark)
    notes.note(NOTE, id=mark, written="yes")


def _mark(known: dict[str, str]) -> None:
    """The id is noted before it is written and confirmed after, so that a start that was killed
    in between finds its own mark and not that of another database."""
    if not known:
        known = {"id": uuid4().hex}
        notes.note(NOTE, **known)
    for name in NAMES:
        try:
            found = _read(name)
            if not found:
                _write(name, known["id"])
        except (StorageAway, OSError) as error:
            raise CannotStart(_said(AWAY, name, reason=str(error))) from error
        if found not in ("", known["id"]):
            raise CannotStart(_said(FOREIGN, name))
    notes.note(NOTE, **known, written="yes")


def _read(name: str) -> str:
    try:
        with storages[name].open(FILE) as file:
            return file.read(100).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""


def _write(name: str, mark: str) -> None:
    storages[name].delete(FILE)  # a folder would give a second one another name
    storages[name].save(FILE, ContentFile(f"{mark}\n".encode()))


def place_of(name: str) -> str:
    storage: Any = storages[name]
    if bucket := getattr(storage, "bucket_name", None):
        return f"The bucket {bucket}"
    return f"The folder {getattr(storage, 'location', name)}"


def _said(text: str, name: str, **more: str) -> str:
    return text.format(place=place_of(name), what=WHAT[name], setting=SETTINGS[name], **more)
