"""Sends the notifications that wait: each is claimed, sent outside any transaction, and deleted.

A worker that dies in between leaves its claim, which ends after LEASE; the device shows the tag of
a notification once, even if it then comes twice. Runs as the owner of the tables.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from journal.mail import tasks as mail_tasks
from journal.people.models import User
from journal.privacy.keys import SealBroken
from journal.privacy.rls import acting_as
from journal.push.delivery import UNREACHABLE, Letter, deliver
from journal.push.models import LEASE, PushMessage, PushMessageQuerySet, PushSubscription

log = logging.getLogger(__name__)

BATCH = 32
AT_ONCE = 8  # connections
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
LATER = {UNREACHABLE, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


def enqueue(person: User, payload: str, *, tag: UUID, expires_at: datetime) -> int:
    """Puts a notification into the outbox for each device of a person, in the caller's transaction.
    Runs as the person. Returns the number of devices."""
    devices = list(person.push_subscriptions.all())
    for device in devices:
        enqueue_for(device, payload, tag=tag, expires_at=expires_at)
    return len(devices)


def enqueue_for(
    device: PushSubscription, payload: str, *, tag: UUID, expires_at: datetime
) -> PushMessage:
    return PushMessage.objects.create(
        owner_id=device.owner_id,
        subscription=device,
        payload=payload,
        tag=tag,
        expires_at=expires_at,
    )


@task(queue_name=mail_tasks.QUEUE)
def send_one(message_id: str, _owner_id: str) -> None:
    """A test, for which nobody wants to wait until the next minute."""
    _send(PushMessage.objects.filter(pk=message_id))


def send_waiting() -> int:
    """Sends until nothing is due. Returns how many were handed over."""
    sent = 0
    while (done := _send(PushMessage.objects.all())) is not None:
        sent += done
    return sent


def _send(rows: PushMessageQuerySet) -> int | None:
    """Sends one batch of what is due; None when nothing is."""
    now = timezone.now()
    messages = _claim(rows, now)
    if not messages:
        return None
    letters = {message: letter for message in messages if (letter := _open(message, now))}
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(deliver, letters.values()))
    for message, status in zip(letters, answers, strict=True):
        with transaction.atomic():
            _settle(message, status)
    return sum(status < HTTPStatus.MULTIPLE_CHOICES for status in answers if status)


def _claim(rows: PushMessageQuerySet, now: datetime) -> list[PushMessage]:
    with transaction.atomic():
        due = rows.due(now).select_for_update(of=("self",), skip_locked=True)
        messages = list(due.select_related("owner", "subscription")[:BATCH])
        claimed = [message.pk for message in messages]
        PushMessage.objects.filter(pk__in=claimed).update(
            next_at=now + LEASE, attempts=F("attempts") + 1
        )
    for message in messages:
        message.attempts += 1
    return messages


def _open(message: PushMessage, now: datetime) -> Letter | None:
    """Decrypts a message; one that is too late, or of an account that ends, is deleted."""
    person = message.owner
    if message.expires_at > now and person.is_active and person.deletion_due_at is None:
        try:
            with acting_as(person):
                return Letter.from_message(message, now)
        except SealBroken:  # the account is being deleted
            pass
    message.delete()
    return None


def _settle(message: PushMessage, status: int) -> None:
    device = message.subscription
    if status in GONE:
        device.delete()
    elif status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        message.put_off(timezone.now())
    elif status >= HTTPStatus.MULTIPLE_CHOICES:
        log.warning("A push service refused a notification: %d.", status)
        message.delete()
        device.note_refusal()
    else:
        message.delete()
        device.note_sent()
