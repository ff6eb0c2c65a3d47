"""Backups that the worker makes in a folder or bucket (places.py), and how many are kept.

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

from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from journal.audit.events import What
from journal.audit.recording import failure_recorded
from journal.database.locks import try_lock
from journal.embedded.backup_settings import ScheduledBackups, WalArchive
from journal.operation import installation_state
from journal.operation.backups import Refused, base
from journal.operation.backups.places import Place, place_of

log = logging.getLogger(__name__)

LOCK = 0x53656C66_53636864  # an advisory lock that only this module takes
NAME, SHAPE = "selftrust-%Y%m%dT%H%M%SZ", re.compile(r"selftrust-\d{8}T\d{6}Z")
AGAIN = timedelta(hours=1)
STATE_OF_BASE = "base_backup"  # when the last was tried
STATE = "scheduled_backup"  # the folder of the last try, and when that was


def make_if_due(now: datetime | None = None) -> bool:
    """Whether one was made. The log says what failed."""
    plan, now = settings.SCHEDULED_BACKUPS, now or timezone.now()
    if plan is None:
        return False
    try:
        place = place_of(plan)
        if not _is_due(plan, place, now):
            return False
        with try_lock(LOCK) as nobody_else:
            return nobody_else and _is_due(plan, place, now) and _make(plan, place, now)
    except Refused as error:
        log.error("It is not known whether a backup is due: %s", error)
        return False


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


def _is_due(plan: ScheduledBackups, place: Place, now: datetime) -> bool:
    tried = _moment(installation_state.read(STATE).get("folder", ""))
    if tried and tried <= now < tried + min(AGAIN, plan.every):
        return False
    made = _made(place, now)
    return not made or now >= made[-1][0] + plan.every


def _make(plan: ScheduledBackups, place: Place, now: datetime) -> bool:
    name = now.astimezone(UTC).strftime(NAME)
    try:
        with failure_recorded(What.BACKUP):
            _remove_half_of(place)
            installation_state.note(STATE, folder=name)
            _refuse_without_room(place, now)
        place.make(name, without_photos=not plan.with_photos)
    except (CommandError, Refused) as error:
        log.error("No backup was made: %s", error)
        return False
    try:
        for _at, older in _made(place, now)[: -plan.keep]:
            if place.is_ours(older):
                place.remove(older)
    except (Refused, OSError) as error:
        log.error("An old backup was not deleted: %s", error)
    return True


def _refuse_without_room(place: Place, now: datetime) -> None:
    """A disk on which people write must not fill up. The last backup says how much is needed."""
    size = sum(place.size(name) for _at, name in _made(place, now)[-1:])
    room = place.room()
    if room and shutil.disk_usage(room).free < size + settings.DISK_FLOOR:
        raise Refused(f"There is too little room in {room}.")


def _made(place: Place, now: datetime) -> list[tuple[datetime, str]]:
    """The oldest first. Those of a clock that was wrong wait until their time is over."""
    named = [(_moment(name), name) for name in place.names()]
    return sorted((at, name) for at, name in named if at and at <= now)


def _moment(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, NAME).replace(tzinfo=UTC) if SHAPE.fullmatch(name) else None
    except ValueError:
        return None


def _remove_half_of(place: Place) -> None:
    """What a try left that was killed: under the lock, none is being made."""
    name = installation_state.read(STATE).get("folder", "")
    if _moment(name):
        place.remove_half_of(name)
