"""Recovers the database from a base backup and the archived log, up to a moment or to its end.

It happens in a folder beside the current cluster: every error leaves that one as it was. Before
anyone can reach what was recovered, the migrations run, the wall is checked, sessions and waiting
mails go as in a restore, and accounts that were deleted since then are deleted again. Then the two
folders change places by renaming; the other is set aside, and stays until somebody deletes it.
"""

import errno
import gzip
import shutil
import tarfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from journal.account_deletion.deletion import UnderWay
from journal.audit import carry_over
from journal.audit.models import AuditEvent
from journal.embedded import paths, wal_archive
from journal.embedded.backup_settings import WalArchive
from journal.embedded.errors import AlreadyRunning, CannotStart
from journal.embedded.recovering import RecoveringServer, TargetNotReached
from journal.embedded.server import RECOVERED
from journal.embedded.wal_archive import ArchiveOf, History
from journal.installation import carry_over as installation_carry_over
from journal.installation.carry_over import Carried
from journal.operation.backups import Refused, backup, base, manifest, swap
from journal.operation.backups.after_recovery import make_ready
from journal.operation.backups.base import BaseBackup
from journal.operation.backups.taken_back import TakenBack
from journal.privacy import keys
from journal.privacy.storage import StorageAway

BEFORE = "postgres.before-%Y%m%dT%H%M%SZ"
ROOM = 1024**3  # bytes, for the log beside the base backup
IS_RUNNING = "Selftrust is running. Stop it first."
IS_THERE = (
    "There is a database in {place}. It would be set aside, and what was written in it since then "
    "would not be in the recovered one. If that's what you want, use recover --yes."
)
Say = Callable[[str], Any]


class Begin(NamedTuple):
    """From where, and along which timeline."""

    ours: ArchiveOf
    base: BaseBackup
    history: History


class Current(NamedTuple):
    """What the current database knows, and the recovered one can't."""

    events: list[AuditEvent]
    carried: Carried | None
    taken_back: TakenBack | None


def recover(to: datetime | None, *, timeline: int | None, sure: bool, say: Say) -> None:
    """Raises Refused, or CannotStart; nothing is changed then."""
    archive = base.the_archive()
    if to and to > timezone.now():
        raise Refused(f"{_named(to)} is still to come.")
    server = RecoveringServer(settings.DATA_DIR, archive)
    try:
        server.take_lock()
    except AlreadyRunning as error:
        raise Refused(IS_RUNNING) from error
    try:
        begin = _begin(archive, to, timeline)
        if server.usual.exists() and not sure:
            raise Refused(IS_THERE.format(place=server.usual))
        _recover(server, begin, to, say)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        reason = "The disk is full" if full else f"{error.strerror}: {error.filename}"
        raise Refused(f"Nothing was changed. {reason}.") from error
    finally:
        swap.let_go()
        shutil.rmtree(server.draft, ignore_errors=True)
        server.stop()


def _begin(archive: WalArchive, to: datetime | None, timeline: int | None) -> Begin:
    """The newest base backup that was whole by then, of the timeline that was written last."""
    there = [path for path in archive.folder.iterdir() if path.name.isdecimal()]
    found = [(ours, one) for ours in map(ArchiveOf, there) for one in base.all_of(ours)]
    if not found:
        raise Refused(f"There is no base backup in {archive.folder}.")
    if to is None and len({ours for ours, _one in found}) > 1:
        raise Refused("The archive holds several databases. Name a moment, with --to.")
    found.sort(key=lambda each: each[1].made_at)
    early = [each for each in found if to is None or each[1].made_at <= to]
    if to and not early:
        first = found[0][1].made_at
        raise Refused(
            f"No base backup was made before {_named(to)}. The first is of {_named(first)}: "
            "moments after it can be recovered."
        )
    ours = early[-1][0]
    number = timeline or max(ours.timelines())
    if number not in ours.timelines():
        raise Refused(f"The archive has no timeline {number}.")
    history = ours.history(number)
    usable = [
        one for where, one in early if where == ours and history.holds(one.timeline, one.ends)
    ]
    if not usable:
        raise Refused(f"No base backup was made before that on timeline {number}.")
    _refuse_foreign(usable[-1])
    return Begin(ours, usable[-1], history)


def _refuse_foreign(one: BaseBackup) -> None:
    if one.postgres != paths.version():
        raise Refused(
            f"This archive was written by PostgreSQL {one.postgres}, but this Selftrust comes with "
            f"PostgreSQL {paths.version()}. Recover with the Selftrust that wrote it."
        )
    if missing := sorted(set(one.masters) - {key.name for key in keys.master_keys()}):
        raise Refused(manifest.NEEDS_KEY.format(what="This archive", names=", ".join(missing)))


def _recover(server: RecoveringServer, begin: Begin, to: datetime | None, say: Say) -> None:
    began = time.monotonic()
    current = _current(server, say)
    shutil.rmtree(server.draft, ignore_errors=True)
    _refuse_without_room(server.usual.parent, begin.base)
    say(f"Recovering from the base backup of {_named(begin.base.made_at)}.")
    _unpack(begin.base, server.draft)
    _take_what_is_not_archived(server, begin.ours)
    try:
        gone, again, last = _replayed(server, begin, to, current)
    except CannotStart as error:
        raise Refused(f"Nothing was changed: {error}") from error
    except StorageAway as error:
        raise Refused(f"Nothing was changed: the storage doesn't answer ({error}).") from error
    except (DatabaseError, psycopg.Error, UnderWay) as error:
        raise Refused(f"Nothing was changed: {' '.join(str(error).split())}") from error
    aside = _take_its_place(server)
    what = _named(to) if to else "All that is in the archive"
    change = f" The last change is of {_named(last)}." if last else ""
    say(f"{what} is recovered, after {time.monotonic() - began:.0f} seconds.{change}")
    say("Everyone has to sign in again.")
    if gone:
        say(f"Accounts that were deleted after that and have been deleted again: {gone}.")
    if again:
        say(f"Links and shares that were ended after that and have been ended again: {again}.")
    if aside:
        say(f"The database from before is in {aside}. Delete it when you no longer need it.")
        say(f"What was written there is timeline {begin.history.timeline} of the archive.")


