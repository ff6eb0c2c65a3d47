"""The processes of `manage.py worker`: one for each queue, so that none delays another.

They fork from a process that has loaded the application and then only supervises, so most of their
memory is shared. A process that ends by itself is started again, after a growing pause.
"""

import sys
from collections.abc import Callable
from functools import partial

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError

from journal.account_deletion import tasks as deletion_tasks
from journal.embedded import forked
from journal.embedded.signals import Signals
from journal.exchange import tasks as exchange_tasks
from journal.mail import tasks as mail_tasks
from journal.operation.memory_limit import bound_memory

# What each queue does first: it enqueues what a worker left unfinished.
QUEUES: dict[str, tuple[Callable[[], None], ...]] = {
    "default": (exchange_tasks.enqueue_unfinished, deletion_tasks.enqueue_unfinished),
    mail_tasks.QUEUE: (mail_tasks.enqueue_unfinished,),
}


def work(queue: str, *, once: bool) -> None:
    """Runs the tasks of a queue until a signal ends it or, with `once`, until none is waiting."""
    bound_memory()
    try:
        for enqueue_unfinished in QUEUES[queue]:
            enqueue_unfinished()
        options = {"reload": False, "startup_delay": False, "verbosity": 0}
        call_command("db_worker", queue_name=queue, batch=once, **options)
    except (OperationalError, InterfaceError) as error:
        raise CommandError("The worker stops, because the database is gone.") from error


def supervise() -> None:
    """Runs until a signal ends it."""
    forked.supervise([partial(_work_alone, queue) for queue in QUEUES], Signals(), grace=1)


def _work_alone(queue: str) -> None:
    try:
        work(queue, once=False)
    except CommandError as error:
        print(error, file=sys.stderr)  # noqa: T201  a sentence, as manage.py would print it
        sys.exit(1)
