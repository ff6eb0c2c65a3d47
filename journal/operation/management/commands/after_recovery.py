"""`manage.py after_recovery`: for a PostgreSQL of your own that was taken back to a moment."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.audit.events import What
from journal.audit.recording import failure_recorded
from journal.operation.backups import go_past_pooler, in_sentences, swap
from journal.operation.backups.after_recovery import make_ready


class Command(BaseCommand):
    help = (
        "Migrates, checks row-level security, signs everyone out, drops waiting mails, and deletes "
        "the accounts of the register of deleted accounts again. Run it before Selftrust starts."
    )
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        with in_sentences(), failure_recorded(What.RECOVER):
            go_past_pooler("a recovery")
            swap.nobody_else_is_connected()
            gone = make_ready(None)
        self.stdout.write(f"Ready. Accounts that have been deleted again: {gone}.")
