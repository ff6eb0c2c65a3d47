from datetime import UTC, datetime
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from journal.audit.events import COUNTED, EventOutcome, What


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    def newest_first(self, before: int | None = None) -> Self:
        """`before`: only the lines older than the one with this id."""
        rows = self.order_by("-pk")
        return rows.filter(pk__lt=before) if before else rows


class AuditEvent(models.Model):
    """One line, which stays as it is. The ids are in order."""

    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=20, choices=What.choices)
    # The number of an account, which may be gone by now, so no foreign key. None: a command.
    by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=6, choices=EventOutcome.choices)
    counts = models.JSONField(default=dict)

    objects: ClassVar = AuditQuerySet.as_manager()

    def __str__(self) -> str:
        return f"line {self.pk}"

    @property
    def backup_of(self) -> datetime | None:
        """When the restored backup was made."""
        return self._time("backup_of")

    @property
    def moment(self) -> datetime | None:
        """Up to which a recovery went; None for the end of the archive."""
        return self._time("moment")

    def _time(self, name: str) -> datetime | None:
        seconds = self.counts.get(name)
        return datetime.fromtimestamp(seconds, UTC) if seconds else None

    @property
    def counted(self) -> list[str]:
        found = [(text, self.counts.get(name)) for name, text in COUNTED.items()]
        return [str(text) % count for text, count in found if count is not None]
