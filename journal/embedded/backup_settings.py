"""The settings of backups; CannotStart on anything that would be ignored."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from journal.embedded.storage_url import storage_of

ARCHIVE_PROGRAMS = ("sh", "gzip", "cmp", "sync", "mv", "test")
OUTSIDE = (
    "{name} has to be a whole path, outside of the data folder: what takes that away would take "
    "{what} too."
)


class ScheduledBackups(NamedTuple):
    every: timedelta
    folder: Path
    keep: int
    with_photos: bool
    bucket: dict[str, Any] | None = None  # a storage of Django's, in place of the folder

    @property
    def name(self) -> str:
        return str(self.bucket["OPTIONS"]["bucket_name"] if self.bucket else self.folder)


class WalArchive(NamedTuple):
    """Where the embedded server's log is archived (wal_archive.py)."""

    folder: Path
    within: timedelta  # what is written is in the archive after this time at the latest
    every: timedelta  # between two base backups
    keep: int  # base backups, and the log since the oldest of them


def settings_of(
    env: Environment, data_folder: Path
) -> tuple[ScheduledBackups | None, WalArchive | None]:
    return scheduled_backups(env, data_folder), wal_archive(env, data_folder)


def scheduled_backups(env: Environment, data_folder: Path) -> ScheduledBackups | None:
    """None: the worker makes none."""
    to, every = env("SELFTRUST_BACKUP_TO"), env("SELFTRUST_BACKUP_EVERY")
    found = ScheduledBackups(
        timedelta(hours=env.hours("SELFTRUST_BACKUP_EVERY", 24)),
        Path(to),
        env.whole("SELFTRUST_BACKUP_KEEP", 14, least=1),
        env.flag("SELFTRUST_BACKUP_PHOTOS", default=True),
    )
    if bool(to) != bool(every):
        raise CannotStart("SELFTRUST_BACKUP_EVERY and SELFTRUST_BACKUP_TO need each other.")
    if not every:
        return None
    if to.startswith("s3://"):
        bucket = storage_of(to, data_folder, "SELFTRUST_BACKUP_TO")
        return found._replace(folder=data_folder, bucket=bucket)
    _refuse_inside("SELFTRUST_BACKUP_TO", "the backups", found.folder, data_folder)
    return found


def wal_archive(env: Environment, data_folder: Path) -> WalArchive | None:
    """None: nothing is archived."""
    to = env("SELFTRUST_WAL_ARCHIVE")
    found = WalArchive(
        Path(to),
        timedelta(seconds=env.between("SELFTRUST_WAL_SECONDS", 1, 86_400) or 60),
        timedelta(hours=env.hours("SELFTRUST_BASE_BACKUP_EVERY", 24)),
        env.whole("SELFTRUST_BASE_BACKUP_KEEP", 7, least=1),
    )
    if not to:
        return None
    if env("DATABASE_URL"):
        raise CannotStart(
            "SELFTRUST_WAL_ARCHIVE is for the embedded database. A PostgreSQL of your own has its "
            "own ways: docs/deploying.md names them."
        )
    _refuse_inside("SELFTRUST_WAL_ARCHIVE", "the archive", found.folder, data_folder)
    if missing := [name for name in ARCHIVE_PROGRAMS if not shutil.which(name)]:
        raise CannotStart(f"SELFTRUST_WAL_ARCHIVE needs the program {missing[0]}.")
    return found


def _refuse_inside(name: str, what: str, folder: Path, data_folder: Path) -> None:
    if not folder.is_absolute() or folder.resolve().is_relative_to(data_folder):
        raise CannotStart(OUTSIDE.format(name=name, what=what))
