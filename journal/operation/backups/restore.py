"""Restores a backup: checks it, fills a second database, then swaps it with the current one.

The restore does not touch the current database before the swap, so every error leaves it unchanged.
Before anyone can reach the new database, the restore runs the migrations, checks the wall, and
deletes the accounts that were deleted after the backup.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connection

from journal.account_deletion.deletion import UnderWay, reapply
from journal.audit import carry_over
from journal.audit.events import What
from journal.audit.recording import record
from journal.installation import carry_over as installation_carry_over
from journal.installation import storage_mark
from journal.operation import health
from journal.operation.backups import Refused, backup, manifest, pg_tools, photos, swap
from journal.operation.health.findings import BAD
from journal.privacy.storage import StorageAway
from journal.sharing.policies import NEW_NOTE_KEY

NOT_EMPTY = (
    "The current database has people's accounts in it. All of it would be replaced by the backup "
    "of {made_at}. If that's what you want, use restore --yes."
)
PUT_KEY = f"""
insert into {backup.DATA_KEYS}
select * from json_populate_record(null::{backup.DATA_KEYS}, %s::json)
"""  # noqa: S608


def restore(source: Path, *, sure: bool, say: Callable[[str], Any]) -> None:
    """`sure`: replace a database in which people have accounts. Raises Refused."""
    said = manifest.checked(source)
    photos.check(source)
    pg_tools.run("pg_restore", "--list", str(source / manifest.DUMP))
    with swap.alone():
        put_back(source, said, sure=sure, say=say)


def put_back(source: Path, said: dict[str, Any], *, sure: bool, say: Callable[[str], Any]) -> None:
    if not sure and not swap.is_empty():
        raise Refused(NOT_EMPTY.format(made_at=said["made_at"]))
    events, carried = carry_over.read_events(), installation_carry_over.read()
    swap.nobody_else_is_connected()
    swap.drop(swap.former_name())
    swap.make()
    try:
        fill(source, said)
        with swap.pointed_at(swap.fresh_name()):
            newer = bring_up_to_date(said)
            stored = photos.put_back(source)
            installation_carry_over.add(carried)
            gone = reapply()
            carry_over.add(events)
            _record(said)
        swap.swap()
    except BaseException as error:
        swap.drop(swap.fresh_name())
        if isinstance(error, StorageAway):
            raise Refused(f"Nothing was changed: the storage doesn't answer ({error}).") from error
        if isinstance(error, (DatabaseError, psycopg.Error, UnderWay)):
            raise Refused(f"Nothing was changed: {' '.join(str(error).split())}") from error
        raise
    storage_mark.adopt()
    swap.drop(swap.former_name())
    rows = said["rows"]
    say(
        f"Restored the backup of {said['made_at']}. Accounts: {rows['people_user']}, rows: "
        f"{sum(rows.values())}. Everyone has to sign in again."
    )
    if stored:
        say(f"Files of photos put back: {stored}.")
    if newer:
        say(f"Migrations newer than the backup: {newer}.")
    if gone:
        say(f"Accounts that were deleted after the backup and have been deleted again: {gone}.")


def _record(said: dict[str, Any]) -> None:
    made_at = datetime.fromisoformat(said["made_at"])
    accounts = said["rows"]["people_user"]
    record(What.RESTORE, backup_of=int(made_at.timestamp()), accounts=accounts)


def fill(source: Path, said: dict[str, Any]) -> None:
    """Fills the fresh database. Raises Refused unless its row counts match the manifest."""
    pg_tools.run(
        "pg_restore",
        *("--exit-on-error", "--single-transaction", "--no-owner", "--no-password"),
        *("--dbname", pg_tools.target(swap.fresh_name()), str(source / manifest.DUMP)),
        database=swap.fresh_name(),
    )
    with swap.connected_to(swap.fresh_name()) as fresh:
        with fresh.transaction(), (source / manifest.KEYS).open() as lines:
            fresh.cursor().executemany(PUT_KEY, ([line] for line in lines))
        found = backup.count(fresh, list(said["rows"]))
        if wrong := sorted(table for table, rows in said["rows"].items() if found[table] != rows):
            raise Refused(
                f"{wrong[0]} has {found[wrong[0]]} rows instead of "
                f"{said['rows'][wrong[0]]}. Nothing was changed."
            )
        fresh.execute(NEW_NOTE_KEY)
        fresh.execute("analyze")


def bring_up_to_date(said: dict[str, Any]) -> int:
    """Runs the migrations and returns how many are newer than the backup. Raises Refused if the
    wall has a hole afterwards."""
    call_command("migrate", interactive=False, verbosity=0)
    holes = [found.text for found in health.wall() if found.level == BAD]
    if holes:
        raise Refused(
            f"Nothing was changed, because row-level security would be incomplete: {holes[0]}"
        )
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_migrations")
        return cursor.fetchone()[0] - len(said["migrations"])
