"""Two connections that take turns at points each reaches in a definite order; no clock decides.

A turn ends when the other waits in PostgreSQL for what this connection holds, which is asked.
"""

import threading
from collections.abc import Callable

from django.db import connection

WAITING = """select count(*) from pg_locks
              where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))"""


def in_a_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def until_one_waits_for_this(thread: threading.Thread) -> None:
    """Asks PostgreSQL again and again, as long as the thread is at work."""
    with connection.cursor() as cursor:
        while thread.is_alive():
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("It did not wait.")
