"""A request whose connection to the database died before anything was written runs once more.

So a primary that goes away, a restart of PgBouncer or `pg_terminate_backend` need not show to
whoever only reads, or has only begun. Which case is which:

- Only statements that read were sent: nothing can have been written. It runs again, on another
  connection, in what is left of its four seconds (deadlines.py).
- A statement that may write was sent: it does not run again. PostgreSQL rolls back what was not
  committed, but what else a view did before then (a file, a count in the cache) stays.
- A COMMIT was sent: nobody knows whether it went through. It does not run again, even if nothing
  but functions were called (some write a line of a log).
- The keys of forms (`insert_once`) make one row of a form that is sent twice, but a view may do
  more than that. So it is the person who sends it again, from the page that gives the words back.
- No connection died, but none came, or the database is read-only or full: another try would meet
  the same.
- A form with files, or a body that a view read as a stream, is gone once it was read.

What counts is what was sent, on every connection of the request. Anything unknown may write:
cursors that are not ours, `with`, `select ... for update`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

READS = re.compile(r"\s*(select|savepoint|release|rollback|set|show)\b|\s*$", re.IGNORECASE)
MAY_WRITE = re.compile(r"\b(insert|update|delete|merge|into)\b", re.IGNORECASE)


@dataclass
class Attempt:
    """What a request has sent to the database, and whether a connection died under it."""

    may_have_written: bool = False
    lost: bool = False
    is_reading: bool = False


_attempt: ContextVar[Attempt | None] = ContextVar("selftrust_database_attempt", default=None)


def current() -> Attempt | None:
    return _attempt.get()


def only_reads(query: Any) -> bool:
    return isinstance(query, str) and _only_reads(query)


@lru_cache(maxsize=1024)
def _only_reads(query: str) -> bool:
    """A batch is 20 KB long, so to look through it takes longer than to send it."""
    return bool(READS.match(query)) and not MAY_WRITE.search(query)


@contextmanager
def reading() -> Iterator[None]:
    """What is sent inside the block writes nothing."""
    if (attempt := _attempt.get()) is None:
        yield
        return
    before, attempt.is_reading = attempt.is_reading, True
    try:
        yield
    finally:
        attempt.is_reading = before


@contextmanager
def _watched() -> Iterator[Attempt]:
    token = _attempt.set(attempt := Attempt())
    try:
        yield attempt
    finally:
        _attempt.reset(token)


class OnceMoreMiddleware:
    """Inside the limit on waiting, outside of all else that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fresh = dict(vars(request))
        with _watched() as attempt:
            response = self.get_response(request)
        if response.status_code != 503 or not attempt.lost or attempt.may_have_written:
            return response
        if not _can_be_read_again(request):
            return response
        _reset(request, fresh)
        connection.close_if_unusable_or_obsolete()
        return self.get_response(request)


def _can_be_read_again(request: HttpRequest) -> bool:
    return hasattr(request, "_body") or not getattr(request, "_read_started", False)


def _reset(request: HttpRequest, fresh: dict[str, Any]) -> None:
    """As it arrived: without a user, a session or a fault of the first attempt."""
    body = vars(request).get("_body")
    vars(request).clear()
    vars(request).update(fresh)
    if body is not None:
        vars(request).update(_body=body, _stream=BytesIO(body))
