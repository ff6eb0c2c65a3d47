"""`manage.py audit`: prints the operator's log, newest line first."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from journal.audit.models import AuditEvent


class Command(BaseCommand):
    help = "Prints what commands and operators did: when, what, done or failed, by whom, counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lines", type=int, default=50, help="how many lines (50)")

    def handle(self, *, lines: int, **options: Any) -> None:
        found = AuditEvent.objects.newest_first()[: max(lines, 0)]
        for line in found:
            said = [f"{line.at:%Y-%m-%d %H:%M:%S}Z", line.what, line.outcome]
            said.append(f"account {line.by}" if line.by else "command")
            said += [f"{name}={count}" for name, count in sorted(line.counts.items())]
            self.stdout.write("  ".join(said))
        if not found:
            self.stdout.write("The log is empty.")
