"""Rewraps every data key under the first master key. Safe to stop and start again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from journal.privacy import keys
from journal.privacy.models import DataKey

BATCH = 200


class Command(BaseCommand):
    help = (
        "Rewrap all data keys under the current master key. Put the new key before the old one, "
        "separated by a comma (SELFTRUST_KEY or the key file), run this, then take the old one out."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        current = keys.master_keys()[0].name
        done = 0
        while batch := self._rewrap_some(current):
            done += batch
        left = DataKey.objects.exclude(master=current).count()
        if left:
            raise CommandError(f"{left} data keys are under a master key that is not here.")
        self.stdout.write(f"Rewrapped {done} data keys. The old master key can be taken out.")

    def _rewrap_some(self, current: str) -> int:
        """One small transaction; what it has done stays done when the command is killed."""
        known = [key.name for key in keys.master_keys()]
        with transaction.atomic():
            rows = (
                DataKey.objects.select_for_update(skip_locked=True)
                .filter(master__in=known)
                .exclude(master=current)[:BATCH]
            )
            count = 0
            for row in rows:
                raw = keys.unwrap(bytes(row.wrapped), row.master, row.owner_id)
                row.wrapped, row.master = keys.wrap(raw, row.owner_id)
                row.save(update_fields=["wrapped", "master"])
                count += 1
            return count
