"""Whether a pooler stands between us and PostgreSQL, and whether it knows of prepared statements.

In its transaction mode two transactions of ours may run in two sessions of PostgreSQL. A prepared
statement is then missing in the second, or another client's of the same name runs instead; a lock
of the session stays with whoever comes next. So every lock of ours is of a transaction (locks.py),
and nothing is prepared behind a pooler unless it keeps statements apart, as PgBouncer does since
1.22 where `max_prepared_statements` is set.
"""

from typing import Any

import psycopg
from psycopg import capabilities
from psycopg.conninfo import make_conninfo

# psycopg's own names of statements.
OURS = "_pg3_"
PROBE = "select name from pg_prepared_statements where statement like '%selftrust_probe%'"

_known: dict[str, bool] = {}


def stands_between(connection: psycopg.Connection[Any]) -> bool:
    """A pooler hands out session numbers of its own, since the sessions change. One round trip."""
    with psycopg.Cursor(connection) as cursor:
        ((session,),) = cursor.execute("select pg_backend_pid()", prepare=False).fetchall()
    return bool(session != connection.info.backend_pid)


def keeps_statements(parameters: dict[str, Any]) -> bool:
    """Whether statements can be prepared behind the pooler at this address. Asked once in each
    process, on a connection of its own."""
    there = {name: str(parameters.get(name, "")) for name in ("host", "port", "dbname", "user")}
    address = make_conninfo("", **there)
    if address not in _known:
        try:
            _known[address] = _keeps_statements(parameters)
        except psycopg.OperationalError:
            return False  # the pooler is away, and is asked again
    return _known[address]


def _keeps_statements(parameters: dict[str, Any]) -> bool:
    """One that keeps clients' statements apart gives each a name of its own on the server.
    PgBouncer 1.21 does, but passes psycopg's `deallocate all` after a rollback on to the server
    without forgetting its own list, so the next use fails."""
    if not capabilities.has_send_close_prepared():
        return False  # psycopg would then deallocate by SQL, under a name that the server lacks
    how = {**parameters, "autocommit": True, "prepare_threshold": 0}
    with psycopg.connect(**how) as asking, psycopg.Cursor(asking) as cursor:
        try:
            with asking.transaction():
                if not _has_other_name(cursor):
                    return False
            with asking.transaction(force_rollback=True):
                cursor.execute("select", prepare=True)
            with asking.transaction():
                return _has_other_name(cursor)
        except psycopg.OperationalError:
            raise
        except psycopg.Error:
            return False


def _has_other_name(cursor: psycopg.Cursor[Any]) -> bool:
    """Leaves nothing behind in a session that goes to somebody else next."""
    names = [name for (name,) in cursor.execute(PROBE, prepare=True).fetchall()]
    ours = [name for name in names if name.startswith(OURS)]
    for name in ours:
        cursor.execute(f'deallocate "{name}"', prepare=False)
    return bool(names) and not ours
