"""Which errors mean that the database is away for now, not that the code is wrong."""

import errno

import psycopg
from django.db import Error, InterfaceError, OperationalError

# Django's, and psycopg's own where a cursor is not Django's (search, the cache, the pools).
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
# For checks of what may not be there yet either: tables before their migration.
NOT_TO_BE_ASKED = (Error, *AWAY)
FULL, READ_ONLY = "53100", "25006"
# Django calls these an InternalError: read-only, and a transaction that was open for too long.
AWAY_BY_STATE = {FULL, READ_ONLY, "25P03", "25P04"}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def is_away(error: BaseException | None) -> bool:
    """Whether trying again later may help. A full disk of our own counts too."""
    return isinstance(error, AWAY) or sqlstate(error) in AWAY_BY_STATE or is_full(error)


def is_full(error: BaseException | None) -> bool:
    """Whether the disk of the database, or our own, has no room left."""
    return sqlstate(error) == FULL or (isinstance(error, OSError) and error.errno in NO_ROOM)


def is_read_only(error: BaseException | None) -> bool:
    return sqlstate(error) == READ_ONLY


def sqlstate(error: BaseException | None) -> str | None:
    """PostgreSQL's code of an error: psycopg's own, or the one that Django wrapped."""
    while error is not None:
        if state := getattr(error, "sqlstate", None):
            return str(state)
        error = error.__cause__
    return None
