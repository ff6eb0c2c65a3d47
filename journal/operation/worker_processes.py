"""The processes of `manage.py worker`: one for each queue, so that none delays another.

They fork from a process that has loaded the application and then only supervises, so most of their
memory is shared. A process that ends by itself is started again, after a growing pause.
"""

import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError

from journal.account_deletion import tasks as deletion_tasks
from journal.embedded import processes
from journal.embedded.signals import Signals
from journal.embedded.supervision import Backoff
from journal.exchange import tasks as exchange_tasks
from journal.mail import tasks as mail_tasks
from journal.operation.memory_limit import bound_memory

# What each queue does first: it enqueues what a worker left unfinished.
QUEUES: dict[str, tuple[Callable[[], None], ...]] = {
    "default": (exchange_tasks.enqueue_unfinished, deletion_tasks.enqueue_unfinished),
    mail_tasks.QUEUE: (mail_tasks.enqueue_unfinished,),
}
ENDING = {signal.SIGINT, signal.SIGTERM}
LOOK_EVERY = 1  # second


def work(queue: str, *, once: bool) -> None:
    """Runs the tasks of a queue until a signal ends it or, with `once`, until none is waiting."""
    bound_memory()
    try:
        for enqueue_unfinished in QUEUES[queue]:
            enqueue_unfinished()
        options = {"reload": False, "startup_delay": False, "verbosity": 0}
        call_command("db_worker", queue_name=queue, batch=once, **options)
    except (OperationalError, InterfaceError) as error:
        raise CommandError("The worker ends: the database is not there.") from error


class QueueProcess:
    def __init__(self, queue: str) -> None:
        self.queue, self.pause = queue, Backoff()
        self.start()

    def start(self) -> None:
        self.pause.started()
        fork = multiprocessing.get_context("fork")
        self.child: BaseProcess | None = fork.Process(target=_work_alone, args=(self.queue,))
        # A signal that arrives meanwhile waits until the child has its own handlers.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        self.child.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    def look_after(self) -> None:
        if self.child is not None and not self.child.is_alive():
            self.child = None
            self.pause.died()
        if self.child is None and self.pause.is_over():
            self.start()


def supervise() -> None:
    """Runs until a signal ends it."""
    gc.collect()
    gc.freeze()  # the collector would write into shared memory, and so end the sharing
    signals = Signals()
    children = [QueueProcess(queue) for queue in QUEUES]
    while not signals.ended:
        signals.wait(LOOK_EVERY)
        for one in children:
            one.look_after()
    running = [one.child for one in children if one.child is not None]
    for child in running:
        child.terminate()
    for child in running:
        child.join()


def _work_alone(queue: str) -> None:
    signal.set_wakeup_fd(-1)
    for number in (*ENDING, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    processes.end_with_parent(signal.SIGTERM)
    try:
        work(queue, once=False)
    except CommandError as error:
        sys.exit(str(error))
