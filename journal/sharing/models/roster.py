"""The coach's own rows, under their own seal: their clients. Nobody else reads them."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.date_validators import a_day_to_come
from journal.people.day_fields import DaySoFarField, MomentToComeField
from journal.people.models import User
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.sharing.models.links import NAME
from journal.sharing.models.namesakes import LABEL, connection_label, with_label
from journal.sharing.models.teams import NOTES_DAYS, notes_kept


class ClientQuerySet(OwnedQuerySet):
    def current(self) -> Self:
        return self.live().filter(ended_at=None)

    def ended(self) -> Self:
        """The latest end first."""
        return self.live().filter(ended_at__isnull=False).order_by("-ended_at", "id")

    def to_forget(self) -> Self:
        """Clients whose link ended longer ago than the retention period, the installation's or the
        shorter one of a team."""
        now = timezone.now()
        over = Q(ended_at__lt=now - notes_kept(None))
        for days in NOTES_DAYS:
            over |= Q(notes_days=days, ended_at__lt=now - notes_kept(days))
        return self.filter(over)


def a_session_to_come(coach: User, moment: datetime) -> None:
    """Raises ValidationError unless its day is today or later, for the coach."""
    a_day_to_come(coach, clock.day_of(coach, moment))


class Client(OwnedModel):
    """A client with a current or former link, as the coach records them."""

    export_name = "coaching.Client"

    link_id = models.UUIDField(unique=True, editable=False)
    name = WordsField(_("Name"), max_length=NAME)  # the name they want to be called by
    # The coach's own; a second client of one name begins with the day they connected.
    label = WordsField(_("Your own label"), max_length=LABEL, blank=True)
    address = WordsField(_("Email"), max_length=254, blank=True, editable=False)  # if they allow it
    last_session_on = DaySoFarField(_("Last session"), null=True, blank=True)
    next_session_at = MomentToComeField(
        _("Next session"), null=True, blank=True, rule=a_session_to_come
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    # How long this row and its notes stay after that, as the client read it in a team's text.
    notes_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects: ClassVar = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="client_and_owner"),
        ]
        indexes = [models.Index(fields=["owner", "ended_at"], name="client_by_end")]

    def get_absolute_url(self) -> str:
        return row_url("coach:client", self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.label:
            self.label = connection_label(self.name, self.others(), self.created_at)
        super().save(*args, **kwargs)

    @property
    def notes_until(self) -> datetime | None:
        return self.ended_at + notes_kept(self.notes_days) if self.ended_at else None

    @property
    def full_name(self) -> str:
        """The name, and the label that tells two of that name apart."""
        return with_label(self.name, self.label)

    def others(self) -> list[str]:
        """The full names of the coach's other clients."""
        return [one.full_name for one in self.owner.clients.live().exclude(pk=self.pk)]
