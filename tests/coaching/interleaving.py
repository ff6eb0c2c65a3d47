"""Two connections that take turns at points each reaches in a definite order; no clock decides.

A turn ends when the other waits in PostgreSQL, which is asked, or when it is through.
"""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


class Other(threading.Thread):
    """Does its work on a connection of its own, from now on."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self.work, self.result, self.error = work, None, None
        self.connected = threading.Event()
        self.start()

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_backend_pid()")
                self.pid = cursor.fetchone()[0]
            self.connected.set()
            self.result = self.work()
        except BaseException as error:
            self.error = error
        finally:
            self.connected.set()
            connection.close()

    def until_it_waits(self) -> "Other":
        """Asks PostgreSQL again and again; fails where it was through without waiting."""
        while self.is_alive():
            if self._waits_for():
                return self
        raise AssertionError("It did not wait.") from self.error

    def without_waiting(self) -> Any:
        """What its work came to; fails where it waits for this connection."""
        while self.is_alive():
            me, holders = self._asked("select pg_backend_pid()"), self._waits_for()
            assert me not in holders, "It waits for this connection."
        return self.done()

    def _waits_for(self) -> list[int]:
        self.connected.wait()
        return self._asked("select pg_blocking_pids(%s)", self.pid)

    def _asked(self, statement: str, *values: int) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()[0]

    def done(self) -> Any:
        """What its work came to, once it is through; raises what it raised."""
        self.join()
        if self.error:
            raise self.error
        return self.result
