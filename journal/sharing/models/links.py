"""Links between coaches and clients, invitations, and the client's consent."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.people.models import User, hash_of
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.sharing.models.namesakes import LABEL, connection_label, with_label

NAME = 40


def hash_of_address(email: str) -> str:
    """The hash of an invited address. Keyed, so that a list of addresses cannot reveal it."""
    return salted_hmac("selftrust.coaching", email.strip().lower(), algorithm="sha256").hexdigest()


class InvitationQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """Neither answered, withdrawn nor too old."""
        return self.live().filter(answered_at=None, expires_at__gt=timezone.now())

    def to_show(self, direction: str) -> Self:
        """For the inviting person: open ones, and declined ones until they dismiss them. Uses the
        database's clock, so that it can be fetched in a batch."""
        is_open = Q(answered_at=None, expires_at__gt=Now())
        rows = self.live().filter(is_open | Q(declined_at__isnull=False), direction=direction)
        return rows.order_by("-created_at", "-id")


class CoachInvitation(OwnedModel):
    """A link for one address that works once. Until someone accepts it, it opens nothing."""

    export_name = "coaching.CoachInvitation"

    LIVES = timedelta(days=7)

    class Direction(models.TextChoices):
        BY_COACH = "by_coach", _("A coach invites")
        BY_CLIENT = "by_client", _("A client invites")
        BY_TEAM = "by_team", _("A team invites a coach")

    direction = models.CharField(max_length=9, choices=Direction, editable=False)
    token_hash = models.CharField(max_length=64, editable=False)
    recipient_hash = models.CharField(max_length=64, editable=False)
    recipient = WordsField(_("Their email"), max_length=254)
    from_name = WordsField(_("Your name, as they know it"), max_length=NAME)
    # A client who invites a coach has agreed already: to this text, with this name for the coach.
    coach_name = WordsField(max_length=NAME, blank=True, editable=False)
    consent_text = WordsField(max_length=2000, blank=True, editable=False)
    expires_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Set after a "no". The inviting person learns only that.
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="one_invitation_by_token"),
            models.CheckConstraint(
                condition=Q(direction__in=["by_coach", "by_client", "by_team"]),
                name="invitation_in_a_known_direction",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | Q(answered_at=models.F("declined_at")),
                name="invitation_declined_by_answering",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="coach_invitation_by_day")]

    @property
    def is_for_a_client(self) -> bool:
        return self.direction == self.Direction.BY_COACH

    def aim(self, email: str, token: str) -> None:
        self.recipient, self.recipient_hash = email, hash_of_address(email)
        self.token_hash, self.expires_at = hash_of(token), timezone.now() + self.LIVES

    def is_open_for(self, email: str) -> bool:
        ended = self.answered_at or self.deleted_at
        in_time = ended is None and self.expires_at > timezone.now()
        return in_time and self.recipient_hash == hash_of_address(email)

    def is_for(self, person: User) -> bool:
        return self.recipient_hash == hash_of_address(person.email)


class CoachLinkQuerySet(OwnedQuerySet):
    def active(self) -> Self:
        return self.filter(ended_at=None)


