"""`manage.py doctor`: prints the health of this installation, one sentence on each line."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from journal.operation.health import examine, host
from journal.operation.health.findings import BAD, LOOK, OK

EXIT = {OK: 0, LOOK: 1, BAD: 2}


class Command(BaseCommand):
    help = (
        "Checks settings, database, row-level security, encryption, email, clock, disk and "
        "backups. "
        "Exit code 0: all is well, 1: something to look at, 2: something to fix."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bad", action="store_true", help="print only what has to be fixed")
        parser.add_argument(
            "--send", metavar="ADDRESS", help="also send a test email to this address"
        )

    def handle(self, *, send: str | None, bad: bool, **options: Any) -> None:
        worst = 0
        for found in [*examine(), *([host.send(send)] if send else [])]:
            if found.level == BAD or not bad:
                self.stdout.write(f"{found.level:<5} {found.text}")
            worst = max(worst, EXIT[found.level])
        if worst:
            sys.exit(worst)
