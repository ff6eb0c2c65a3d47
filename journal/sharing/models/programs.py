"""A program that a coach offers: suggestions over some weeks, one a week, once the client says yes.

It and its suggestions are copies of what the coach wrote, made when it was offered and sealed with
the client's key: what the coach changes later changes no client's program. When a suggestion
arrives follows from the days here, and the passing of time writes nothing.
"""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.sharing.models.links import CoachLink

MOST_WEEKS = 12
NAME_OF_PROGRAM, PURPOSE_OF_PROGRAM = 80, 300


class ClientProgramQuerySet(OwnedQuerySet):
    def offered(self) -> Self:
        """Not answered yet, of a coach who may send something."""
        asked = self.live().filter(answered_at=None, stopped_on=None)
        return asked.filter(link__ended_at=None, link__muted_since=None)

    def going_on(self) -> Self:
        """Started and not stopped, paused or not."""
        return self.live().filter(started_on__isnull=False, stopped_on=None, link__ended_at=None)


class ClientProgram(OwnedModel):
    """The client's copy of a coach's program; its suggestions refer to it."""

    export_name = "coaching.ClientProgram"
    By = CoachLink.By

    class State(models.TextChoices):
        OFFERED = "offered", _("Not answered yet")
        DECLINED = "declined", _("No, thank you")
        RUNNING = "running", _("Going on")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("All of it has arrived")
        STOPPED = "stopped", _("Stopped")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="programs", db_index=False
    )
    # The coach's own row, which only the coach reads.
    copied_from = models.UUIDField(editable=False)
    name = WordsField(max_length=NAME_OF_PROGRAM, editable=False)
    purpose = WordsField(max_length=PURPOSE_OF_PROGRAM, blank=True, editable=False)
    weeks = models.PositiveSmallIntegerField(editable=False)  # the last one with a suggestion
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_on = models.DateField(null=True, blank=True, editable=False)  # not set after a no
    days_paused = models.PositiveIntegerField(default=0, editable=False)  # in pauses that ended
    paused_on = models.DateField(null=True, blank=True, editable=False)
    paused_by = models.CharField(max_length=6, choices=By, blank=True, editable=False)
    stopped_on = models.DateField(null=True, blank=True, editable=False)
    stopped_by = models.CharField(max_length=6, choices=By, blank=True, editable=False)

    objects: ClassVar = ClientProgramQuerySet.as_manager()
    state_now: "ClientProgram.State | None" = None  # where a page shows it (programs.py)

    class Meta:
        verbose_name = _("program")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="clientprogram_and_owner"),
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=MOST_WEEKS), name="program_of_some_weeks"
            ),
            models.CheckConstraint(condition=Q(name__isnull=False), name="program_has_a_name"),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(answered_at__isnull=False),
                name="program_started_by_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(paused_on=None, paused_by="")
                | Q(
                    paused_on__isnull=False,
                    paused_by__in=["client", "coach"],
                    started_on__isnull=False,
                ),
                name="program_paused_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on=None, stopped_by="")
                | Q(stopped_on__isnull=False, stopped_by__in=["client", "coach"]),
                name="program_stopped_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="clientprogram_by_day"),
            models.Index(fields=["owner", "link"], name="clientprogram_by_link"),
        ]

    def get_absolute_url(self) -> str:
        """The client's page of it."""
        return row_url("sharing:program", self.pk)

    @property
    def title(self) -> str:
        return self.name

    def arrival(self, week: int) -> date | None:
        """The day on which the suggestion of a week arrives, unless a pause or an end is before it;
        in SQL, `SuggestionQuerySet.arrived`."""
        if self.started_on is None:
            return None
        return self.started_on + timedelta(days=7 * (week - 1) + self.days_paused)

    def week_on(self, day: date) -> int:
        """The week that it is in on a day, from 1."""
        first, day = self.arrival(1) or day, min(day, self.paused_on or day)
        return max((day - first).days // 7 + 1, 1)

    def state(self, day: date) -> State:
        last = self.arrival(self.weeks)
        if self.stopped_on:
            return self.State.STOPPED if self.started_on else self.State.WITHDRAWN
        if last is None:
            return self.State.DECLINED if self.answered_at else self.State.OFFERED
        if last <= min(day, self.paused_on or day):
            return self.State.DONE
        return self.State.PAUSED if self.paused_on else self.State.RUNNING
