"""`manage.py restore SOURCE`: replaces the current database by a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from journal.audit.events import What
from journal.audit.recording import failure_recorded
from journal.operation.backups import go_past_pooler, in_sentences, restore


class Command(BaseCommand):
    help = "Restores a backup, either completely or not at all. Stop Selftrust first."
    requires_system_checks: list[str] = []  # the current database may be broken

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="a folder made by `backup`")
        parser.add_argument(
            "--yes", action="store_true", help="replace a database that has people's accounts in it"
        )

    def handle(self, *, source: Path, yes: bool, **options: Any) -> None:
        with in_sentences(), failure_recorded(What.RESTORE):
            go_past_pooler("a restore")
            restore.restore(source, sure=yes, say=self.stdout.write)
