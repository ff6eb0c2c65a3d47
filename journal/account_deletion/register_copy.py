"""A copy of the register of deleted accounts, in the archive of the database's log if there is one.

What takes the data folder away may take the register too; the archive is somewhere else. Only lines
are added, so two processes that add at once lose none.
"""

import logging
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from journal.account_deletion import register

log = logging.getLogger(__name__)

NAME = "deleted.txt"


def add(person_id: UUID) -> None:
    """Whoever asked for the deletion does not wait for the archive: `catch_up` makes up for it."""
    try:
        _add({register.mark(person_id)})
    except OSError as error:
        log.error("The archive has no copy of a deletion: %s.", error.strerror)


def catch_up() -> None:
    """Adds what the register has and the copy lacks."""
    _add(register.read())


def put_back() -> None:
    """Adds to the register what only the copy has."""
    if copy := _path():
        register.take(_read(copy))


def _add(marks: set[str]) -> None:
    copy = _path()
    if copy is None or not (missing := marks - _read(copy)):
        return
    handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write("".join(f"\n{mark}\n" for mark in sorted(missing)).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())


def _read(copy: Path) -> set[str]:
    return set(copy.read_text(encoding="ascii").split()) if copy.exists() else set()


def _path() -> Path | None:
    return settings.WAL_ARCHIVE.folder / NAME if settings.WAL_ARCHIVE else None
