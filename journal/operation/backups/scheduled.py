"""Backups that the worker makes, and how many are kept.

One node at a time: each looks once a minute, and again under the lock. The names of the folders
say when the last was made, so one that somebody moved away is made again. A try that failed is
repeated after an hour, or the interval if that is shorter, since each leaves a line in the
operator's log for good. Base backups (base.py) are made in the same way.

Older ones are deleted only once a new one is whole, so a full disk leaves them, and only a folder
with a name of ours and a manifest that our master key sealed: nobody else can make one.
"""

import logging
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from journal.audit.events import What
from journal.audit.recording import failure_recorded
from journal.database.locks import try_lock
from journal.embedded.backup_settings import ScheduledBackups, WalArchive
from journal.operation import installation_state
from journal.operation.backups import backup, base, manifest

log = logging.getLogger(__name__)

LOCK = 0x53656C66_53636864  # an advisory lock that only this module takes
NAME, SHAPE = "selftrust-%Y%m%dT%H%M%SZ", re.compile(r"selftrust-\d{8}T\d{6}Z")
AGAIN = timedelta(hours=1)
STATE_OF_BASE = "base_backup"  # when the last was tried
STATE = "scheduled_backup"  # the folder of the last try, and when that was


def make_if_due(now: datetime | None = None) -> bool:
    """Whether one was made. The log says what failed."""
    plan, now = settings.SCHEDULED_BACKUPS, now or timezone.now()
    if plan is None or not _is_due(plan, now):
        return False
    with try_lock(LOCK) as nobody_else:
        return nobody_else and _is_due(plan, now) and _make(plan, now)


def make_base_if_due(now: datetime | None = None) -> bool:
    """Whether a base backup was made. The log says what failed."""
    archive, now = settings.WAL_ARCHIVE, now or timezone.now()
    if archive is None or not _is_base_due(archive, now):
        return False
    installation_state.note(STATE_OF_BASE, tried_at=now.isoformat())
    try:
        call_command("base_backup")
    except CommandError as error:
        log.error("No base backup was made: %s", error)
        return False
    return True


def _is_base_due(archive: WalArchive, now: datetime) -> bool:
    made = [one.made_at for one in base.all_of(base.of_this_database(archive))]
    if made and made[-1] <= now < made[-1] + archive.every:
        return False
    tried = installation_state.moment(STATE_OF_BASE, "tried_at")
    return tried is None or not tried <= now < tried + min(AGAIN, archive.every)


def _is_due(plan: ScheduledBackups, now: datetime) -> bool:
    made = _made(plan.folder, now)
    if made and now < made[-1][0] + plan.every:
        return False
    tried = _moment(installation_state.read(STATE).get("folder", ""))
    return tried is None or not tried <= now < tried + min(AGAIN, plan.every)


def _make(plan: ScheduledBackups, now: datetime) -> bool:
    _remove_half_of(plan)
    target = plan.folder / now.astimezone(UTC).strftime(NAME)
    installation_state.note(STATE, folder=target.name)
    try:
        with failure_recorded(What.BACKUP):
            _refuse_without_room(plan, now)
        call_command("backup", str(target), without_photos=not plan.with_photos)
    except CommandError as error:
        log.error("No backup was made: %s", error)
        return False
    try:
        for _at, folder in _made(plan.folder, now)[: -plan.keep]:
            if manifest.is_ours(folder):
                _remove(folder)
    except OSError as error:
        log.error("An old backup was not deleted: %s: %s.", error.strerror, error.filename)
    return True


def _refuse_without_room(plan: ScheduledBackups, now: datetime) -> None:
    """A disk on which people write must not fill up. The last backup says how much is needed."""
    last = [folder for _at, folder in _made(plan.folder, now)][-1:]
    size = sum(path.stat().st_size for folder in last for path in folder.rglob("*"))
    if plan.folder.is_dir() and shutil.disk_usage(plan.folder).free < size + settings.DISK_FLOOR:
        raise CommandError(f"There is too little room in {plan.folder}.")


def _made(place: Path, now: datetime) -> list[tuple[datetime, Path]]:
    """The oldest first. Those of a clock that was wrong wait until their time is over."""
    try:
        named = [(_moment(path.name), path) for path in place.iterdir()]
    except OSError:  # the backup itself says so
        return []
    return sorted((at, path) for at, path in named if at and at <= now and _is_folder(path))


def _moment(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, NAME).replace(tzinfo=UTC) if SHAPE.fullmatch(name) else None
    except ValueError:
        return None


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove_half_of(plan: ScheduledBackups) -> None:
    """What a try left that was killed: under the lock, none is being made."""
    name = installation_state.read(STATE).get("folder", "")
    if _moment(name):
        shutil.rmtree(backup.half_of(plan.folder / name), ignore_errors=True)


def _remove(folder: Path) -> None:
    """The manifest last, so that an interrupted one is still known as ours."""
    for path in folder.iterdir():
        if _is_folder(path):
            shutil.rmtree(path)
        elif path.name != manifest.MANIFEST:
            path.unlink()
    shutil.rmtree(folder)
