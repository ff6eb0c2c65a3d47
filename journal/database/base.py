"""The backend: Django looks for `DatabaseWrapper` here (ENGINE = "journal.database")."""

from contextlib import nullcontext
from time import monotonic
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import sql
from psycopg.abc import RV, PQGen
from psycopg.pq import ConnStatus, TransactionStatus

from journal.database import deadlines, once_more, pooler
from journal.monitoring import counters


class Connection(psycopg.Connection[Any]):
    """A connection that is given up when a wait takes too long (deadlines.py), and says what was
    sent (once_more.py)."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        attempt = once_more.current()
        if attempt and not attempt.is_reading:
            attempt.may_have_written = True
        ours = deadlines.left()
        until = monotonic() + ours
        try:
            with deadlines.counted():
                return super().wait(gen, interval, ours if timeout is None else min(timeout, ours))
        except psycopg.InternalError as error:
            if error.sqlstate or self.pgconn.status != ConnStatus.BAD:
                raise
            # A pooler says why a session ended, and then that it is gone: two results for a COMMIT.
            raise psycopg.OperationalError("the connection was lost") from error
        except psycopg.OperationalError as error:
            if attempt and self.pgconn.status == ConnStatus.BAD:
                attempt.lost = True
            if monotonic() < until or self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            self.pgconn.finish()  # closes the socket; nothing waits for the server
            raise psycopg.OperationalError("the database did not answer in time") from error

    def rollback(self) -> None:
        with once_more.reading():
            super().rollback()

    def set_autocommit(self, value: bool) -> None:
        with once_more.reading():
            super().set_autocommit(value)


class _LimitedCursor(base.CursorMixin, psycopg.ClientCursor[Any]):
    """Sends the limits along with the first statement of each transaction, explicit or not, in one
    message. So they hold for the role of the wall, for sessions, and behind a pooler."""

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        idle = self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        limits = deadlines.server_limits() if idle else ""
        if not limits:
            return super().execute(query, *args, **kwargs)
        if isinstance(query, sql.Composable):
            query = sql.SQL(limits) + query
        else:
            query = limits.encode() + query if isinstance(query, bytes) else limits + query
        super().execute(query, *args, **kwargs)
        self.nextset()  # past the row of the limits
        return self


class SaysWhatIsSent:
    """A cursor's statement that only reads does not count as a write (once_more.py)."""

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        above: Any = super()
        with once_more.reading() if once_more.only_reads(query) else nullcontext():
            return above.execute(query, *args, **kwargs)


class Cursor(SaysWhatIsSent, _LimitedCursor):
    pass


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's, but waiting for the pool counts too."""
        if not self.pool:
            return super().get_new_connection(conn_params)
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        self.pool.open()
        with deadlines.counted(), counters.connection_awaited():
            return self.pool.getconn(min(self.pool.timeout, deadlines.left()))

    def _configure_connection(self, connection: Any) -> Any:
        """Called once for each new connection."""
        connection.is_pooled = pooler.stands_between(connection)
        prepares = connection.prepare_threshold is not None
        if (
            connection.is_pooled
            and prepares
            and not pooler.keeps_statements(self.get_connection_params())
        ):
            connection.prepare_threshold = None
        return super()._configure_connection(connection)  # type: ignore[misc]  # private to Django

    def chunked_cursor(self) -> Any:
        """Outside of a transaction a cursor of the server belongs to its session, which a pooler
        gives to somebody else before the next rows are fetched."""
        self.ensure_connection()
        if self.connection.is_pooled and self.connection.autocommit:
            return self.cursor()
        return super().chunked_cursor()
