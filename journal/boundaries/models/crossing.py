"""The times a boundary was crossed, and what the person did."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from journal.people.date_validators import FIRST_DAY
from journal.people.day_fields import DaySoFarField, DayToComeField
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet


class CrossingQuerySet(OwnedQuerySet):
    def live(self) -> Self:
        """A crossing of a boundary in the trash is hidden everywhere, too."""
        return super().live().filter(boundary__deleted_at=None)

    def to_follow_up(self) -> Self:
        return self.live().filter(follow_up__isnull=False, follow_up_done_at=None)


class Crossing(OwnedModel):
    export_name = "boundaries.Crossing"

    class Clear(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    class Result(models.TextChoices):
        HELD = "held", _("I held it")
        HELD_LATER = "held_later", _("I held it later")
        PARTLY = "partly", _("Partly")
        NOT_HELD = "not_held", _("Not this time")
        UNSAFE_TO_ACT = "unsafe_to_act", _("It wasn’t safe to act")
        UNDECIDED = "undecided", _("I haven’t decided yet")

    boundary = models.ForeignKey(
        "boundaries.Boundary", on_delete=models.CASCADE, related_name="crossings", db_index=False
    )
    occurred_on = DaySoFarField(_("When?"))
    what_happened = WordsField(_("What happened?"), max_length=1000)
    was_clear = models.CharField(_("Was the limit clear?"), max_length=6, choices=Clear, blank=True)
    response = WordsField(_("What did you do?"), max_length=1000, blank=True)
    result = models.CharField(_("Did you hold it?"), max_length=13, choices=Result)
    follow_up = WordsField(_("What’s next?"), max_length=300, blank=True)
    follow_up_on = DayToComeField(_("By when?"), null=True, blank=True)
    follow_up_done_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = CrossingQuerySet.as_manager()

    class Meta:
        verbose_name = _("crossing")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="crossing_and_owner"),
            models.CheckConstraint(
                condition=Q(what_happened__isnull=False)
                | Q(result__in=["unsafe_to_act", "undecided"]),
                name="crossing_has_words",
                violation_error_message=_("Write a few words about what happened."),
            ),
            models.CheckConstraint(
                condition=Q(occurred_on__gte=FIRST_DAY), name="crossing_within_living_memory"
            ),
            models.CheckConstraint(
                condition=Q(follow_up__isnull=False) | Q(follow_up_on=None, follow_up_done_at=None),
                name="crossing_day_has_a_next_step",
                violation_error_message=_("Write what comes next, or leave the day empty."),
            ),
            models.CheckConstraint(
                condition=~Q(result="unsafe_to_act") | Q(follow_up__isnull=True),
                name="crossing_asks_nothing_when_unsafe",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "boundary", "occurred_on"], name="crossing_by_boundary")
        ]

    def get_absolute_url(self) -> str:
        """The crossing's place on the boundary's page."""
        return f"{row_url('boundaries:detail', self.boundary_id)}#crossing-{self.pk}"

    @property
    def address(self) -> str:
        return row_url("boundaries:crossing", self.boundary_id, self.pk)

    @property
    def heading(self) -> str:
        return Truncator(self.what_happened).chars(80)

    @property
    def is_to_follow_up(self) -> bool:
        return bool(self.follow_up) and self.follow_up_done_at is None

    def follow_up_is_done(self, *, done: bool) -> None:
        self.follow_up_done_at = timezone.now() if done else None
        self.save(update_fields=["follow_up_done_at"])
