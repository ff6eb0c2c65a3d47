"""Whether a pooler stands between us and PostgreSQL.

In its transaction mode two transactions of ours may run in two sessions of PostgreSQL. A prepared
statement is then missing in the second, or another client's of the same name runs instead; a lock
of the session stays with whoever comes next. So behind a pooler no statement is prepared, and every
lock of ours is of a transaction (locks.py).
"""

from typing import Any

import psycopg


def stands_between(connection: psycopg.Connection[Any]) -> bool:
    """A pooler hands out session numbers of its own, since the sessions change. One round trip."""
    with psycopg.Cursor(connection) as cursor:
        ((session,),) = cursor.execute("select pg_backend_pid()", prepare=False).fetchall()
    return bool(session != connection.info.backend_pid)
