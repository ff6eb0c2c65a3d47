"""The register of deleted accounts, a file outside the database with one hashed id on each line.

A backup does not know of later deletions, so after a restore `deletion.reapply` reads this file.
With an archive of the log there is a copy in it: what takes the data folder away leaves that one.
"""

import logging
import os
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings

log = logging.getLogger(__name__)


def path() -> Path:
    return Path(settings.DATA_DIR) / "deleted.txt"


def mark(person_id: UUID) -> str:
    return sha256(b"selftrust deleted\0" + person_id.bytes).hexdigest()


def read(register: Path) -> set[str]:
    return set(register.read_text(encoding="ascii").split()) if register.exists() else set()


def add(person_id: UUID) -> None:
    """Adds the id unless it is there, and syncs the file to disk. A line that a crash cut off does
    not damage the others."""
    if mark(person_id) in read(path()):
        return
    _append(path(), {mark(person_id)})
    if archive := settings.WAL_ARCHIVE:
        try:
            copy_to(archive.folder)
        except OSError as error:  # the next deletion or base backup copies it
            log.error("The archive has no copy of %s: %s.", path().name, error.strerror)


def copy_to(folder: Path) -> None:
    """Adds to the copy there what it lacks."""
    copy = folder / path().name
    _append(copy, read(path()) - read(copy))


def take_from(folder: Path) -> None:
    """Adds to the register what only the copy there names."""
    _append(path(), read(folder / path().name) - read(path()))


def _append(register: Path, marks: set[str]) -> None:
    if not marks:
        return
    handle = os.open(register, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write("".join(f"\n{each}\n" for each in sorted(marks)).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
