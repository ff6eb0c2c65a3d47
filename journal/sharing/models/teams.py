"""A team: coaches with one administrator. And the suggestion of another coach, to a client.

A team's name, sender, text and mark are for everyone it invites, and the names of its coaches for
each other, so neither is sealed. No row here says whose client anyone is, but for a `Handover`,
which is the client's.
"""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, uuid7
from journal.sharing.models.links import NAME, CoachLink

TEAM_NAME = 60
LONGEST_TEXT = 800  # of a team's own consent text
NOTES_DAYS = (30, 90, 180)  # what a team may choose; otherwise as the installation keeps them
FEWEST_COUNTED = 5  # clients: below, an administrator reads no number (team_policies.py)


class TeamManager(models.Manager["Team"]):
    def get_queryset(self) -> models.QuerySet["Team"]:
        """Without the image, which only its own address reads."""
        return super().get_queryset().defer("mark")


class Team(models.Model):
    """Made by the operator. The administrator is one of its coaches."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("Name of the team"), max_length=TEAM_NAME)
    administrator = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,  # `teams.leave` hands it over first, where there is somebody
        related_name="administered_team",
        editable=False,
    )
    sender = models.CharField(_("Sender of its emails"), max_length=TEAM_NAME, blank=True)
    consent_text = models.TextField(
        _("What else clients agree to"), max_length=LONGEST_TEXT, blank=True
    )
    # Counts the texts: whatever a client reads and agrees to has one.
    text_version = models.PositiveIntegerField(default=1, editable=False)
    notes_days = models.PositiveSmallIntegerField(
        _("How long notes of former clients are kept"),
        choices=[(days, str(days)) for days in NOTES_DAYS],
        null=True,
        blank=True,
    )
    # JPEG, as journal/photos/decoder.py made it anew; None: its initials stand for it.
    mark = models.BinaryField(null=True, editable=False)
    marked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = TeamManager()

    class Meta:
        verbose_name, verbose_name_plural = _("team"), _("teams")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="team_has_a_name"),
            models.CheckConstraint(
                condition=Q(notes_days=None) | Q(notes_days__in=NOTES_DAYS),
                name="team_keeps_notes_so_long",
            ),
            models.CheckConstraint(
                condition=Q(mark=None, marked_at=None)
                | Q(mark__isnull=False, marked_at__isnull=False),
                name="team_marked_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"team {self.pk}"  # Django's log of the operator contains this

    @property
    def initials(self) -> str:
        """Its mark, where it has no image."""
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def notes_kept(self) -> timedelta:
        return notes_kept(self.notes_days)


def notes_kept(days: int | None) -> timedelta:
    """How long a coach's row and notes of a former client are kept: never longer than the
    installation keeps them."""
    longest = settings.COACH_NOTES_DAYS
    return timedelta(days=longest if days is None else min(days, longest))


class TeamMember(OwnedModel):
    """A coach of a team, who owns the row. Only the owner of the tables writes it (teams.py)."""

    export_name = "coaching.TeamMember"

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members", db_index=False)
    name = models.CharField(_("Your name, as the team knows you"), max_length=NAME)
    # The coach whom the administrator asks this one to suggest to a client, no matter which.
    asked_for = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("coach of a team")
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="one_team_of_a_coach"),
            models.CheckConstraint(condition=~Q(name=""), name="team_member_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["owner", "created_at"], name="team_member_by_day"),
            models.Index(fields=["team"], name="team_member_by_team"),
        ]


class HandoverQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        return self.live().filter(
            state=Handover.State.WAITING, link__ended_at=None, coach__isnull=False
        )


class Handover(OwnedModel):
    """Another coach of the team, whom a client's coach suggests. The client owns the row; the other
    coach reads nothing of it, and nobody else in the team does."""

    export_name = "coaching.Handover"

    class State(models.TextChoices):
        WAITING = "waiting", _("Not answered yet")
        TAKEN = "taken", _("Connected")
        DECLINED = "declined", _("No, thank you")

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="handovers", db_index=False
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    coach_name = WordsField(max_length=NAME, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion of another coach")
        constraints = [
            models.UniqueConstraint(
                fields=["link"],
                condition=Q(state="waiting", deleted_at=None),
                name="one_handover_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None)
                | Q(state__in=["taken", "declined"], answered_at__isnull=False),
                name="handover_answered_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="handover_by_day"),
            models.Index(fields=["link"], name="handover_by_link"),
        ]

    def get_absolute_url(self) -> str:
        return row_url("sharing:handover", self.pk)
