"""Access tokens: addresses that do one thing for one person, without a session.

A mail's link to unsubscribe, the "Kept" of a notification, a calendar feed. Whoever has the token
can do that one thing and nothing else. The table finds a token by its SHA-256 hash; the token
itself is sealed, so that the person's pages and mails can show the address again.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet

BYTES = 24  # of randomness: 192 bits, which nobody guesses
USE_IS_NOTED_EVERY = timedelta(hours=1)


def hash_token(token: str) -> str:
    """SHA-256, in 64 hexadecimal digits. Random tokens need no salt."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class AccessTokenQuerySet(OwnedQuerySet):
    def usable(self, at: datetime | None = None) -> Self:
        at = at or timezone.now()
        return self.live().filter(Q(expires_at=None) | Q(expires_at__gt=at))


class AccessToken(OwnedModel):
    """`subject`, `row_id` and `day` say what the scope allows: a kind of reminder, a feed with
    titles, a promise, and the day on which it is due."""

    class Scope(models.TextChoices):
        UNSUBSCRIBE = "unsubscribe", _("End a kind of reminder")
        KEPT = "kept", _("Record a promise as kept")
        FEED = "feed", _("Read the calendar feed")

    scope = models.CharField(max_length=11, choices=Scope, editable=False)
    subject = models.CharField(max_length=16, blank=True, editable=False)
    row_id = models.UUIDField(null=True, editable=False)
    day = models.DateField(null=True, editable=False)
    token = WordsField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="one_access_token_per_hash"),
            models.UniqueConstraint(
                fields=["owner", "scope", "subject", "row_id", "day"],
                nulls_distinct=False,
                name="one_access_token_per_use",
            ),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(scope="feed"), name="one_feed_per_person"
            ),
        ]

    @classmethod
    def issue(
        cls,
        owner: Any,
        scope: str,
        *,
        subject: str = "",
        row_id: UUID | None = None,
        day: date | None = None,
        expires_at: datetime | None = None,
    ) -> "AccessToken":
        """The owner's token for this use: the one there is, or a new one. The owner is acting."""
        token = secrets.token_urlsafe(BYTES)
        given = {"token": token, "token_hash": hash_token(token), "expires_at": expires_at}
        return cls.objects.get_or_create(
            owner=owner, scope=scope, subject=subject, row_id=row_id, day=day, defaults=given
        )[0]

    @property
    def path(self) -> str:
        return reverse(f"access_tokens:{self.scope}", args=[self.token])

    def note_use(self, lasts: timedelta) -> None:
        """Keeps the time of the last use, to the hour, so that a feed does not write at every
        fetch. The token then ends after that time without another."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at >= USE_IS_NOTED_EVERY:
            self.used_at, self.expires_at = now, now + lasts
            kept = {"used_at": self.used_at, "expires_at": self.expires_at}
            type(self).objects.filter(pk=self.pk).update(**kept)
