"""What all processes count for Prometheus, while `serve` has made a folder for it.

Each process counts in files of its own there (prometheus_client's multiprocess mode), so that two
web processes and the workers add up, and a process that dies takes no count with it; the process
that answers Prometheus reads them (journal/operation/metrics.py). Without the folder nothing is
counted, and the library isn't even imported.

Labels are names out of the code: views, queues, modules. Nothing from a request or a row is one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from time import monotonic

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client looks for it when it is imported
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Counters:
    def __init__(self) -> None:
        import prometheus_client

        # In no registry, so that one that had no room for its file can be made again.
        Counter = partial(prometheus_client.Counter, registry=None)
        Histogram = partial(prometheus_client.Histogram, registry=None, buckets=SECONDS)

        self.requests = Counter(
            "selftrust_requests_total", "Requests answered, by view and status", ["view", "status"]
        )
        self.request_seconds = Histogram(
            "selftrust_request_seconds",
            "Seconds from the whole request being there to its answer, by view",
            ["view"],
        )
        self.turned_away = Counter(
            "selftrust_requests_turned_away_total",
            "Requests answered 503, by what there was too little of",
            ["reason"],
        )
        self.connection_seconds = Histogram(
            "selftrust_database_connection_wait_seconds",
            "Seconds that a request or a task waited for a database connection",
        )
        self.connection_failures = Counter(
            "selftrust_database_connection_failures_total", "Waits that ended without a connection"
        )
        self.log_records = Counter(
            "selftrust_log_records_total", "Lines logged, by logger and level", ["logger", "level"]
        )
        self.mails = Counter(
            "selftrust_mails_total", "Attempts to send a mail, by result", ["result"]
        )
        self.reminders = Counter(
            "selftrust_reminders_sent_total", "Reminders handed over to be sent"
        )


_counters = cache(Counters)


def count(add: Callable[[Counters], object]) -> None:
    """Adds to a counter. A full disk under the folder stops no request."""
    if FOLDER in os.environ:
        with suppress(OSError):
            add(_counters())


def turned_away(reason: str) -> None:
    count(lambda counters: counters.turned_away.labels(reason).inc())


@contextmanager
def connection_awaited() -> Iterator[None]:
    """Counts the wait for a database connection."""
    start = monotonic()
    try:
        yield
    except Exception:
        count(lambda counters: counters.connection_failures.inc())
        raise
    finally:
        seconds = monotonic() - start
        count(lambda counters: counters.connection_seconds.observe(seconds))
