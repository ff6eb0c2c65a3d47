"""One process at a time changes the tables: the others wait for it.

The lock belongs to a transaction of its own connection. A lock of the session would stay behind in
a pooler's connection, and nobody would ever get it again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import errors

from journal.embedded.errors import CannotStart

MIGRATING = 0x5E1F7257  # any number, as long as every start uses the same
PATIENCE = "10min"


@contextmanager
def migrating(connection: BaseDatabaseWrapper, say: Callable[[str], object]) -> Iterator[None]:
    """Holds the lock during the block. Raises CannotStart where another process does not end within
    PATIENCE."""
    with psycopg.connect(**connection.get_connection_params()) as holder:
        holder.execute("set local idle_in_transaction_session_timeout = 0")
        holder.execute(f"set local lock_timeout = '{PATIENCE}'")
        ((ours,),) = holder.execute("select pg_try_advisory_xact_lock(%s)", [MIGRATING]).fetchall()
        if not ours:
            say("Another start is updating the tables. Waiting for it to finish.")
            try:
                holder.execute("select pg_advisory_xact_lock(%s)", [MIGRATING])
            except errors.LockNotAvailable as error:
                raise CannotStart(
                    "Another start is updating the tables and hasn't finished in ten minutes."
                ) from error
        yield
