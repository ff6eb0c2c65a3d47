"""Rows of reminders, and the minute in which they are sent."""

from datetime import datetime, time
from typing import Any

import time_machine
from allauth.account.models import EmailAddress

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reminders.models import Kind, Reminder, ReminderPreference
from journal.reminders.sending import send_due
from journal.sharing.models.links import hash_of_address


def make_confirmed(person: User) -> User:
    address = {"email": person.email, "verified": True}
    EmailAddress.objects.update_or_create(address, user=person, primary=True)
    return person


def make_preference(person: User, **fields: Any) -> ReminderPreference:
    if "refusals" in fields:
        fields["refused_hash"] = hash_of_address(person.email)
    given = {"origin": "https://journal.example.org", "quiet_from": None, "quiet_until": None}
    with acting_as(person):
        return ReminderPreference.objects.create(owner=person, **{**given, **fields})


def make_reminder(person: User, kind: str = Kind.DAILY, at: str = "20:30", **fields: Any) -> Any:
    """Planned from the present moment on."""
    with acting_as(person):
        given = {"kind": kind, "at": time.fromisoformat(at), "by_mail": True, **fields}
        row = Reminder(owner=person, **given)
        row.plan()
        row.save()
        return row


def run_at(moment: str) -> int:
    """Lets the worker look at this moment."""
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        return send_due()
