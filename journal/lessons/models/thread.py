"""Links from one row to the row it led to, of any kind."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from journal.privacy.ownership import OwnedModel


class Thread(OwnedModel):
    """One row led to another. threads.py reads and writes these links."""

    export_name = "lessons.Thread"

    from_kind = models.CharField(max_length=20)
    from_id = models.UUIDField()
    to_kind = models.CharField(max_length=20)
    to_id = models.UUIDField()

    class Meta:
        verbose_name = gettext_lazy("thread")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "from_kind", "from_id", "to_kind", "to_id"], name="one_thread_each"
            ),
            models.CheckConstraint(
                condition=~Q(from_id=models.F("to_id")), name="thread_between_two"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "from_id"], name="thread_by_start"),
            models.Index(fields=["owner", "to_id"], name="thread_by_end"),
        ]
