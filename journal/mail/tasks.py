"""The background task that sends a mail (django-tasks; `manage.py worker`).

It has a queue and a process of its own, so that no export, import or deletion delays a code. What
fails is tried again, at growing distances, until its hour is over. A mail is deleted once the
server has taken it; only if the worker dies in between does it go twice, and a PassingMessage not
even then. Arguments and logs contain ids, never addresses or text.
"""

import logging
import signal
import smtplib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from journal.mail.models import OutboxMessage, Unknown
from journal.monitoring import counters

log = logging.getLogger(__name__)

QUEUE = "mail"
LONGEST_ATTEMPT = timedelta(seconds=60)
LEASE = 2 * LONGEST_ATTEMPT
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=10)
PERMANENT = 500  # SMTP: codes from here on say that another try changes nothing


# What else follows when a mail server accepts a mail to these addresses, or refuses them for good.
# An app registers it in `AppConfig.ready`.
ON_ACCEPTED: list[Callable[[list[str]], None]] = []
ON_REFUSED: list[Callable[[list[str]], None]] = []


class Undelivered(Exception):
    """A mail was given up after its hour; its task counts as failed, which health reports."""


@task(queue_name=QUEUE)
def send(message_id: str) -> None:
    message = OutboxMessage.objects.filter(pk=message_id).first()
    if message is None:
        return
    if message.expires_at <= timezone.now():
        message.delete()
        _count("given_up")
        log.error("Gave up on mail %s after %d attempts.", message_id, message.attempts)
        raise Undelivered
    interrupted = message.taken_until is not None  # by the end of the worker that sent it
    if not message.claim(LEASE):
        return
    if interrupted and message.until:
        _drop(message)
        return
    try:
        with deadline(LONGEST_ATTEMPT):
            accepted = message.deliver()
    except Unknown:
        _drop(message)
        return
    except Exception as error:
        # Only the type: the server's answer may quote an address.
        name, count = type(error).__name__, message.attempts
        log.warning("Mail %s wasn't sent on attempt %d: %s.", message_id, count, name)
        refused = _refused_for_good(error)
        if not refused:
            _count("tried_again")
            message.release()
            enqueue(message, run_after=min(timezone.now() + pause(count), message.expires_at))
            return
        _count("refused")
        for note in ON_REFUSED:
            note(refused)
    else:
        _count("sent")
        for note in ON_ACCEPTED:
            note(accepted)
    message.delete()


def _drop(message: OutboxMessage) -> None:
    """Nobody knows whether the server took it, and it must not go twice."""
    _count("dropped")
    log.warning(
        "Dropped mail %s, which may have been sent on attempt %d.", message.pk, message.attempts
    )
    message.delete()


def _count(result: str) -> None:
    counters.count(lambda counted: counted.mails.labels(result).inc())


def _refused_for_good(error: Exception) -> list[str]:
    """The addresses, if the server knows none of them, as after a slip in typing one."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return []
    final = all(code >= PERMANENT for code, _text in error.recipients.values())
    return list(error.recipients) if final else []


def pause(attempts: int) -> timedelta:
    """Doubles from one attempt to the next, up to ten minutes."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


def enqueue(message: OutboxMessage, *, run_after: datetime | None = None) -> None:
    """Runs as the owner of the tables. The task starts once the transaction commits."""
    send.using(run_after=run_after).enqueue(str(message.pk))


def enqueue_unfinished() -> None:
    """Enqueues the mails whose task ended with its worker. Runs as the owner of the tables."""
    tasks = DBTaskResult.objects.filter(queue_name=QUEUE, status=TaskResultStatus.READY)
    waiting = set(tasks.values_list("args_kwargs__args__0", flat=True))
    for message in OutboxMessage.objects.all():
        if str(message.pk) not in waiting:
            enqueue(message, run_after=message.taken_until)


@contextmanager
def deadline(longest: timedelta) -> Iterator[None]:
    """Raises TimeoutError when the block takes longer. EMAIL_TIMEOUT bounds each answer of a
    server; this bounds one that answers byte by byte. Only the main thread gets signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_signal: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, longest.total_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