def _current(server: RecoveringServer, say: Say) -> Current:
    """Starts the current database once, if it still starts. When it ends, it archives the rest."""
    if server.usual.exists():
        try:
            with server.on_the_usual():
                return Current(
                    carry_over.read_events(), installation_carry_over.read(), TakenBack.read()
                )
        except CannotStart as error:
            say(str(error))
        finally:
            swap.let_go()
    say(
        "The database from before can't be read. So lines of the operator's log since then are "
        "lost, and what clients took back from coaches since then is in force again."
    )
    return Current([], None, None)


def _refuse_without_room(folder: Path, one: BaseBackup) -> None:
    free = shutil.disk_usage(folder).free
    if free < one.size + ROOM:
        raise Refused(
            f"Recovering needs {(one.size + ROOM) / ROOM:.1f} GB in {folder}, and "
            f"{free / ROOM:.1f} are free. Nothing was changed."
        )


def _unpack(one: BaseBackup, draft: Path) -> None:
    draft.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    draft.mkdir(mode=0o700)
    try:
        for name, folder in ((base.FILES, draft), (base.LOG, draft / "pg_wal")):
            with tarfile.open(one.folder / name) as files:
                files.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
        raise Refused(f"The base backup in {one.folder} is damaged: {error}") from error
    draft.chmod(0o700)


def _take_what_is_not_archived(server: RecoveringServer, ours: ArchiveOf) -> None:
    """The last pieces of a database that stopped before it could archive them."""
    try:
        if wal_archive.of_cluster(ours.folder.parent, server.usual) != ours:
            return
        archived = ours.pieces()
        for path in (server.usual / "pg_wal").iterdir():
            if wal_archive.PIECE.fullmatch(path.name) and path.name not in archived:
                shutil.copyfile(path, server.draft / "pg_wal" / path.name)
    except FileNotFoundError:
        return  # there is no database, or half of one


def _replayed(
    server: RecoveringServer, begin: Begin, to: datetime | None, current: Current
) -> tuple[int, int, datetime | None]:
    try:
        with server.on_the_draft(begin.ours, begin.history.timeline, to):
            if to is None:
                _refuse_less_than_all(server, begin)
            return *_made_ready(to, current), server.last_change()
    except TargetNotReached:
        _refuse_broken(server, begin)
    with server.on_the_draft(begin.ours, begin.history.timeline, None):
        _refuse_less_than_all(server, begin)  # all there is, is from before that moment
        return *_made_ready(to, current), server.last_change()


def _refuse_less_than_all(server: RecoveringServer, begin: Begin) -> None:
    """PostgreSQL takes a piece that it can't read for the end."""
    last = begin.ours.last_of(begin.history)
    name = begin.history.name(last)
    if last > begin.base.ends // wal_archive.SEGMENT and not server.has_fetched(name):
        _refuse_broken(server, begin)
        raise Refused(f"PostgreSQL did not read {name}.gz; postgres.log says why.")


def _refuse_broken(server: RecoveringServer, begin: Begin) -> None:
    """Raises Refused if a piece is missing or damaged that later ones follow."""
    there = begin.ours.pieces()
    first = begin.base.ends // wal_archive.SEGMENT + 1
    for number in range(first, begin.ours.last_of(begin.history) + 1):
        name = begin.history.name(number)
        if name not in there or not begin.ours.can_be_read(name):
            kind = "damaged" if name in there else "missing"
            change = server.last_change()
            hint = f" Recover a moment before {_named(change)}." if change else ""
            raise Refused(
                f"{begin.ours.wal / name}.gz is {kind}, so nothing after it can be recovered."
                f"{hint} Nothing was changed."
            )


def _made_ready(to: datetime | None, current: Current) -> tuple[int, int]:
    gone = make_ready(to, current.carried)
    again = current.taken_back.do_again() if current.taken_back else 0
    carry_over.add(current.events)
    return gone, again


def _take_its_place(server: RecoveringServer) -> Path | None:
    """Two renames; the next start makes the second if this process is killed in between."""
    swap.let_go()
    recovered = server.usual.with_name(RECOVERED)
    server.draft.rename(recovered)
    aside = _set_aside(server.usual)
    recovered.rename(server.usual)
    backup.sync_folder(server.usual.parent)
    try:
        with server.on_the_usual():
            pass
    except CannotStart as error:
        server.usual.rename(server.draft)
        if aside:
            aside.rename(server.usual)
        raise Refused(f"Nothing was changed: {error}") from error
    return aside


def _set_aside(cluster: Path) -> Path | None:
    if not cluster.exists():
        return None
    aside = cluster.with_name(timezone.now().astimezone(UTC).strftime(BEFORE))
    cluster.rename(aside)
    return aside


def _named(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S %Z")
