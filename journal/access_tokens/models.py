"""Access tokens: addresses that do one thing for one person, without a session.

A mail's link to unsubscribe, the "Kept" of a notification, a calendar feed. Whoever has the token
can do that one thing and nothing else. The table finds a token by its SHA-256 hash; the token
itself is sealed, so that the person's pages and mails can show the address again. A token of the
API (journal/api) stands in no address and is shown once, so only its hash is kept.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
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

    def for_api(self, person: Any) -> Self:
        """The person's tokens of the API, newest first."""
        rows = self.usable().filter(owner=person, scope=AccessToken.Scope.API)
        return rows.order_by("-created_at", "-id")


class AccessToken(OwnedModel):
    """`subject`, `row_id` and `day` say what the scope allows: a kind of reminder, a feed with
    titles, a promise, and the day on which it is due. A token of the API has a name, and says in
    `allows` what it may do; its `row_id` is its own, since a person may have several."""

    class Scope(models.TextChoices):
        UNSUBSCRIBE = "unsubscribe", _("End a kind of reminder")
        KEPT = "kept", _("Record a promise as kept")
        FEED = "feed", _("Read the calendar feed")
        API = "api", _("Use the API")

    class Allows(models.TextChoices):
        READ = "read", _("Read everything you’ve written, and search it")
        WRITE = "write", _("Write entries, change them, and move them to the bin")
        CHECK_IN = "check_in", _("See your promises and the questions of a day, and answer them")

    scope = models.CharField(max_length=11, choices=Scope, editable=False)
    subject = models.CharField(max_length=16, blank=True, editable=False)
    row_id = models.UUIDField(null=True, editable=False)
    day = models.DateField(null=True, editable=False)
    token = WordsField(max_length=64, blank=True, editable=False)
    token_hash = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    name = WordsField(_("Name"), max_length=60, blank=True, editable=False)
    allows = ArrayField(
        models.CharField(max_length=8, choices=Allows), default=list, blank=True, editable=False
    )

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
            models.CheckConstraint(
                condition=Q(scope="api", token__isnull=True, expires_at__isnull=False)
                | ~Q(scope="api") & Q(token__isnull=False, allows=[]),
                name="api_token_is_a_hash_and_ends",
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

    def note_use(self, lasts: timedelta | None = None) -> None:
        """Keeps the time of the last use, to the hour, so that a feed does not write at every
        fetch. If it `lasts`, the token then ends after that time without another."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at >= USE_IS_NOTED_EVERY:
            self.used_at = now
            self.expires_at = now + lasts if lasts else self.expires_at
            kept = {"used_at": self.used_at, "expires_at": self.expires_at}
            type(self).objects.filter(pk=self.pk).update(**kept)

    @property
    def allows_in_words(self) -> list[str]:
        return [str(self.Allows(one).label) for one in self.allows]
