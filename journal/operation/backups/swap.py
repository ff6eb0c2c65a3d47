"""A second database, and the swap of the two by renaming.

PostgreSQL renames databases within a transaction, so a killed process leaves either the old or the
new one in place. The next restore drops the other.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import errors, sql

from journal.database.locks import try_lock
from journal.embedded.hardening import refuse_temporary_tables
from journal.embedded.temporary_server import close_connections
from journal.operation.backups import Refused
from journal.people import database_cache
from journal.privacy.migration_operations import CREATE_ROLES

LOCK = 0x52657374  # the first half of the advisory locks that only this module takes
PATIENCE = 2  # seconds until the server no longer lists our closed connections

STILL_THERE = "Selftrust is running, or something else is connected to the database. Stop it first."
MAY_NOT = (
    "This database account can't create databases, which a restore needs. Ask "
    "the owner of the server to run: alter role {role} createdb;"
)


def fresh_name() -> str:
    return f"{present_name()}_restoring"


def former_name() -> str:
    return f"{present_name()}_before"


def present_name() -> str:
    return connection.settings_dict["NAME"]


def is_empty() -> bool:
    """Whether the current database has no accounts."""
    if "people_user" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("select not exists (select from people_user)")
        return cursor.fetchone()[0]


def let_go() -> None:
    """Closes every connection of this process, those of the cache too."""
    close_connections()
    database_cache.close()


@contextmanager
def alone() -> Iterator[None]:
    """Locks out other restores, which would drop this one's database. The advisory lock is in the
    server's own database, which no swap renames, and ends with the connection."""
    with try_lock(LOCK, present_name(), dbname="postgres") as nobody_else:
        if not nobody_else:
            raise Refused("Another restore is already running.")
        yield


def nobody_else_is_connected() -> None:
    let_go()
    deadline = time.monotonic() + PATIENCE
    with elsewhere() as server:
        while server.execute(
            "select 1 from pg_stat_activity where datname = %s and backend_type = 'client backend'",
            [present_name()],
        ).fetchone():
            if time.monotonic() > deadline:
                raise Refused(STILL_THERE)
            time.sleep(0.05)


def make() -> None:
    """Creates the fresh database and the roles of the wall, which belong to the whole server."""
    drop(fresh_name())
    with elsewhere() as server:
        try:
            server.execute(
                sql.SQL("create database {} template {} encoding 'UTF8'").format(
                    sql.Identifier(fresh_name()),
                    # The embedded server has taken large objects from public in template1.
                    sql.Identifier("template0" if settings.DATABASE_URL else "template1"),
                )
            )
        except errors.InsufficientPrivilege as error:
            raise Refused(MAY_NOT.format(role=connection.settings_dict["USER"])) from error
        refuse_temporary_tables(server, fresh_name())
    with connected_to(fresh_name()) as fresh:
        fresh.execute(CREATE_ROLES)
        fresh.execute("drop function privacy_me()")  # the backup contains it


def swap() -> None:
    """Swaps the two in one transaction. Raises Refused if there is a connection to the old one."""
    let_go()
    try:
        with elsewhere() as server, server.transaction():
            _rename(server, present_name(), former_name())
            _rename(server, fresh_name(), present_name())
    except errors.ObjectInUse as error:
        raise Refused(f"Nothing was changed. {STILL_THERE}") from error


def drop(name: str) -> None:
    with elsewhere() as server:
        server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Connects Django to the database of that name inside the block."""
    present = present_name()
    let_go()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        let_go()
        connection.settings_dict["NAME"] = present


@contextmanager
def connected_to(name: str) -> Iterator[psycopg.Connection]:
    how = {**connection.get_connection_params(), "dbname": name, "autocommit": True}
    with psycopg.connect(**how) as opened:
        yield opened


@contextmanager
def elsewhere() -> Iterator[psycopg.Connection]:
    """A connection to the server, but not to the database that it renames."""
    with connected_to("postgres") as server:
        yield server


def _rename(server: psycopg.Connection, name: str, new_name: str) -> None:
    statement = sql.SQL("alter database {} rename to {}")
    server.execute(statement.format(sql.Identifier(name), sql.Identifier(new_name)))
