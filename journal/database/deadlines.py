"""How long a process waits for the database.

A request may wait for `per_request` seconds in all: for a thread, for a connection of the pool and
for every statement together. Only waiting counts, so a page that renders for long, or a person who
uploads slowly, uses none of it. After that the connection is closed without asking the server,
since a frozen one would not answer, and the request answers 503 (people/error_views.py). Requests
that queued behind others meanwhile have no time left, so they do not wait for it in turn.

Everything else has a limit for each wait: short in a process that answers requests (checks of the
pool, what Django does after a response), long in workers and commands.

`server_limits` are the same limits for PostgreSQL itself, so that it does not go on waiting for a
lock after we have left.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from journal.webserver.environ import ARRIVED

# All in seconds.
PER_WAIT_IN_COMMANDS = 600.0
LOCK = 3.0
IDLE_IN_TRANSACTION = 15.0
GRACE = 0.3  # PostgreSQL gives up so much earlier than we do: then the connection can be kept

LIMITS = (
    "select set_config('statement_timeout', '{statement:.0f}', true), "
    "set_config('lock_timeout', '{lock:.0f}', true), "
    "set_config('idle_in_transaction_session_timeout', '{idle:.0f}', true);"
)


def per_request() -> float:
    return float(settings.CAPACITY.request_seconds)


@dataclass
class Budget:
    """The seconds that may still be spent on waiting, and those on one lock and one statement."""

    left: float
    lock: float
    statement: float


_budget: ContextVar[Budget | None] = ContextVar("selftrust_database_budget", default=None)
_per_wait = PER_WAIT_IN_COMMANDS


def answer_requests() -> None:
    """Called in a process that answers requests, and in no other."""
    global _per_wait
    _per_wait = per_request()


@contextmanager
def limited(
    seconds: float, lock: float = LOCK, statement: float = PER_WAIT_IN_COMMANDS
) -> Iterator[None]:
    """All waiting inside the block takes at most so many seconds together."""
    token = _budget.set(Budget(seconds, lock, statement))
    try:
        yield
    finally:
        _budget.reset(token)


def left() -> float:
    """The seconds that the next wait may take."""
    budget = _budget.get()
    return _per_wait if budget is None else max(budget.left, 0)


@contextmanager
def counted() -> Iterator[None]:
    """Counts the time that the block takes."""
    start = monotonic()
    try:
        yield
    finally:
        if budget := _budget.get():
            budget.left -= monotonic() - start


def server_limits(idle: float = IDLE_IN_TRANSACTION) -> str:
    """SQL that limits the present transaction; empty outside of `limited`. It holds behind a pooler
    too, and one `select` costs no round trip when it goes out with the next statement."""
    budget = _budget.get()
    if budget is None:
        return ""
    statement = max(min(budget.left, budget.statement) - GRACE, GRACE) * 1000
    lock = min(statement, budget.lock * 1000)
    return LIMITS.format(statement=statement, lock=lock, idle=idle * 1000)


@contextmanager
def extended(seconds: float, *, idle: float = IDLE_IN_TRANSACTION) -> Iterator[None]:
    """For the few actions that rightly take longer. Runs one statement, in the transaction that the
    request has open."""
    with limited(seconds, seconds), connection.cursor() as cursor:
        cursor.execute(server_limits(idle))
        yield


class DeadlineMiddleware:
    """The outermost middleware that runs a query comes after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = monotonic()
        queued = now - request.META.get(ARRIVED, now)
        statement = settings.CAPACITY.statement_seconds
        with limited(max(per_request() - queued, 0), statement=statement):
            return self.get_response(request)
