"""Sends what is due: two indexed queries a minute, however many people have reminders.

Each reminder is handled in a transaction of its own: its next time is set, its day noted
(`SentReminder`) and what is sent put into the outbox, all or nothing. So a worker that dies sends
it later, and two workers send it once. Rows that another worker holds are left to it, and one that
cannot be sent stops no other.
"""

import logging
from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from journal.monitoring import counters
from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.push import sending as push
from journal.reminders import mails, notifications, relevance, schedule
from journal.reminders.models import Reminder, ReminderPreference, preference_of

log = logging.getLogger(__name__)


class Sender(Protocol):
    def can_reach(self, person: User) -> bool:
        """Whether there is a way to the person now. Runs as the owner of the tables."""

    def send(
        self, reminder: Reminder, preference: ReminderPreference, day: date, until: datetime
    ) -> None:
        """Hands it over in the caller's transaction, to be sent before `until` or not at all; `day`
        is the person's day that it is about. Runs as the person."""


# One for each of `models.CHANNELS`.
SENDERS: dict[str, Sender] = {"by_mail": mails, "by_push": notifications}
BATCH = 100

# The day is noted only while the day's number is below the person's own limit.
NOTE_DAY = """
insert into reminders_sentreminder
       (id, owner_id, kind, promise_id, day, created_at, updated_at, version)
select %(id)s, %(owner)s, %(kind)s, %(promise)s, %(day)s, now(), now(), 1
 where (select count(*) from reminders_sentreminder where owner_id = %(owner)s and day = %(day)s)
       < %(most)s
    on conflict do nothing
"""


def send_due(now: datetime | None = None) -> int:
    """Runs as the owner of the tables until nothing is due. Returns how many were sent.

    Notifications leave after each batch, so that at a busy minute the first don't wait for the
    last; mails have a worker of their own.
    """
    sent = handled = 0
    failed = set[UUID]()
    while (done := _send_next(now or timezone.now(), failed)) is not None:
        sent, handled = sent + done, handled + 1
        if done:
            counters.count(lambda counted: counted.reminders.inc())
        if handled % BATCH == 0:
            push.send_waiting()
    push.send_waiting()
    return sent


def _send_next(now: datetime, failed: set[UUID]) -> bool | None:
    """Handles the one that waits longest; None when none is due. True if it was sent. One that
    fails is due again in a minute."""
    with transaction.atomic():
        rows = Reminder.objects.due(now).exclude(pk__in=failed).select_related("owner")
        reminder = rows.select_for_update(of=("self",), skip_locked=True).first()
        if reminder is None:
            return None
        try:
            with transaction.atomic():
                return _handle(reminder, now)
        except (OperationalError, InterfaceError):
            raise  # the database is gone
        except Exception as error:
            name = type(error).__name__
            log.error("Reminder %s wasn't sent: %s.", reminder.pk, name, extra={"error": error})
            failed.add(reminder.pk)
            return False


def _handle(reminder: Reminder, now: datetime) -> bool:
    person, due_at = reminder.owner, reminder.next_at
    reminder.plan(now)
    # Not `save`: its version and its last change are the person's own, as in their calendar.
    Reminder.objects.filter(pk=reminder.pk).update(next_at=reminder.next_at)
    if due_at is None or now - due_at > schedule.LATEST:
        return False
    if not person.is_active or person.deletion_due_at:
        return False
    senders = [
        sender
        for channel, sender in SENDERS.items()
        if getattr(reminder, channel) and sender.can_reach(person)
    ]
    if not senders:
        return False
    with acting_as(person), timezone.override(clock.zone_of(person)):
        return _send(reminder, due_at, now, senders)


def _send(reminder: Reminder, due_at: datetime, now: datetime, senders: Collection[Sender]) -> bool:
    """The lock on the person's settings lets one reminder of theirs pass at a time, so that the
    limit of a day is exact."""
    person = reminder.owner
    list(ReminderPreference.objects.filter(owner=person).select_for_update())
    preference = preference_of(person)
    day = clock.day_of(person, due_at)
    if (
        preference.keeps_silent(due_at)
        or preference.keeps_silent(now)
        or not relevance.is_open(reminder, due_at)
        or not _note_day(reminder, day, preference.most_a_day)
    ):
        return False
    until = schedule.latest(person, due_at, preference.quiet_from)
    for sender in senders:
        sender.send(reminder, preference, day, until)
    return True


def _note_day(reminder: Reminder, day: date, most: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            NOTE_DAY,
            {
                "id": uuid7(),
                "owner": reminder.owner_id,
                "kind": reminder.kind,
                "promise": reminder.promise_id,
                "day": day,
                "most": most,
            },
        )
        return cursor.rowcount == 1


def seconds_to_next_minute(now: datetime) -> float:
    return 60 - (now.second + now.microsecond / 1_000_000)
