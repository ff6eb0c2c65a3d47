"""Who was deleted, outside the database: one line for each, a hash of the id and nothing else.

A backup is older than the deletions after it. After a restore `deleting.reapply` asks this file.
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


def read(register: Path) -> set[str]:
    return set(register.read_text(encoding="ascii").split()) if register.exists() else set()


def add(person_id: UUID) -> None:
    """Once, and on the disk before this returns. A line cut off by a crash spoils no other."""
    if mark(person_id) in read(path()):
        return
    handle = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(f"\n{mark(person_id)}\n".encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
