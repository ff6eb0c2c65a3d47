"""Devices on which a person turned notifications on, and the notifications that wait to be sent."""

import hashlib
from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.push import endpoints

MOST_DEVICES = 10
REFUSED_FOR_GOOD = 3  # refusals in a row, after which a device is forgotten
LONGEST_PAYLOAD = 2500  # characters; push services take 3993 bytes
LEASE = timedelta(minutes=2)  # while a process sends a notification, no other does
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=20)


def hash_endpoint(endpoint: str) -> str:
    """SHA-256, in 64 hexadecimal digits. An endpoint is random, so it needs no salt."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


class PushSubscription(OwnedModel):
    """A browser's subscription (Push API): where to send, and its keys for encrypting."""

    export_name = "push.PushSubscription"

    owner = belongs_to("push_subscriptions")
    endpoint = WordsField(max_length=endpoints.LONGEST, editable=False)
    endpoint_hash = models.CharField(max_length=64, editable=False)
    p256dh = WordsField(max_length=100, editable=False)
    auth = WordsField(max_length=40, editable=False)
    name = WordsField(max_length=60, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    refusals = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("device with notifications")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="push_subscription_and_owner"),
            models.UniqueConstraint(
                fields=["owner", "endpoint_hash"], name="one_subscription_per_endpoint"
            ),
        ]

    def note_sent(self) -> None:
        type(self).objects.filter(pk=self.pk).update(sent_at=timezone.now(), refusals=0)

    def note_refusal(self) -> None:
        """Counts a refusal; with the third in a row the device is forgotten."""
        if self.refusals + 1 >= REFUSED_FOR_GOOD:
            self.delete()
        else:
            type(self).objects.filter(pk=self.pk).update(refusals=F("refusals") + 1)


class PushMessageQuerySet(OwnedQuerySet):
    def due(self, now: datetime) -> Self:
        """For the owner of the tables: one range of the index `push_message_by_time`."""
        return self.filter(next_at__lte=now).order_by("next_at")

    def over(self) -> Self:
        return self.filter(expires_at__lte=timezone.now())


class PushMessage(OwnedModel):
    """A notification on its way to one device. Its tag names the reminder, so that the device shows
    it once even if it arrives twice."""

    export_name = "push.PushMessage"

    owner = belongs_to("push_messages")
    subscription = models.ForeignKey(
        PushSubscription, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    tag = models.UUIDField(editable=False)
    payload = WordsField(max_length=LONGEST_PAYLOAD, editable=False)
    next_at = models.DateTimeField(default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    expires_at = models.DateTimeField(editable=False)

    objects: ClassVar = PushMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "subscription", "tag"], name="one_push_message_per_device"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="push_message_expires_later"
            ),
        ]
        indexes = [models.Index(fields=["next_at"], name="push_message_by_time")]

    def put_off(self, now: datetime) -> None:
        """Tries again after a pause that doubles, unless it would come too late."""
        pause = min(FIRST_PAUSE * 2 ** (self.attempts - 1), LONGEST_PAUSE)
        if now + pause >= self.expires_at:
            self.delete()
        else:
            type(self).objects.filter(pk=self.pk).update(next_at=now + pause)


def topic_of(tag: UUID) -> str:
    """At most 32 characters: of one topic, a push service keeps the newest message only."""
    return tag.hex
