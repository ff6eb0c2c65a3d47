"""The log of what touches everything: commands, and what the operator's pages do.

A page calls `record` in the transaction of the change, so that neither stands without the other. A
command runs inside `recorded`, which also notes that it failed, in a transaction of its own. A line
says what, when, by which account and how many, never a word, name or address of a person. Only the
operator and those who are given powers leave lines, so no stranger can fill the log. Nothing
changes or deletes one: a trigger refuses it to every role (migrations/0001_tables.py).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import Error, transaction

from journal.audit.events import EventOutcome, What
from journal.audit.models import AuditEvent

logger = logging.getLogger(__name__)


def record(
    what: What,
    by: UUID | None = None,
    /,
    *,
    outcome: EventOutcome = EventOutcome.DONE,
    **counts: int,
) -> None:
    """Adds a line. `by`: the account; None, a command."""
    AuditEvent.objects.create(what=what, by=by, outcome=outcome, counts=counts)


@contextmanager
def recorded(what: What) -> Iterator[dict[str, int]]:
    """Adds one line for a command, done or failed, with the numbers put into the dictionary."""
    counts: dict[str, int] = {}
    with failure_recorded(what):
        yield counts
    _record_if_possible(what, EventOutcome.DONE, counts)


@contextmanager
def failure_recorded(what: What) -> Iterator[None]:
    try:
        yield
    except BaseException:  # stopping the command, too
        _record_if_possible(what, EventOutcome.FAILED, {})
        raise


def _record_if_possible(what: What, outcome: EventOutcome, counts: dict[str, int]) -> None:
    """A command must say its own error, and work while the database is read-only or older."""
    try:
        with transaction.atomic(durable=True):
            record(what, outcome=outcome, **counts)
    except Error as error:
        logger.warning("The operator's log has no line of this: %s.", type(error).__name__)
