"""A plain forecast: a question, how likely, and the day on which it can be answered.

It has no options and no weighing, so it is a table of its own: each rule of a decision would need
an exception for it. Its question and its chance stay as they were from the day after it was made.
"""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.decisions.models.decision import CERTAIN
from journal.decisions.models.review import CORRECTABLE_FOR
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.day_fields import DayToComeField
from journal.people.percent import percent
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet


class ForecastQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.live().filter(result="")

    def due(self, day: date) -> Self:
        return self.open().filter(due_on__lte=day)

    def answered(self) -> Self:
        return self.live().exclude(result="")


class Forecast(OwnedModel):
    export_name = "decisions.Forecast"

    class Result(models.TextChoices):
        YES = "yes", _("It came true")
        NO = "no", _("It didn’t")
        UNCLEAR = "unclear", _("It isn’t clear")

    question = WordsField(_("What will happen?"), max_length=200)
    chance = models.PositiveSmallIntegerField(
        _("How likely is it, in per cent?"),
        validators=[MinValueValidator(1, CERTAIN), MaxValueValidator(99, CERTAIN)],
    )
    due_on = DayToComeField(_("When will you know?"), after=1)
    result = models.CharField(
        _("Did it come true?"), max_length=7, choices=Result, blank=True, editable=False
    )
    answered_on = models.DateField(null=True, blank=True, editable=False)

    objects: ClassVar = ForecastQuerySet.as_manager()

    class Meta:
        verbose_name = _("forecast")
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False),
                name="forecast_has_words",
                violation_error_message=_("Write what will happen."),
            ),
            models.CheckConstraint(
                condition=Q(chance__gte=1, chance__lte=99),
                name="forecast_chance_1_to_99",
                violation_error_message=CERTAIN,
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=FIRST_DAY), name="forecast_within_living_memory"
            ),
            models.CheckConstraint(
                condition=Q(result="", answered_on=None)
                | Q(result__in=["yes", "no", "unclear"], answered_on__isnull=False),
                name="forecast_answered_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(deleted_at=None), name="forecast_by_day"
            )
        ]

    def get_absolute_url(self) -> str:
        return row_url("decisions:forecast", self.pk)

    @property
    def chance_text(self) -> str:
        return percent(self.chance)

    @property
    def address(self) -> str:
        """Where its words are changed."""
        return row_url("decisions:edit-forecast", self.pk)

    @property
    def is_editable(self) -> bool:
        """Whether it can still be changed: a chance of hindsight says nothing."""
        made_on = clock.day_of(self.owner, self.created_at)
        return not self.result and made_on == clock.today(self.owner)

    @property
    def is_due(self) -> bool:
        return not self.result and self.due_on <= clock.today(self.owner)

    @property
    def is_correctable(self) -> bool:
        """Whether its answer can still be taken back."""
        last = self.answered_on and self.answered_on + CORRECTABLE_FOR
        return bool(last and clock.today(self.owner) <= last)

    def answer(self, result: str) -> None:
        """The first answer stands until it is taken back."""
        if not self.result:
            self.result, self.answered_on = result, clock.today(self.owner)
            self.save(update_fields=["result", "answered_on"])

    def take_back(self) -> None:
        self.result, self.answered_on = "", None
        self.save(update_fields=["result", "answered_on"])

    def ask_on(self, day: date) -> None:
        """Too early to say: asks again on that day, and counts as nothing."""
        self.due_on = day
        self.save(update_fields=["due_on"])
