"""`manage.py fetch_backup NAME FOLDER`: takes one of the worker's backups out of their bucket, for
`restore` and `verify_backup`. Without a name: which there are."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

from journal.operation.backups import in_sentences, places


class Command(BaseCommand):
    help = "Downloads a backup from the bucket of SELFTRUST_BACKUP_TO, or lists those in it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="such as selftrust-20261130T164300Z")
        parser.add_argument("target", nargs="?", type=Path, help="the folder to create")

    def handle(self, *, name: str | None, target: Path | None, **options: Any) -> None:
        plan = settings.SCHEDULED_BACKUPS
        if plan is None or plan.bucket is None:
            raise CommandError("SELFTRUST_BACKUP_TO names no bucket.")
        bucket = places.Bucket(storages.create_storage(plan.bucket))
        with in_sentences():
            names = sorted(bucket.names())
            if name is None:
                self.stdout.write("\n".join(names) or "There is no backup yet.")
                return
            if name not in names:
                raise CommandError(f"There is no backup {name}.")
            target = target or Path(name)
            bucket.fetch(name, target)
        self.stdout.write(f"The backup is in {target}.")
