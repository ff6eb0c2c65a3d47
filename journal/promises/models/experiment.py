"""A person's experiment on one promise: two ways of keeping it, each in half of the weeks.

An N-of-1 trial in the words of the field: the ways are its arms, and the allocation of the weeks is
fixed before the first one. The database lets nobody change it (see the migration).
"""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length, Replace
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from journal.people.date_validators import FIRST_DAY
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.promises import randomisation

LENGTHS = (8, 10, 12)  # weeks; in fewer, no result would be unlikely enough by chance
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


class ExperimentQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """At most one a promise: to come, under way, or over with its result unanswered."""
        return self.filter(ended_on=None)

    def stop(self, from_day: date, reason: str) -> None:
        """Ends an experiment whose weeks are not over by `from_day`."""
        rows: Any = self.open()
        for one in rows:
            if from_day <= one.last_day:
                one.end(from_day, reason)


class Experiment(OwnedModel):
    export_name = "promises.Experiment"

    class Design(models.TextChoices):
        DRAWN = "drawn", _("Drawn by lot")
        ALTERNATING = "alternating", _("Taking turns")

    class StopReason(models.TextChoices):
        STOPPED = "stopped", _("You stopped it")
        CHANGED = "changed", _("The promise changed")
        LET_GO = "let_go", _("The promise was let go")

    class Choice(models.TextChoices):
        A = randomisation.A, _("The first way")
        B = randomisation.B, _("The second way")
        NEITHER = "neither", _("As before")

    promise = models.ForeignKey(
        "promises.Promise", on_delete=models.CASCADE, related_name="experiments", db_index=False
    )
    way_a = WordsField(_("One way"), max_length=80)
    way_b = WordsField(_("The other way"), max_length=80)
    design = models.CharField(_("Which week gets which way?"), max_length=11, choices=Design)
    starts_on = models.DateField(_("From which week?"))
    # A letter for each week, in their order.
    allocation = models.CharField(max_length=12, editable=False)
    # With a reason to stop: the first day that doesn't count any more. Without: the day on which
    # the person said how to go on.
    ended_on = models.DateField(null=True, blank=True, editable=False)
    stop_reason = models.CharField(
        max_length=7, choices=StopReason, blank=True, default="", editable=False
    )
    went_on_with = models.CharField(
        max_length=7, choices=Choice, blank=True, default="", editable=False
    )

    objects: ClassVar = ExperimentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison of two ways")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise"],
                condition=Q(ended_on=None),
                name="one_open_experiment",
                violation_error_message=_("Two ways are being compared for this promise already."),
            ),
            models.CheckConstraint(
                condition=Q(way_a__isnull=False, way_b__isnull=False),
                name="experiment_has_two_ways",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__gte=FIRST_DAY), name="experiment_within_living_memory"
            ),
            models.CheckConstraint(
                condition=Q(design="drawn", allocation__regex="^([ab]{2}){4,6}$")
                | Q(design="alternating", allocation__regex="^(ab){4,6}$"),
                name="experiment_every_week_has_a_way",
            ),
            models.CheckConstraint(
                condition=Exact(
                    2 * Length(Replace("allocation", Value("b"))), Length("allocation")
                ),
                name="experiment_is_balanced",
            ),
            models.CheckConstraint(
                condition=Q(stop_reason__in=["", "stopped", "changed", "let_go"])
                & Q(went_on_with__in=["", "a", "b", "neither"])
                & (Q(ended_on__isnull=False) | Q(stop_reason="", went_on_with="", deleted_at=None))
                & (Q(stop_reason="") | Q(went_on_with="")),
                name="experiment_ends_one_way",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "promise", "starts_on"], name="experiment_by_promise")
        ]

    def get_absolute_url(self) -> str:
        return row_url("promises:experiment", self.promise_id, self.pk)

    address = property(get_absolute_url)

    @property
    def length(self) -> int:
        return len(self.allocation)

    @property
    def last_day(self) -> date:
        return self.starts_on + self.length * WEEK - DAY

    def is_over(self, today: date) -> bool:
        return today > self.last_day

    def week_on(self, day: date) -> int | None:
        """The number of the week that holds this day, from 0; None outside of the weeks."""
        week = (day - self.starts_on) // WEEK
        return week if 0 <= week < self.length else None

    def way(self, letter: str) -> str:
        return {randomisation.A: self.way_a, randomisation.B: self.way_b}.get(letter, "")

    def way_on(self, day: date) -> str:
        """The way of this day's week, in the person's words."""
        week = self.week_on(day)
        return "" if week is None else self.way(self.allocation[week])

    @property
    def chosen_way(self) -> str:
        return self.way(self.went_on_with)

    # --- verbs; the caller holds the lock on the promise

    def end(self, day: date, reason: str = "", choice: str = "") -> None:
        self.ended_on, self.stop_reason, self.went_on_with = day, reason, choice
        self.save(update_fields=["ended_on", "stop_reason", "went_on_with"])
