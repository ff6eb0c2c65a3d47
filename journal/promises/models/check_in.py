"""The answers to a promise, day by day, and the weeks that the person confirmed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.promises import tallies


class CheckInQuerySet(OwnedQuerySet):
    def with_note(self) -> Self:
        return self.filter(note__isnull=False)


class CheckIn(OwnedModel):
    export_name = "promises.CheckIn"

    class Status(models.TextChoices):
        KEPT = tallies.KEPT, _("Kept")
        KEPT_SMALL = tallies.SMALL, _("Kept small")
        MISSED = tallies.MISSED, _("Missed")
        EXCUSED = tallies.EXCUSED, _("Life happened")

    class Excuse(models.TextChoices):
        ILL = "ill", _("Ill")
        EMERGENCY = "emergency", _("Emergency")
        TRAVEL = "travel", _("Travel")
        SPARE_DAY = "spare_day", _("A planned day off")
        OTHER = "other", _("Something else")

    owner = belongs_to("checkins")
    promise = models.ForeignKey(
        "promises.Promise", on_delete=models.CASCADE, related_name="checkins", db_index=False
    )
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status)
    excuse = models.CharField(max_length=9, choices=Excuse, blank=True)
    note = WordsField(_("What was true that day?"), max_length=500, blank=True)

    objects: ClassVar = CheckInQuerySet.as_manager()

    @property
    def reason(self) -> str:
        """An excused day without a reason counts as "other", never as planned."""
        if self.status == self.Status.EXCUSED:
            return self.excuse or self.Excuse.OTHER.value
        return ""

    class Meta:
        verbose_name = _("check-in")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise", "due_on"], name="one_answer_per_promise_and_day"
            ),
            models.CheckConstraint(
                condition=Q(status="excused")
                | Q(status__in=["kept", "kept_small", "missed"], excuse=""),
                name="only_excused_has_a_reason",
                violation_error_message=_("Only “Life happened” has a reason."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "due_on"], name="checkin_by_day")]


class WeekConfirmation(OwnedModel):
    """The person confirmed that a week is complete: only now does its shortfall count as missed."""

    export_name = "promises.WeekConfirmation"

    promise = models.ForeignKey(
        "promises.Promise", on_delete=models.CASCADE, related_name="confirmations", db_index=False
    )
    week_start = models.DateField()

    class Meta:
        verbose_name = _("confirmed week")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise", "week_start"], name="one_confirmation_per_week"
            )
        ]
