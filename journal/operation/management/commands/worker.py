"""`manage.py worker`: runs background tasks: exports, imports, deletions."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from journal.account_deletion import tasks as deletion_tasks
from journal.exchange import tasks as exchange_tasks
from journal.operation.memory_limit import bound_memory


class Command(BaseCommand):
    help = "Do what people asked for in the background, until told to end. `serve` starts one."
    requires_system_checks = []  # the web server has run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is waiting, then end")

    def handle(self, *, once: bool, **options: Any) -> None:
        bound_memory()
        try:
            exchange_tasks.enqueue_unfinished()
            deletion_tasks.enqueue_unfinished()
            call_command("db_worker", batch=once, reload=False, startup_delay=False, verbosity=0)
        except (OperationalError, InterfaceError) as error:
            raise CommandError("The worker ends: the database is not there.") from error
