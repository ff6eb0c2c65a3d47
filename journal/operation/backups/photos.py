"""The files of photos in a backup: the sealed bytes, as the storage holds them.

A backup takes them through Django's storage API, so it holds them wherever the storage is: from a
bucket it downloads them. `photos.txt` lists each with its SHA-256, in the form of `sha256sum`; the
manifest holds the digest of that list. A file that a row names but the storage does not have is
counted, and stops neither a backup nor a restore.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import psycopg
from django.core.files import File

from journal.operation.backups import Refused, manifest
from journal.photos import files
from journal.photos.models import Photo

FOLDER, LIST = "photos", manifest.PHOTOS
LINE = re.compile(r"([0-9a-f]{64})  photos/([0-9a-f]{32})\n")
PIECE = 1024 * 1024
TABLE = Photo._meta.db_table


def copy_out(folder: Path, reader: psycopg.Connection) -> dict[str, int]:
    """Writes the files of all rows of the snapshot, and their list. Returns counts."""
    (folder / FOLDER).mkdir(mode=0o700)
    copied = missing = 0
    with manifest.new_file(folder / LIST) as listed:
        for name in names(reader):
            try:
                file = files.storage().open(name)
            except FileNotFoundError:
                missing += 1
                continue
            with file, _private(folder / FOLDER / name) as copy:
                digest = _copy(file, copy)
            listed.write(f"{digest}  {FOLDER}/{name}\n".encode())
            copied += 1
    os.sync()  # once for all of them
    return {"files": copied, "missing": missing}


def names(reader: psycopg.Connection) -> Iterator[str]:
    for (stored_as,) in reader.execute(f"select stored_as from {TABLE} order by 1"):  # noqa: S608
        yield from Photo(stored_as=stored_as).names()


def check(folder: Path) -> None:
    """Raises Refused unless each file of the list is there and unchanged."""
    for digest, name in _listed(folder):
        path = folder / FOLDER / name
        if not path.is_file():
            raise Refused(f"{FOLDER}/{name} is missing from the backup.")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise Refused(f"{FOLDER}/{name} has been changed since the backup was made.")


def put_back(folder: Path) -> int:
    """Stores the files that are missing or differ. Files of other rows stay until the purge, so a
    restore that stops half-way has harmed nothing."""
    stored = 0
    for digest, name in _listed(folder):
        if _digest_here(name) == digest:
            continue
        files.storage().delete(name)
        with (folder / FOLDER / name).open("rb") as file:
            files.storage().save(name, File(file))
        stored += 1
    return stored


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    if not (folder / LIST).is_file():
        return  # made before there were photos, or without them
    with (folder / LIST).open(encoding="ascii") as lines:
        for line in lines:
            found = LINE.fullmatch(line)
            if found is None:
                raise Refused(f"{LIST} can't be read, so the backup is incomplete.")
            yield found[1], found[2]


def _digest_here(name: str) -> str:
    try:
        with files.storage().open(name) as file:
            return _copy(file, None)
    except FileNotFoundError:
        return ""


def _copy(file: Any, copy: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
        if copy:
            copy.write(piece)
    return digest.hexdigest()


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
