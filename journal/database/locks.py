"""Locks by which one process at a time does something, also across machines.

Each is held by a transaction of a connection of its own, past a pooler if there is one (direct.py).
It ends with the process, and behind a pooler too, where a lock of the session would stay for ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from journal.database import deadlines, direct
from journal.database.base import Connection, Cursor

ANSWERS_WITHIN = 20.0  # seconds; a pooler whose sessions are all taken would let us wait for long
WAIT = "set local idle_in_transaction_session_timeout = 0"


@contextmanager
def holder(**changes: Any) -> Iterator[psycopg.Connection[Any]]:
    """A connection whose transaction may stay open for long. `changes` are to its settings."""
    with Connection.connect(**direct.parameters(cursor_factory=Cursor, **changes)) as opened:
        yield opened


@contextmanager
def try_lock(number: int, name: str | None = None, **changes: Any) -> Iterator[bool]:
    """Whether the lock was free; if so it is held during the block. `name` makes one lock of many.
    Raises OperationalError where the database does not answer in time."""
    keys = [number] if name is None else [number, name]
    function = "%s" if name is None else "%s, hashtext(%s)"
    with holder(**changes) as opened:
        with deadlines.limited(ANSWERS_WITHIN):
            opened.execute(WAIT)
            free = opened.execute(f"select pg_try_advisory_xact_lock({function})", keys).fetchall()
        yield free[0][0]
