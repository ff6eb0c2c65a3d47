"""The notification of a reminder: discreet words, and for a promise the action "Kept".

The service worker shows it (static/worker/push.js); journal/push encrypts and sends it.
"""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from journal.access_tokens.models import AccessToken
from journal.people.models import User
from journal.privacy.ownership import uuid7
from journal.privacy.rls import OWNER, acting_as
from journal.push import sending
from journal.push.delivery import payload
from journal.push.models import PushSubscription
from journal.reminders import mails, wording
from journal.reminders.models import Reminder, ReminderPreference

KEPT_WORKS_FOR = timedelta(days=1)
TEST_WAITS = timedelta(minutes=10)


def can_reach(person: User) -> bool:
    return person.push_subscriptions.exists()


def send(reminder: Reminder, preference: ReminderPreference, day: date, until: datetime) -> None:
    """Puts it into the outbox for each device."""
    person, tag = reminder.owner, uuid7()
    with translation.override(person.reads_in):
        said = {
            "tag": str(tag),
            "title": wording.sender(preference),
            "body": wording.subject(reminder.kind, preference.wording),
            "open": {"label": _("Open"), "url": mails.page_of(reminder)},
        }
        if reminder.promise_id:
            said["kept"] = _kept(reminder, day, until + KEPT_WORKS_FOR)
    sending.enqueue(person, payload(**said), tag=tag, expires_at=until)


def _kept(reminder: Reminder, day: date, expires_at: datetime) -> dict[str, str]:
    """The action that records this promise on this day, and nothing else."""
    token = AccessToken.issue(
        reminder.owner,
        AccessToken.Scope.KEPT,
        row_id=reminder.promise_id,
        day=day,
        expires_at=expires_at,
    )
    return {
        "label": _("Kept"),
        "url": token.path,
        "offline": _("Not recorded. There’s no connection."),
        "failed": _("Not recorded. Open the app to record it."),
    }


def send_test(device: PushSubscription, preference: ReminderPreference) -> None:
    """Sends a notification to one device within seconds."""
    tag = uuid7()
    said = {
        "tag": str(tag),
        "title": wording.sender(preference),
        "body": str(wording.TEST),
        "open": {"label": _("Open"), "url": reverse("reminders:settings")},
    }
    message = sending.enqueue_for(
        device, payload(**said), tag=tag, expires_at=timezone.now() + TEST_WAITS
    )
    with acting_as(None, role=OWNER):
        sending.send_one.enqueue(str(message.pk), str(message.owner_id))