class CoachLink(OwnedModel):
    """A client and a coach, from the client's consent until either of them ends it.

    `coaching_end` in the database (policies.py) ends it, which cannot be undone.
    """

    export_name = "coaching.CoachLink"

    class By(models.TextChoices):
        CLIENT = "client", _("You")
        COACH = "coach", _("Your coach")

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    coach_name = WordsField(max_length=NAME + LABEL + 3, editable=False)
    # The team of the coach, where the client read its text, and while the coach stays in it.
    team = models.ForeignKey(
        "sharing.Team",
        on_delete=models.SET_NULL,
        null=True,
        related_name="links",
        editable=False,
        db_index=False,
    )
    # Since when the coach sees the client's address (`Client.address`).
    address_shown_since = models.DateTimeField(null=True, blank=True, editable=False)
    # The client's time zone as they showed it; it doesn't follow them when they travel.
    zone_shown = models.CharField(max_length=64, blank=True, editable=False)
    # The consent text at the time of consent.
    consent_text = WordsField(max_length=4000, editable=False)
    consented_at = models.DateTimeField(default=timezone.now, editable=False)
    muted_since = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.CharField(max_length=6, choices=By, blank=True, editable=False)

    objects: ClassVar = CoachLinkQuerySet.as_manager()
    is_new = False  # made by this request

    class Meta:
        verbose_name = _("link to a coach")
        verbose_name_plural = _("links to coaches")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="coachlink_and_owner"),
            models.UniqueConstraint(
                fields=["owner", "coach"], condition=Q(ended_at=None), name="one_link_to_a_coach"
            ),
            models.CheckConstraint(
                condition=~Q(owner=models.F("coach")), name="nobody_coaches_themselves"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="")
                | Q(ended_at__isnull=False, ended_by__in=["client", "coach"]),
                name="link_ended_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(coach__isnull=False) | Q(ended_at__isnull=False),
                name="link_without_coach_is_over",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="coachlink_by_day")]

    def get_absolute_url(self) -> str:
        return row_url("sharing:link", self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            others = [one.coach_name for one in self.owner.coachlinks.active()]
            label = connection_label(self.coach_name, others, self.consented_at)
            self.coach_name = with_label(self.coach_name, label)
        super().save(*args, **kwargs)

    def lock(self) -> None:
        """Waits until no request of the coach reads by this link, and blocks new ones until the
        transaction ends. The caller then changes what the coach sees."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(coaching_lock(%s))", [self.pk])

    @staticmethod
    def restrict_to(to: Iterable[UUID]) -> None:
        """In the coach's role: limits the rest of the transaction to these links."""
        with connection.cursor() as cursor:
            cursor.execute("select coaching_restrict_to(%s)", [list(to)])

    def end(self) -> bool:
        """Ends the link, as client or as coach. Returns False if it had ended before."""
        with connection.cursor() as cursor:
            cursor.execute("select coaching_end(%s)", [self.pk])
            return cursor.fetchone()[0]

    def mute(self, *, muted: bool) -> None:
        if muted != bool(self.muted_since):
            self.muted_since = timezone.now() if muted else None
            self.save(update_fields=["muted_since"])


OF_TEAM = "team"  # what a connection was about whose detail is the version of a team's text
WITH_PHOTOS = "photos"  # the detail of an entry that was shared with some of its photos


class ConsentEvent(OwnedModel):
    """What the client agreed to or took back, and when. Nobody can change
    it, not even the client."""

    export_name = "coaching.ConsentEvent"

    class What(models.TextChoices):
        CONNECTED = "connected", pgettext_lazy("what somebody did", "Connected")
        GRANTED = "granted", pgettext_lazy("what somebody did", "Shared")
        REVOKED = "revoked", _("Stopped sharing")
        STOPPED = "stopped", _("Stopped all sharing")
        MUTED = "muted", _("Turned comments off")
        HEARD = "heard", _("Turned comments on")
        ADDRESS = "address", _("Showed the email address")
        HIDDEN = "hidden", _("Hid the email address")
        ZONE = "zone", _("Showed the time zone")
        UNZONED = "unzoned", _("Hid the time zone")
        ENDED = "ended", _("Ended the link")
        SENT = "sent", _("Sent how it went")
        UNSENT = "unsent", _("Stopped showing how it went")
        # A program: `about` says so, `detail` whether the client or the coach.
        STARTED = "started", _("Started a program")
        PAUSED = "paused", _("Paused a program")
        RESUMED = "resumed", _("Continued a program")
        CANCELLED = "cancelled", _("Stopped a program")
        LEFT_TEAM = "left_team", _("The coach left their team")

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="events", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=9, choices=What)
    scope = models.CharField(max_length=8, blank=True)
    about = models.CharField(max_length=20, blank=True)  # a kind, a practice or a measure
    item_id = models.UUIDField(null=True, blank=True)
    detail = models.CharField(max_length=6, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        indexes = [models.Index(fields=["owner", "-at"], name="consent_by_moment")]

    @classmethod
    def log(cls, link: CoachLink, what: str, **details: Any) -> "ConsentEvent":
        return cls.objects.create(owner_id=link.owner_id, link=link, what=what, **details)


FIGURE = "figure"  # the kind of an opening whose item is the grant of a figure or week


class AccessLogEntry(OwnedModel):
    """What a coach opened, one row per item and hour. Only `coaching_log` inserts rows."""

    export_name = "coaching.Opening"

    owner = belongs_to("access_log")
    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="access_log", db_index=False
    )
    kind = models.CharField(max_length=20)
    item_id = models.UUIDField()
    hour = models.DateTimeField()

    class Meta:
        verbose_name = _("access log entry")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "link", "kind", "item_id", "hour"], name="one_access_an_hour"
            )
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="access_log_by_moment")]

    @staticmethod
    def log(seen: list[tuple[UUID, str, UUID]]) -> None:
        """In the coach's role: records these items as opened, each by its owner, kind and id. Skips
        what that owner does not share."""
        if seen:
            with connection.cursor() as cursor:
                columns = [list(column) for column in zip(*seen, strict=True)]
                cursor.execute(
                    "select coaching_log(%s, %s, %s), coaching_log_agreements(%s, %s, %s)",
                    columns * 2,
                )


def link_between(client: User, coach: User) -> CoachLink | None:
    return client.coachlinks.active().filter(coach=coach).first()
