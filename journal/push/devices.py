"""The devices of a person, for their page, and what becomes of one when its session ends."""

from collections.abc import Mapping
from typing import Any

from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as
from journal.push import vapid
from journal.push.models import PushSubscription

SESSION_KEY = "push_device"  # in a session: the device on which it turned notifications on


def context(person: User, session: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/reminders/_devices.html shows."""
    return {
        "devices": person.push_subscriptions.order_by("created_at", "id"),
        "this_device": session.get(SESSION_KEY, ""),
        "push_key": vapid.public_key(),
    }


def forget_with_session(session: Mapping[str, Any]) -> None:
    """Ends notifications on the device whose session ends, by signing out there or elsewhere."""
    device = session.get(SESSION_KEY)
    if device:
        with acting_as(None, role=OWNER):
            PushSubscription.objects.filter(pk=device).delete()
