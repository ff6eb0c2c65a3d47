"""One process at a time changes the tables: the others wait for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psycopg import errors

from journal.database import deadlines, locks
from journal.embedded.errors import CannotStart

MIGRATING = 0x5E1F7257  # any number, as long as every start uses the same
PATIENCE = 600.0  # seconds


@contextmanager
def migrating(say: Callable[[str], object]) -> Iterator[None]:
    """Holds the lock during the block. Raises CannotStart where another process does not end within
    PATIENCE."""
    with locks.holder() as holder:
        with deadlines.limited(PATIENCE + locks.ANSWERS_WITHIN, PATIENCE):
            holder.execute(locks.WAIT)
            free = holder.execute("select pg_try_advisory_xact_lock(%s)", [MIGRATING]).fetchall()
            if not free[0][0]:
                say("Another start is updating the tables. Waiting for it to finish.")
                try:
                    holder.execute("select pg_advisory_xact_lock(%s)", [MIGRATING])
                except errors.LockNotAvailable as error:
                    raise CannotStart(
                        "Another start is updating the tables and hasn't finished in ten minutes."
                    ) from error
        yield
