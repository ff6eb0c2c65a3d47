"""What follows when a person's zone changes, and when a mail server answers about their address."""

from django.db.models import Case, F, Value, When

from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as
from journal.reminders.models import ReminderPreference
from journal.sharing.models.links import hash_of_address


def plan_anew(person: User) -> None:
    """Plans the person's reminders in the zone that they have now."""
    for reminder in person.reminders.planned():
        reminder.owner = person
        reminder.plan()
        reminder.save(update_fields=["next_at"])


def note_refusal(addresses: list[str]) -> None:
    """Counts refusals of an address in a row; the third ends its mail, until the person sends a
    test."""
    with acting_as(None, role=OWNER):
        for address in addresses:
            refused = hash_of_address(address)
            again = When(refused_hash=refused, then=F("refusals") + 1)
            ReminderPreference.objects.filter(owner__email=address).update(
                refusals=Case(again, default=Value(1)), refused_hash=refused
            )


def note_acceptance(addresses: list[str]) -> None:
    with acting_as(None, role=OWNER):
        rows = ReminderPreference.objects.filter(owner__email__in=addresses, refusals__gt=0)
        rows.update(refusals=0)
