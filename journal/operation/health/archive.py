"""Checks of the archive of the database's log, our own or that of an external PostgreSQL, and of
base backups."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.embedded import paths
from journal.embedded.recovering import RECOVERING
from journal.operation.backups import base
from journal.operation.health.findings import BAD, LOOK, OK, Finding
from journal.operation.health.rls import ask

# Finished pieces after the last archived one; PostgreSQL forgets which that was after a crash.
ARCHIVER = """
select current_setting('archive_mode') <> 'off', last_archived_time, failed_count,
       coalesce(last_failed_time > last_archived_time, last_failed_time is not null),
       case when pg_is_in_recovery() then 0 else coalesce(greatest(0,
         (pg_split_walfile_name(pg_walfile_name(pg_current_wal_lsn()))).segment_number
         - (pg_split_walfile_name(piece)).segment_number - 1), 0) end
  from (select *, substring(last_archived_wal from '^[0-9A-F]{24}') piece from pg_stat_archiver) a
"""
MANY = 3  # pieces that may wait, for instance while many entries are imported


class Archiver(NamedTuple):
    is_on: bool
    last: datetime | None
    failures: int
    fails: bool  # the last try
    waiting: int  # pieces

    @classmethod
    def ask(cls) -> "Archiver":
        return cls(*ask(ARCHIVER)[0])


def log() -> Iterator[Finding]:
    found, archive = Archiver.ask(), settings.WAL_ARCHIVE
    if archive and not archive.folder.is_dir():
        text = _("The folder of the archive, %(folder)s, isn’t there: nothing is archived.")
        yield Finding(BAD, text % {"folder": archive.folder})
    elif found.is_on and (found.fails or found.waiting > MANY):
        text = ngettext(
            "The database’s log can’t be archived: %(count)d piece waits, and the disk fills up. "
            "The database’s log file says why.",
            "The database’s log can’t be archived: %(count)d pieces wait, and the disk fills up. "
            "The database’s log file says why.",
            found.waiting,
        )
        yield Finding(BAD, text % {"count": found.waiting})
    elif found.last:
        minutes = max(0, (timezone.now() - found.last) // timedelta(minutes=1))
        text = ngettext(
            "The last piece of the database’s log was archived %(count)d minute ago.",
            "The last piece of the database’s log was archived %(count)d minutes ago.",
            minutes,
        )
        yield Finding(OK, text % {"count": minutes})


def base_backups() -> Iterator[Finding]:
    archive, last = settings.WAL_ARCHIVE, last_base_backup()
    if archive is None:
        return
    if last is None:
        yield Finding(LOOK, _("There is no base backup yet. Is manage.py worker running?"))
        return
    age = timezone.now() - last
    hours = max(0, age // timedelta(hours=1))
    text = ngettext(
        "The last base backup is %(count)d hour old.",
        "The last base backup is %(count)d hours old.",
        hours,
    )
    yield Finding(LOOK if age > 2 * archive.every else OK, text % {"count": hours})


def set_aside() -> Iterator[Finding]:
    if settings.DATABASE_URL:
        return
    place = paths.cluster(settings.DATA_DIR)
    for folder in sorted([*place.parent.glob("postgres.before-*"), place.with_name(RECOVERING)]):
        if folder.is_dir():
            text = _(
                "%(folder)s is left from a recovery, with words in it. Delete it when you no "
                "longer need it."
            )
            yield Finding(LOOK, text % {"folder": folder})


def last_base_backup() -> datetime | None:
    if settings.WAL_ARCHIVE is None:
        return None
    try:
        made = base.all_of(base.of_this_database(settings.WAL_ARCHIVE))
    except OSError:  # no database, or no archive
        return None
    return made[-1].made_at if made else None
