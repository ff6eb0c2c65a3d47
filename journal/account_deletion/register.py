"""The register of deleted accounts, a file outside the database with one hashed id on each line.

A backup does not know of later deletions, so after a restore `deletion.reapply` reads this file.
"""

import os
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings


def path() -> Path:
    return Path(settings.DATA_DIR) / "deleted.txt"


def mark(person_id: UUID) -> str:
    return sha256(b"selftrust deleted\0" + person_id.bytes).hexdigest()


def read(register: Path | None = None) -> set[str]:
    register = register or path()
    return set(register.read_text(encoding="ascii").split()) if register.exists() else set()


def add(person_id: UUID) -> None:
    take({mark(person_id)})


def take(marks: set[str]) -> None:
    """Adds those that are not there, and syncs the file to disk. A line that a crash cut off does
    not damage the others."""
    missing = marks - read()
    if not missing:
        return
    handle = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write("".join(f"\n{one}\n" for one in sorted(missing)).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
