"""Writes and checks the manifest of a backup.

`manifest.json` lists each file with its size and SHA-256, the row count of each table, the versions
that made it, and the fingerprints of the master keys it needs. A seal over all of it, made with the
master key, proves that nobody without the key has changed a byte of the backup.
"""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from django.db.migrations.loader import MigrationLoader

from journal.embedded import former_layout
from journal.operation.backups import Refused, pg_tools
from journal.privacy import json_input, keys

FORMAT = 1
LONGEST = 1024 * 1024  # characters
MANIFEST, DUMP, KEYS = "manifest.json", "database.dump", "data-keys.jsonl"
PHOTOS = "photos.txt"  # the list of them; in no backup without photos
PURPOSE = b"selftrust backup\0"
NEEDS_KEY = (
    "{what} needs a master key that is missing here. Put its recovery key after the current one, "
    "separated by a comma, and try again. The SHA-256 of the missing key begins with {names}."
)


def write(folder: Path, said: dict[str, Any]) -> None:
    """Writes the manifest last, after the other files. `said`: the values from backup.py."""
    said = {
        **said,
        "format": FORMAT,
        "files": {n: _seen(folder / n) for n in (DUMP, KEYS, PHOTOS) if (folder / n).exists()},
    }
    current = keys.master_keys()[0]
    nonce = os.urandom(keys.NONCE_BYTES)
    tag = current.cipher.encrypt(nonce, b"", PURPOSE + _canonical(said))
    seal = {"master": current.name, "tag": base64.b64encode(nonce + tag).decode()}
    with new_file(folder / MANIFEST) as file:
        file.write(json.dumps({**said, "seal": seal}, indent=1, sort_keys=True).encode() + b"\n")


def checked(folder: Path) -> dict[str, Any]:
    """The manifest. Raises Refused unless the backup is unchanged and can be restored here."""
    said = _read(folder)
    if said.get("format") != FORMAT:
        raise Refused(
            f"This backup has format {said.get('format')}, but this version of Selftrust "
            f"reads format "
            f"{FORMAT}. Restore it with the version that made it."
        )
    _check_seal(said)
    _check_files(folder, said["files"])
    _check_versions(said)
    return said


def is_ours(folder: Path) -> bool:
    """Whether a master key that is here sealed the manifest. Reads no other file."""
    try:
        _check_seal(_read(folder))
    except Refused:
        return False
    return True


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file with mode 0600 from the start, synced to disk at the end."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _read(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise Refused(f"There is no backup in {folder}: it has no {MANIFEST}.")
    try:
        said = json_input.parse(path.read_text("utf-8"), longest=LONGEST)
    except (OSError, ValueError) as error:
        raise Refused(f"{path} can't be read, so the backup is incomplete.") from error
    if not isinstance(said, dict):
        raise Refused(f"{path} can't be read, so the backup is incomplete.")
    return said


def _check_seal(said: dict[str, Any]) -> None:
    changed = Refused(f"{MANIFEST} has been changed since the backup was made.")
    seal, masters = said.pop("seal", None), said.get("masters")
    if not isinstance(seal, dict) or not isinstance(masters, list):
        raise changed
    here = {key.name: key for key in keys.master_keys()}
    missing = sorted({str(name) for name in [*masters, seal.get("master")]} - set(here))
    if missing:
        raise Refused(NEEDS_KEY.format(what="This backup", names=", ".join(missing)))
    try:
        tag = base64.b64decode(str(seal.get("tag")), validate=True)
        nonce, tag = tag[: keys.NONCE_BYTES], tag[keys.NONCE_BYTES :]
        here[seal["master"]].cipher.decrypt(nonce, tag, PURPOSE + _canonical(said))
    except (InvalidTag, ValueError) as error:
        raise changed from error


def _check_files(folder: Path, files: dict[str, dict[str, Any]]) -> None:
    for name, meant in files.items():
        path = folder / name
        if not path.is_file():
            raise Refused(f"{name} is missing from the backup." + _without(name))
        found = _seen(path)
        if found["bytes"] != meant["bytes"]:
            raise Refused(
                f"{name} is incomplete: it has {found['bytes']} bytes, but {meant['bytes']} "
                "were written."
            )
        if found != meant:
            raise Refused(f"{name} has been changed since the backup was made.")


def _without(name: str) -> str:
    return " Without the data keys, nothing people wrote can ever be read." if name == KEYS else ""


def _check_versions(said: dict[str, Any]) -> None:
    ours, theirs = pg_tools.server_version() // 10_000, said["postgres"] // 10_000
    if theirs > ours:
        raise Refused(f"This backup was made by PostgreSQL {theirs}, but this server runs {ours}.")
    if former_layout.MARK in said["migrations"]:
        raise Refused(f"This backup {former_layout.REFUSAL}")
    refuse_newer(said)


def refuse_newer(said: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(said["migrations"]) - known):
        raise Refused(
            f"This backup was made by Selftrust {said['application']}, which is newer than this "
            f"one ({unknown[-1]}). Update Selftrust first."
        )


def _seen(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}


def _canonical(said: dict[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
