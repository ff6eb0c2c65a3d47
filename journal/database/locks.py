"""Locks by which one process at a time does something, also across machines.

Each is held by a transaction of a connection of its own: it ends with the process, and behind a
pooler too, where a lock of the session would stay for ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

WAIT = "set local idle_in_transaction_session_timeout = 0"


@contextmanager
def try_lock(number: int, name: str | None = None, **changes: Any) -> Iterator[bool]:
    """Whether the lock was free; if so it is held during the block. `name` makes one lock of many;
    `changes` are to the connection's settings."""
    keys = [number] if name is None else [number, name]
    function = "%s" if name is None else "%s, hashtext(%s)"
    with psycopg.connect(**{**connection.get_connection_params(), **changes}) as holder:
        holder.execute(WAIT)
        free = holder.execute(f"select pg_try_advisory_xact_lock({function})", keys)
        yield free.fetchall()[0][0]
