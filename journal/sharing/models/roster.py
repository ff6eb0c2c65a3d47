"""What is the coach's own, under their own seal: who they coach, and notes nobody else reads."""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.sharing.models.links import NAME


class ClientQuerySet(OwnedQuerySet):
    def current(self) -> Self:
        return self.live().filter(ended_at=None)

    def by_session(self) -> Self:
        """The next one first, then whoever has no date."""
        return self.order_by(models.F("next_session_at").asc(nulls_last=True), "id")

    def ended(self) -> Self:
        """The last one first."""
        return self.live().filter(ended_at__isnull=False).order_by("-ended_at", "id")

    def to_forget(self) -> Self:
        """Whose link ended so long ago that nothing of it is kept."""
        kept = timedelta(days=settings.COACH_NOTES_DAYS)
        return self.filter(ended_at__lt=timezone.now() - kept)


class Client(OwnedModel):
    """Someone a coach is or was linked with, as the coach keeps them."""

    export_name = "coaching.Client"

    link_id = models.UUIDField(unique=True, editable=False)
    name = WordsField(_("Name"), max_length=NAME)  # as they want to be called
    last_session_on = models.DateField(_("Last session"), null=True, blank=True)
    next_session_at = models.DateTimeField(_("Next session"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="client_and_owner"),
        ]
        indexes = [models.Index(fields=["owner", "ended_at"], name="client_by_end")]

    def get_absolute_url(self) -> str:
        return f"/coach/clients/{self.pk}/"
