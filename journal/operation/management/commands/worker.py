"""`manage.py worker`: runs background tasks: exports, imports, deletions, mails and reminders."""

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from journal.database import errors
from journal.installation import storage_mark
from journal.operation import worker_processes
from journal.reminders import sending


class Command(BaseCommand):
    help = "Runs background tasks until it is stopped. `serve` starts one by itself."
    requires_system_checks = []  # the web server has run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do the waiting tasks, then stop")

    def handle(self, *, once: bool, **options: Any) -> None:
        with suppress(*errors.AWAY):  # then it waits for the database, and `serve` has looked
            storage_mark.refuse_other()
        if once:
            sending.send_due()
            for queues in worker_processes.QUEUES:
                worker_processes.work(queues, once=True)
        else:
            worker_processes.supervise()
