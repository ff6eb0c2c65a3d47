"""Base backups: whole copies of the embedded server's files, made while people go on writing. With
the archive of its log since then, `recover` brings any moment back.

PostgreSQL's own pg_basebackup makes each and pg_verifybackup reads it again; the folder has its
final name only then. Retention deletes older ones once a new one is whole, and pg_archivecleanup
the pieces of the log that only they needed.
"""

import json
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import connection
from django.utils import timezone

from journal.account_deletion import register_copy
from journal.database.locks import try_lock
from journal.embedded import paths, programs, wal_archive
from journal.embedded.backup_settings import WalArchive
from journal.embedded.server import SUPERUSER
from journal.embedded.wal_archive import ArchiveOf
from journal.operation.backups import Refused, backup, manifest
from journal.privacy import json_input

log = logging.getLogger(__name__)

LOCK = 0x53656C66_42617365  # an advisory lock that only this module takes
NAME, SHAPE = "%Y%m%dT%H%M%SZ", re.compile(r"\d{8}T\d{6}Z")
OURS, THEIRS = "selftrust.json", "backup_manifest"
LONGEST = 64 * 1024 * 1024  # characters; each file of the database takes some 150
FILES, LOG = "base.tar.gz", "pg_wal.tar.gz"
NO_ARCHIVE = "SELFTRUST_WAL_ARCHIVE isn't set, so no log is archived."
NOT_YET = "Selftrust was started without SELFTRUST_WAL_ARCHIVE. Start it again, and then this."


class BaseBackup(NamedTuple):
    folder: Path
    made_at: datetime  # when it was whole; no earlier moment can be recovered from it
    postgres: str
    masters: list[str]
    timeline: int
    begins: int  # the position in the log
    ends: int
    size: int  # bytes, as PostgreSQL needs them

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises OSError, ValueError, LookupError or TypeError if it is none."""
        ours = json_input.parse((folder / OURS).read_text())
        theirs = json_input.parse((folder / THEIRS).read_text(), longest=LONGEST)
        (span,) = theirs["WAL-Ranges"]
        return cls(
            folder,
            datetime.fromisoformat(ours["made_at"]),
            ours["postgres"],
            ours["masters"],
            span["Timeline"],
            wal_archive.position(span["Start-LSN"]),
            wal_archive.position(span["End-LSN"]),
            sum(file["Size"] for file in theirs["Files"]),
        )


def the_archive() -> WalArchive:
    archive: WalArchive | None = settings.WAL_ARCHIVE
    if archive is None:
        raise Refused(NO_ARCHIVE)
    if not archive.folder.is_dir():
        raise Refused(f"The folder {archive.folder} isn't there.")
    return archive


def of_this_database(archive: WalArchive) -> ArchiveOf:
    return wal_archive.of_cluster(archive.folder, paths.cluster(settings.DATA_DIR))


def make(now: datetime | None = None) -> BaseBackup:
    """Raises Refused."""
    archive = the_archive()
    with try_lock(LOCK) as nobody_else:
        if not nobody_else:
            raise Refused("Another base backup is already running.")
        try:
            made = _make(archive, now or timezone.now())
            register_copy.catch_up()
        except programs.Failed as error:
            raise Refused(f"The base backup can't be made: {error}") from error
        except OSError as error:
            raise Refused(
                f"The base backup can't be written: {error.strerror}: {error.filename}."
            ) from error
        _tidy(of_this_database(archive), archive.keep)
    return made


def all_of(ours: ArchiveOf) -> list[BaseBackup]:
    """The oldest first. A folder that is none of ours is passed over."""
    return [*_found(ours.base)]


def _found(place: Path) -> Iterator[BaseBackup]:
    for folder in sorted(place.glob("*Z")):
        try:
            if SHAPE.fullmatch(folder.name) and not folder.is_symlink():
                yield BaseBackup.read(folder)
        except (OSError, ValueError, LookupError, TypeError):
            continue


def _make(archive: WalArchive, now: datetime) -> BaseBackup:
    if _ask("show archive_mode") != "on":
        raise Refused(NOT_YET)
    cluster = paths.cluster(settings.DATA_DIR)
    user, ours = paths.system_user(cluster), of_this_database(archive)
    ours.make_folders(user)
    _refuse_without_room(ours)
    target = ours.base / now.astimezone(UTC).strftime(NAME)
    if target.exists():
        raise Refused(f"{target} already exists.")
    half = backup.half_of(target)
    for remains in ours.base.glob(".*.half"):  # under the lock, nobody is making one
        shutil.rmtree(remains)
    paths.closed_folder(half, user)
    try:
        programs.run(
            user,
            "pg_basebackup",
            *("-h", str(paths.socket_folder(settings.DATA_DIR)), "-p", "5432", "-U", SUPERUSER),
            *("--no-password", "--pgdata", str(half), "--checkpoint=fast", "--label=selftrust"),
            *("--format=tar", "--wal-method=stream", "--compress=client-gzip:1"),
        )
        programs.run(user, "pg_verifybackup", "--no-parse-wal", "--quiet", str(half))
        with manifest.new_file(half / OURS) as file:
            file.write(json.dumps(_said(), indent=1).encode() + b"\n")
        backup.sync_folder(half)
        half.rename(target)
        backup.sync_folder(ours.base)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return BaseBackup.read(target)


def _said() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(backup.MASTERS)
        masters = [name for (name,) in cursor.fetchall()]
    return {
        "made_at": timezone.now().isoformat(),
        "application": backup.application_version(),
        "postgres": paths.version(),
        "masters": masters,
    }


def _refuse_without_room(ours: ArchiveOf) -> None:
    """The last one says how much is needed."""
    last = [one.folder for one in all_of(ours)][-1:]
    size = sum(path.stat().st_size for folder in last for path in folder.iterdir())
    if shutil.disk_usage(ours.base).free < size + settings.DISK_FLOOR:
        raise Refused(f"There is too little room in {ours.base}.")


def _tidy(ours: ArchiveOf, keep: int) -> None:
    """Deletes what is too old; a failure is only logged, since the new one is whole."""
    found = all_of(ours)
    oldest = min(one.begins for one in found[-keep:]) // wal_archive.SEGMENT
    try:
        for one in found[:-keep]:
            _remove(one.folder)
        user = paths.system_user(paths.cluster(settings.DATA_DIR))
        first = wal_archive.History(1, ()).name(oldest)
        cleanup = ("--clean-backup-history", "--strip-extension=.gz", str(ours.wal), first)
        programs.run(user, "pg_archivecleanup", *cleanup)
    except (OSError, programs.Failed) as error:
        log.error("What is older than the last base backups was not deleted: %s", error)


def _remove(folder: Path) -> None:
    """What describes it last, so that an interrupted one is still known as ours."""
    for path in folder.iterdir():
        if path.name not in (OURS, THEIRS):
            path.unlink()
    shutil.rmtree(folder)


def _ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
