"""Mistakes: the event, each part in it, the repair, and the lesson."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.guide.models import Guided, GuidedQuerySet
from journal.lessons import threads
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.areas import Area
from journal.people.date_validators import FIRST_DAY
from journal.people.day_fields import DaySoFarField, DayToComeField
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.length import characters, first

TITLE_CHARACTERS = 120
HEAVY = 8  # from here on, the flow offers a break and support first


def title_from(text: str) -> str:
    """The first line with text, shortened to fit."""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    if characters(line) <= TITLE_CHARACTERS:
        return line
    return first(line, TITLE_CHARACTERS - 1).rstrip() + "…"


def out_of_ten(label: Any, **more: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(10)], **more
    )


class MistakeQuerySet(GuidedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-id")

    def before(self, pk: UUID) -> Self:
        """The mistakes after this one in `newest_first`: the next page, without an OFFSET."""
        return self.filter(pk__lt=pk)

    def waiting(self, day: date) -> Self:
        """Drafts, and repairs that are due. A mistake at rest asks for nothing."""
        return self.live().filter(
            Q(finished_at=None)
            | Q(state=Mistake.State.EXAMINED, repair_on__lte=day, repair_done_at=None)
        )


class Mistake(Guided):
    """Holds the lesson's words while the person writes them. Finishing makes a Lesson of them,
    which is then independent and stays when the mistake is deleted."""

    export_name = "reflections.Mistake"

    TITLE_FIELD = "title"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        EXAMINED = "examined", _("Looked at")
        AT_REST = "at_rest", _("Closed")

    title = WordsField(_("What would you like to call it?"), max_length=TITLE_CHARACTERS)
    occurred_on = DaySoFarField(_("When was it?"), null=True, blank=True)
    expected = WordsField(_("What did you expect?"), max_length=500, blank=True)
    what_happened = WordsField(_("What happened?"), max_length=1000)
    intensity_before = out_of_ten(_("How heavy is it?"))
    conditions = WordsField(_("What made it more likely"), max_length=500, blank=True)
    my_part = WordsField(_("Your part"), max_length=1000, blank=True)
    not_mine = WordsField(_("Not your part"), max_length=1000, blank=True)
    repair = WordsField(_("What you could put right"), max_length=500, blank=True)
    repair_on = DayToComeField(_("When will you do it?"), null=True, blank=True)
    repair_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    forgiveness_note = WordsField(_("What you’re letting go of"), max_length=1000, blank=True)
    if_situation = WordsField(_("If this comes up"), max_length=140)
    then_action = WordsField(_("then I will"), max_length=140)
    areas = ArrayField(
        models.CharField(max_length=10, choices=Area),
        verbose_name=_("Where might this come up again?"),
        default=list,
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    intensity_after = out_of_ten(_("How heavy is it now?"))
    rested_on = models.DateField(null=True, blank=True, editable=False)

    objects: ClassVar = MistakeQuerySet.as_manager()

    # The origin (a threads.Tied); the first save ties it to the new row.
    came_from: threads.Tied | None = None

    class Meta:
        verbose_name = _("mistake")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="mistake_and_owner"),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(
                    title__isnull=False,
                    what_happened__isnull=False,
                    if_situation__isnull=False,
                    then_action__isnull=False,
                    areas__len__gte=1,
                ),
                name="mistake_is_whole",
                violation_error_message=_("Some answers are still missing."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at=None)
                | ~Q(state="draft") & Q(finished_at__isnull=False),
                name="mistake_draft_until_finished",
            ),
            models.CheckConstraint(
                condition=Q(areas__contained_by=Area.values), name="mistake_in_known_areas"
            ),
            models.CheckConstraint(
                condition=Q(occurred_on=None) | Q(occurred_on__gte=FIRST_DAY),
                name="mistake_within_living_memory",
                violation_error_message=_("Choose a day from 1900 on."),
            ),
            models.CheckConstraint(
                condition=Q(intensity_before=None) | Q(intensity_before__lte=10),
                name="mistake_heaviness_to_ten",
                violation_error_message=_("Choose a number from 0 to 10."),
            ),
            models.CheckConstraint(
                condition=Q(intensity_after=None) | Q(intensity_after__lte=10, state="at_rest"),
                name="mistake_heaviness_at_rest",
                violation_error_message=_("Choose a number from 0 to 10."),
            ),
            models.CheckConstraint(
                condition=Q(repair__isnull=False) | Q(repair_on=None, repair_done_at=None),
                name="mistake_day_has_a_repair",
                violation_error_message=_("Write what it is, or leave the day empty."),
            ),
            models.CheckConstraint(
                condition=Q(state="at_rest", rested_on__isnull=False)
                | ~Q(state="at_rest") & Q(rested_on=None),
                name="mistake_at_rest_since_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-id"], condition=Q(deleted_at=None), name="mistake_newest_first"
            )
        ]

    def pinned(self, fields: Sequence[str]) -> tuple[str | Lazy, str]:
        return _("What happened"), "" if "what_happened" in fields else self.what_happened

    @classmethod
    def new_for(
        cls, person: Any, on: date | None = None, came_from: threads.Tied | None = None
    ) -> Self:
        """Builds an unsaved mistake, of today by default. A promise fills in what was expected."""
        mistake = cls(owner=person, occurred_on=on or clock.today(person))
        mistake.came_from = came_from
        if came_from and came_from.kind.name == "promise":
            mistake.expected = came_from.title
        return mistake

    def get_absolute_url(self) -> str:
        return row_url("mistakes:detail", self.pk)

    @property
    def repair_is_open(self) -> bool:
        return bool(self.repair) and self.repair_done_at is None

    @property
    def is_heavy(self) -> bool:
        return self.intensity_before is not None and self.intensity_before >= HEAVY

    def insert_once(self) -> Self | None:
        kept = super().insert_once()
        if kept and self.came_from:
            threads.tie(self.owner, self.came_from.row, kept)
        return kept

    def finish(self) -> None:
        """Ends the draft, and makes the lesson from it."""
        self.state = self.State.EXAMINED
        try:
            super().finish()
        except Exception:
            self.state = self.State.DRAFT
            raise
        lesson = Lesson.new_for(self.owner, Lesson.Source.MISTAKE)
        lesson.if_situation, lesson.then_action = self.if_situation, self.then_action
        lesson.areas = self.areas
        lesson.save(force_insert=True)
        threads.tie(self.owner, self, lesson)

    # --- verbs; the caller holds the row lock where two requests could run at once

    def rest(self) -> None:
        """Puts it at rest, with the heaviness of this instance. A second
        call keeps the first day."""
        self.state = self.State.AT_REST
        self.rested_on = self.rested_on or clock.today(self.owner)
        self.save(update_fields=["state", "rested_on", "intensity_after"])

    def take_up(self) -> None:
        """Takes it out of rest."""
        self.state, self.rested_on, self.intensity_after = self.State.EXAMINED, None, None
        self.save(update_fields=["state", "rested_on", "intensity_after"])

    def repair_is_done(self, *, done: bool) -> None:
        self.repair_done_at = timezone.now() if done else None
        self.save(update_fields=["repair_done_at"])
