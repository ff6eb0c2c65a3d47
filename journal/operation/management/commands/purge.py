"""`manage.py purge`: deletes rows after 30 days in the trash, and ended sessions. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.audit.events import What
from journal.audit.recording import recorded
from journal.installation import storage_mark
from journal.operation.purge import ACCOUNTS, purge


class Command(BaseCommand):
    help = "Deletes for good what has been in the bin for more than 30 days, and expired sessions."

    def handle(self, **options: Any) -> None:
        storage_mark.refuse_other()
        with recorded(What.PURGE) as counts:
            gone = purge()
            counts["accounts"] = gone.get(ACCOUNTS, 0)
            counts["rows"] = sum(gone.values()) - counts["accounts"]
        for kind, count in sorted(gone.items()):
            self.stdout.write(f"{kind}: {count}")
        if not gone:
            self.stdout.write("There is nothing to delete.")
