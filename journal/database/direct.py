"""The database's own address, past a pooler (DATABASE_DIRECT_URL).

A pooler in transaction mode is made for short transactions. A lock that is held for long would keep
one of its few sessions, and pg_dump and pg_restore keep settings in their session, so both go to
this address. Without one it is the address of everything else.
"""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import connection

from journal.database.pooler import stands_between

if TYPE_CHECKING:
    from journal.database.base import DatabaseWrapper

STILL_A_POOLER = (
    "A pooler stands in front of the database, and {what} can't go through one. "
    "Set DATABASE_DIRECT_URL to the database's own address."
)


def parameters(**changes: Any) -> dict[str, Any]:
    """psycopg's arguments for a connection past the pooler."""
    there = connection
    if settings.DIRECT_DATABASE and not _is_used():
        there = connection.copy()
        there.settings_dict.update(settings.DIRECT_DATABASE)
    return {**there.get_connection_params(), **changes}


def use() -> None:
    """For a command: all connections of this process go past the pooler from now on."""
    if settings.DIRECT_DATABASE and not _is_used():
        connection.close()
        cast("DatabaseWrapper", connection).close_pool()
        connection.settings_dict.update(settings.DIRECT_DATABASE)


def is_reached() -> bool:
    """Whether no pooler stands between this process and the database."""
    connection.ensure_connection()
    return not stands_between(connection.connection)


def _is_used() -> bool:
    """The name says nothing: a restore works on more than one database."""
    ours, direct = connection.settings_dict, settings.DIRECT_DATABASE
    return all(ours[key] == direct[key] for key in ("HOST", "PORT", "USER", "OPTIONS"))
