"""`manage.py worker`: runs background tasks: exports, imports, deletions, mails and reminders."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from journal.database import errors
from journal.embedded import processes
from journal.embedded.temporary_server import close_connections
from journal.installation import storage_mark
from journal.operation import worker_processes
from journal.reminders import sending


class Command(BaseCommand):
    help = "Runs background tasks until it is stopped. `serve` starts one by itself."
    requires_system_checks = []  # the web server has run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do the waiting tasks, then stop")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            storage_mark.refuse_other()
            sending.send_due()
            for queues in worker_processes.QUEUES:
                worker_processes.work(queues, once=True)
        elif processes.fork(look_at_storages, name="storages").wait():
            sys.exit(1)  # it has said why
        else:
            worker_processes.supervise()


def look_at_storages() -> None:
    """In a process of its own: the one that others fork from opens no connection."""
    try:
        storage_mark.refuse_other()
    except errors.AWAY:
        pass  # the worker waits for the database, and `serve` has looked
    finally:
        close_connections()
