"""Sessions, what client and coach agree on in them, and how it went.

All of it is the client's, sealed with their key. The coach of an open link reads sessions and
agreements, and an outcome only while the client shares it (agreement_policies.py).
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.sharing.models.links import CoachLink

MOST = 3  # agreements of a session


class CoachSessionQuerySet(OwnedQuerySet):
    def planned(self) -> Self:
        return self.live().filter(closed_at=None, link__ended_at=None)


class CoachSession(OwnedModel):
    """A date with a coach. Only the coach plans, moves, cancels and closes it; the client reads it.

    What the coach writes about it are notes of the coach's own (`CoachNote.session_id`).
    """

    export_name = "coaching.Session"

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="sessions", db_index=False
    )
    at = models.DateTimeField(editable=False)
    zone = models.CharField(max_length=64, editable=False)  # the coach's, in which it was planned
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = CoachSessionQuerySet.as_manager()
    agreed: "Sequence[Agreement]" = ()  # where a page shows them (agreements.py)

    class Meta:
        verbose_name = _("session")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="coachsession_and_owner"),
            models.UniqueConstraint(
                fields=["link"],
                condition=Q(closed_at=None, deleted_at=None),
                name="one_planned_session",
            ),
        ]
        indexes = [models.Index(fields=["owner", "link", "-at"], name="coachsession_by_moment")]

    def get_absolute_url(self) -> str:
        """The coach's page of it."""
        return row_url("coach:session", self.pk)


# Shapes that people know from promises: templates/parts/_icons.html.
GLYPHS = {"done": "kept", "partly": "small", "not": "missed"}


class AgreementQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        return self.live().filter(
            state=Agreement.State.WAITING, link__ended_at=None, link__muted_since=None
        )

    def to_do(self) -> Self:
        """What counts and was not said anything of."""
        counting = [Agreement.State.TAKEN, Agreement.State.CHANGED]
        return self.live().filter(state__in=counting, outcome=None, link__ended_at=None)


class Agreement(OwnedModel):
    """What a coach proposes at the end of a session, until the client takes, changes or declines
    it. Both read its words, and whether it counts; only the client writes how it went."""

    export_name = "coaching.Agreement"

    class State(models.TextChoices):
        WAITING = "waiting", _("Not answered yet")
        TAKEN = "taken", _("Agreed")
        CHANGED = "changed", _("Agreed with changes")
        DECLINED = "declined", _("No, thank you")

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="agreements", db_index=False
    )
    session = models.ForeignKey(
        CoachSession, on_delete=models.CASCADE, related_name="agreements", db_index=False
    )
    place = models.PositiveSmallIntegerField(editable=False)  # 1 to MOST
    text = WordsField(_("What exactly?"), max_length=200)
    sign = WordsField(_("How will one know?"), max_length=200, blank=True)
    by_on = models.DateField(_("By when"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="agreement_and_owner"),
            models.UniqueConstraint(
                fields=["session", "place"],
                condition=Q(deleted_at=None),
                name="one_agreement_at_a_place",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST), name="three_agreements_a_session"
            ),
            models.CheckConstraint(condition=Q(text__isnull=False), name="agreement_on_something"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None)
                | Q(state__in=["taken", "changed", "declined"], answered_at__isnull=False),
                name="agreement_answered_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="agreement_by_day"),
            models.Index(fields=["owner", "link"], name="agreement_by_link"),
        ]

    outcome_shown: "AgreementOutcome | None" = None  # as far as the reader sees it (agreements.py)

    def get_absolute_url(self) -> str:
        """The client's page of it."""
        return row_url("sharing:agreement", self.pk)

    @property
    def title(self) -> str:
        return self.text

    @property
    def counts(self) -> bool:
        return self.state in (self.State.TAKEN, self.State.CHANGED)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def said(self) -> Any:
        """Whether it counts, and how it went if the reader sees that. The coach never
        sees that there is an outcome which the client keeps."""
        if not self.counts:
            return self.get_state_display()
        if self.outcome_shown:
            return self.outcome_shown.get_result_display()
        return _("Not reported yet")

    @property
    def glyph(self) -> str:
        """The shape beside `said`, as of a promise's answers; none before it counts."""
        if not self.counts:
            return ""
        return GLYPHS[self.outcome_shown.result] if self.outcome_shown else "due"


class AgreementOutcomeQuerySet(OwnedQuerySet):
    def sent(self) -> Self:
        """What the coach reads now."""
        return self.live().filter(shared_at__isnull=False, link__ended_at=None)


class AgreementOutcome(OwnedModel):
    """How an agreement went, in the client's words. The coach reads it while `shared_at` is set."""

    export_name = "coaching.Outcome"

    class Result(models.TextChoices):
        DONE = "done", _("Done")
        PARTLY = "partly", _("Partly")
        NOT = "not", _("Not this time")

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="outcomes", db_index=False
    )
    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="outcome")
    result = models.CharField(_("How did it go?"), max_length=6, choices=Result)
    words = WordsField(_("In your words"), max_length=500, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = AgreementOutcomeQuerySet.as_manager()

    class Meta:
        db_table = "sharing_outcome"
        verbose_name = _("outcome")
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=["done", "partly", "not"]), name="outcome_of_a_known_kind"
            ),
        ]
        indexes = [models.Index(fields=["owner", "link"], name="outcome_by_link")]
