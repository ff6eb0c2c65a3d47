"""`manage.py purge`: what was in the trash for 30 days goes for good, and ended sessions. Daily."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.operation.purge import purge


class Command(BaseCommand):
    help = "Deletes for good what was removed more than 30 days ago, and sessions that are over."

    def handle(self, **options: Any) -> None:
        gone = purge()
        for kind, count in sorted(gone.items()):
            self.stdout.write(f"{kind}: {count}")
        if not gone:
            self.stdout.write("Nothing is due to go.")
