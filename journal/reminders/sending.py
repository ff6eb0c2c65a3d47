"""Sends what is due: one indexed query a minute, however many people have reminders.

Each reminder is handled in a transaction of its own: its next time is set, its day noted
(`SentReminder`) and its mail put into the outbox, all or nothing. So a worker that dies sends it
later, and two workers send it once. Rows that another worker holds are left to it.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.reminders import mails, relevance, schedule
from journal.reminders.models import Reminder, ReminderPreference, preference_of

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
    """Runs as the owner of the tables until nothing is due. Returns how many were sent."""
    sent = 0
    while (done := _send_next(now or timezone.now())) is not None:
        sent += done
    return sent


def _send_next(now: datetime) -> bool | None:
    """Handles the one that waits longest; None when none is due. True if it was sent."""
    with transaction.atomic():
        rows = Reminder.objects.due(now).select_for_update(of=("self",), skip_locked=True)
        reminder = rows.select_related("owner").first()
        if reminder is None:
            return None
        due_at = reminder.next_at
        reminder.plan(now)
        # Not `save`: its version and its last change are the person's own, as in their calendar.
        Reminder.objects.filter(pk=reminder.pk).update(next_at=reminder.next_at)
        person = reminder.owner
        if due_at is None or now - due_at > schedule.LATEST or not _may_have_mail(person):
            return False
        with acting_as(person):
            return _send(reminder, due_at)


def _may_have_mail(person: User) -> bool:
    return (
        settings.MAIL_WORKS
        and person.is_active
        and person.deletion_due_at is None
        and mails.is_confirmed(person)
    )


def _send(reminder: Reminder, due_at: datetime) -> bool:
    """Runs as the person. The lock on their settings lets one reminder of theirs pass at a time, so
    that the limit of a day is exact."""
    person = reminder.owner
    list(ReminderPreference.objects.filter(owner=person).select_for_update())
    preference = preference_of(person)
    day = clock.day_of(person, due_at)
    local = due_at.astimezone(clock.zone_of(person)).time()
    if (
        preference.is_refused
        or not preference.origin
        or (preference.paused_until and day < preference.paused_until)
        or schedule.is_quiet(preference.quiet_from, preference.quiet_until, local)
        or not relevance.is_open(reminder, day)
        or not _note_day(reminder, day, preference.most_a_day)
    ):
        return False
    mails.send(reminder, preference)
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
