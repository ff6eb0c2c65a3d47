"""The processes of `manage.py worker`: one for small exports and imports, one that does large ones
too (journal/exchange/turns.py), one that sends mails and once a minute does what is due, and one
for scheduled backups if there are any.

They fork from a process that has loaded the application and then only supervises, so most of their
memory is shared. A process that ends by itself is started again, after a growing pause.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from journal.account_deletion import tasks as deletion_tasks
from journal.database import deadlines
from journal.embedded import forked, processes
from journal.embedded.signals import Signals
from journal.exchange import tasks as exchange_tasks
from journal.exchange import turns
from journal.mail import tasks as mail_tasks
from journal.operation.backups import scheduled
from journal.operation.memory_limit import bound_memory
from journal.reminders import sending
from journal.scheduled_exports import starting
from journal.scheduled_exports import tasks as scheduled_tasks

log = logging.getLogger(__name__)

ENQUEUE = (
    exchange_tasks.enqueue_unfinished,
    scheduled_tasks.enqueue_unfinished,
    deletion_tasks.enqueue_unfinished,
)
# The queues of each process, and what it does first: it enqueues what a worker left unfinished.
QUEUES: dict[str, tuple[Callable[[], None], ...]] = {
    turns.SMALL: ENQUEUE,
    f"{turns.SMALL},{turns.LARGE}": ENQUEUE,
    mail_tasks.QUEUE: (mail_tasks.enqueue_unfinished,),
}


GIVING_BACK = 2  # seconds; whoever starts next does the same


def work(queues: str, *, once: bool) -> None:
    """Runs tasks until a signal ends it or, with `once`, until none is waiting."""
    bound_memory()
    try:
        for enqueue_unfinished in QUEUES[queues]:
            enqueue_unfinished()
        options = {"reload": False, "startup_delay": False, "verbosity": 1}
        call_command("db_worker", queue_name=queues, batch=once, **options)
    except (OperationalError, InterfaceError) as error:
        raise CommandError("The worker stops, because the database is gone.") from error


def mail_and_remind() -> None:
    """Both mostly wait, so they share a process: one more would take 14 MB."""
    threading.Thread(target=_remind_or_end, daemon=True).start()
    work(mail_tasks.QUEUE, once=False)


def _remind_or_end() -> None:
    """An error ends the process, which is then started again; a mail that is on its way is sent
    before."""
    try:
        with suppress(SystemExit):  # it has said why
            _alone(remind)
    except Exception as error:
        log.critical("A process ended by an error.", extra={"error": error})
        raise  # which prints it
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


def remind() -> None:
    """Sends the reminders that are due, once a minute, and starts the exports that are. The end of
    the process ends it at once: each is a transaction, so what was not sent is due for the next
    worker."""
    while True:
        try:
            sending.send_due()
            starting.start_due()
        except (OperationalError, InterfaceError) as error:
            raise CommandError("No reminders are sent: the database is not there.") from error
        connections.close_all()
        time.sleep(sending.seconds_to_next_minute(timezone.now()))


def back_up() -> None:
    """Makes the backups that are due, past a pooler: for the rest of this process, too. Asked to
    end, it ends what it runs and removes what is half; the backup is still due."""
    signal.signal(signal.SIGTERM, _leave)
    while True:
        try:
            scheduled.make_base_if_due()
            scheduled.make_if_due()
        except (OperationalError, InterfaceError, psycopg.Error) as error:
            raise CommandError("No backup is made: the database is not there.") from error
        connections.close_all()
        time.sleep(sending.seconds_to_next_minute(timezone.now()))


def _leave(*_signal: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough, and tidying takes a moment
    sys.exit(0)


def give_back() -> None:
    with deadlines.limited(GIVING_BACK):
        for enqueue_unfinished in dict.fromkeys(sum(QUEUES.values(), ())):
            enqueue_unfinished()


def supervise() -> None:
    """Runs until a signal ends it. A task that does not finish in time goes back to its queue, for
    the workers of other machines."""
    exchanging = [queues for queues in QUEUES if queues != mail_tasks.QUEUE]
    tasks: list[Callable[[], None]] = [partial(work, queues, once=False) for queues in exchanging]
    tasks.append(mail_and_remind)
    if settings.SCHEDULED_BACKUPS or settings.WAL_ARCHIVE:
        tasks.append(back_up)
    grace = settings.ENDING.within
    if not forked.supervise([partial(_alone, task) for task in tasks], Signals(), grace=grace):
        processes.fork(partial(_alone, give_back)).wait(GIVING_BACK)


def _alone(task: Callable[[], None]) -> None:
    try:
        task()
    except CommandError as error:
        print(error, file=sys.stderr)  # noqa: T201  a sentence, as manage.py would print it
        sys.exit(1)
