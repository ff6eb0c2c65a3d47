"""`manage.py base_backup`: a base backup into the archive, while the app runs."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.audit.events import What
from journal.audit.recording import recorded
from journal.operation.backups import base, in_sentences


class Command(BaseCommand):
    help = "Makes a base backup in SELFTRUST_WAL_ARCHIVE, and deletes those that are too old."

    def handle(self, **options: Any) -> None:
        with in_sentences(), recorded(What.BASE_BACKUP):
            made = base.make()
        self.stdout.write(
            f"Base backup made in {made.folder}. From now on, any moment after "
            f"{made.made_at:%Y-%m-%d %H:%M:%S} UTC can be recovered."
        )
