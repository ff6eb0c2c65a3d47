"""`manage.py verify_backup SOURCE`: tries whether a backup could be restored."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from journal.operation.backups import go_past_pooler, in_sentences, verify


class Command(BaseCommand):
    help = "Restores a backup into a database of its own, reads it, and drops it. Stops nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="a folder made by `backup`")

    def handle(self, *, source: Path, **options: Any) -> None:
        with in_sentences():
            go_past_pooler("trying a backup")
            found = verify.verify(source)
        self.stdout.write(
            f"The backup in {source} can be restored. Rows: {found['rows']}, data keys opened: "
            f"{found['keys']}, words opened: {found['words']}."
        )
