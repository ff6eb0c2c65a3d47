"""Makes a backup while the app runs.

One transaction exports its snapshot; the counts, the data keys and pg_dump all read that snapshot,
so they are consistent. The files of photos follow; none of them ever changes. Everything runs as
the role that owns the tables; any other role would see only one person's rows or none, so `make`
raises Refused for it. An unfinished backup has another name, so nobody can mistake it for a
complete one.
"""

import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from journal.database.locks import try_lock
from journal.operation import installation_state
from journal.operation.backups import Refused, manifest, pg_tools, photos

LOCK = 0x53656C66_4261636B  # an advisory lock that only this command takes
DATA_KEYS = "privacy_datakey"
# With the sessions in a stolen backup, a thief could sign in as someone else. People can sign in
# again after a restore, so the backup leaves these rows out.
LEFT_OUT = {"django_session", "people_sharedvalue", "usersessions_usersession"}
# A new key is made in its place, and nothing is lost with the old one.
LEFT_OUT |= {"sharing_notekey"}
# Export files, mails and notifications expire soon; the worker enqueues unfinished tasks again.
LEFT_OUT |= {"exchange_export", "mail_outboxmessage", "django_tasks_database_dbtaskresult"}
LEFT_OUT |= {"push_pushmessage"}

WRAPPED = f"select to_json(k)::text from {DATA_KEYS} k order by owner_id"  # noqa: S608
MASTERS = f"select distinct master from {DATA_KEYS} order by 1"  # noqa: S608
TABLES = """
select c.relname, row_security_active(c.oid) from pg_class c
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1
"""


def make(target: Path, *, with_photos: bool = True) -> dict[str, Any]:
    """Makes the backup at `target` and returns its manifest. Raises Refused."""
    target = target.absolute()
    if not target.parent.is_dir():
        raise Refused(f"The folder {target.parent} doesn't exist.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"{target} already exists.")
    try:
        with _alone(), _snapshot() as (reader, name), _whole_or_not_at_all(target) as folder:
            said = _fill(folder, reader, name, with_photos=with_photos)
        installation_state.note("backup", made_at=said["made_at"])
    except OSError as error:
        raise Refused(
            f"The backup can't be written: {error.strerror}: {error.filename}."
        ) from error
    return said


def half_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.half")


@contextmanager
def _whole_or_not_at_all(target: Path) -> Iterator[Path]:
    half = half_of(target)
    shutil.rmtree(half, ignore_errors=True)  # the remains of a killed run
    half.mkdir(mode=0o700)
    try:
        yield half
        sync_folder(half)
        half.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _fill(
    folder: Path, reader: psycopg.Connection, snapshot: str, *, with_photos: bool
) -> dict[str, Any]:
    tables = _tables_of_ours(reader)
    left_out = [table for table in tables if table in LEFT_OUT]
    without = [f"--exclude-table-data=public.{table}" for table in [DATA_KEYS, *left_out]]
    with manifest.new_file(folder / manifest.DUMP) as file:
        pg_tools.run(
            "pg_dump",
            *("--format=custom", f"--snapshot={snapshot}", "--lock-wait-timeout=60s"),
            # Only a superuser sets the rights on PostgreSQL's own functions (server.py).
            "--exclude-schema=pg_catalog",
            *("--no-password", *without, "--dbname", pg_tools.target()),
            into=file,
        )
    with manifest.new_file(folder / manifest.KEYS) as file:
        for (line,) in reader.execute(WRAPPED):
            file.write(line.encode() + b"\n")
    masters = reader.execute(MASTERS)
    migrations = reader.execute("select app || '.' || name from django_migrations order by 1")
    said = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "application": application_version(),
        "postgres": pg_tools.server_version(),
        "masters": [name for (name,) in masters],
        "migrations": [name for (name,) in migrations],
        "rows": count(reader, [table for table in tables if table not in LEFT_OUT]),
        "left_out": left_out,
        "photos": photos.copy_out(folder, reader) if with_photos else None,
    }
    manifest.write(folder, said)
    return said


def application_version() -> str:
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def count(reader: psycopg.Connection, tables: list[str]) -> dict[str, int]:
    each = sql.SQL("select {}, count(*) from {}")
    rows = [each.format(table, sql.Identifier("public", table)) for table in tables]
    return dict(reader.execute(sql.SQL(" union all ").join(rows)).fetchall())


def _tables_of_ours(reader: psycopg.Connection) -> list[str]:
    """All tables. Raises Refused if a row policy would hide rows from the current role."""
    rows = reader.execute(TABLES).fetchall()
    if hidden := [table for table, policies_apply in rows if policies_apply]:
        raise Refused(
            f"This database account does not own the table {hidden[0]}, so the backup would be "
            "empty. Run it as the owner of the tables."
        )
    return [table for table, _policies_apply in rows]


@contextmanager
def _snapshot() -> Iterator[tuple[psycopg.Connection, str]]:
    with psycopg.connect(**connection.get_connection_params()) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.read_only = True
        reader.execute("set local row_security = off")  # raises instead of hiding rows
        yield reader, reader.execute("select pg_export_snapshot()").fetchall()[0][0]


@contextmanager
def _alone() -> Iterator[None]:
    with try_lock(LOCK) as nobody_else:
        if not nobody_else:
            raise Refused("Another backup is already running.")
        yield


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
