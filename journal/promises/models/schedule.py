"""The changes of a promise's terms, and its pauses."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.promises.models.parts import Sure, sure_fits
from journal.promises.schedule_fields import Rhythm, rhythm_fits


class PromiseRevision(Rhythm, Sure, OwnedModel):
    """The terms of a promise from a day on. The first revision holds the original terms."""

    export_name = "promises.PromiseRevision"

    promise = models.ForeignKey(
        "promises.Promise", on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    effective_on = models.DateField()
    reason = WordsField(_("What changed?"), max_length=200, blank=True)
    statement = WordsField(max_length=140)
    smallest_version = WordsField(max_length=140, blank=True)
    cue = WordsField(max_length=140, blank=True)
    action = WordsField(max_length=140, blank=True)

    class Meta:
        verbose_name = _("revision")
        ordering = ["effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise", "effective_on"], name="one_revision_per_day"
            ),
            rhythm_fits("revision_rhythm_fits"),
            sure_fits("revision_sure_at_most_ten"),
        ]


class PromisePauseQuerySet(OwnedQuerySet):
    def end_rests(self, today: date) -> None:
        """Ends rests, which are pauses with a last day to come, and takes back later ones."""
        self.filter(from_on__gt=today, until_on__isnull=False).delete()
        self.filter(until_on__gt=today).update(until_on=today)


class PromisePause(OwnedModel):
    """Nothing is due from its first day until the day of resuming, which is due again. With a day
    of resuming from the start it is a rest: it ends by itself, and the promise stays active."""

    export_name = "promises.PromisePause"

    promise = models.ForeignKey(
        "promises.Promise", on_delete=models.CASCADE, related_name="pauses", db_index=False
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects: ClassVar = PromisePauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise"], condition=Q(until_on=None), name="one_open_pause"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="pause_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["owner", "promise", "from_on"], name="pause_by_promise")]
