"""How much of everything one `serve` uses: processes, threads, connections, and the time anyone
waits. docs/scaling.md says what follows from what."""

from dataclasses import dataclass

from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart

SHARED_VALUES = 2  # connections of each web process for rate limits (people/database_cache.py)
BACKGROUND = 10  # five things that the worker does at once, each with one more for a lock
COMMANDS = 4  # doctor, metrics, and a backup with its pg_dump


@dataclass(frozen=True)
class Capacity:
    workers: int = 2  # web processes
    threads: int = 4  # of each, so many requests that it works on at once
    pool: int = 3  # database connections of each, each 12 MB in the database
    queue: int = 32  # requests that wait in each for a thread
    queue_seconds: float = 0.5  # after which one that waits is turned away
    request_seconds: float = 4.0  # for all waiting of one request together
    statement_seconds: float = 4.0  # for one statement of it

    @property
    def connections(self) -> int:
        """The most that are open at once, of everything that one `serve` starts."""
        return self.workers * (self.pool + SHARED_VALUES) + BACKGROUND + COMMANDS


def capacity(env: Environment) -> Capacity:
    usual = Capacity()
    given = env.between("SELFTRUST_WEB_THREADS", 1, 64)
    request_seconds = env.seconds("SELFTRUST_REQUEST_SECONDS", usual.request_seconds, most=60)
    statement_seconds = env.seconds("SELFTRUST_STATEMENT_SECONDS", request_seconds, most=60)
    if statement_seconds > request_seconds:
        raise CannotStart(
            "SELFTRUST_STATEMENT_SECONDS can't be longer than SELFTRUST_REQUEST_SECONDS, "
            f"{request_seconds:g}."
        )
    return Capacity(
        workers=env.between("SELFTRUST_WEB_WORKERS", 1, 64) or usual.workers,
        threads=given or usual.threads,
        pool=env.between("SELFTRUST_DATABASE_POOL", 1, 200) or max(usual.pool, given or 0),
        queue=env.between("SELFTRUST_QUEUE", 1, 10_000) or usual.queue,
        queue_seconds=env.seconds("SELFTRUST_QUEUE_SECONDS", usual.queue_seconds, most=60),
        request_seconds=request_seconds,
        statement_seconds=statement_seconds,
    )
