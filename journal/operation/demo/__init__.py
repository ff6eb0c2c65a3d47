"""The example person: one made-up adult, the twelve weeks up to today, and a coach.

What they did is written down in one module for each room, by how many days ago it was, so that
every run tells the same story up to the present day. A practice that arrives adds its module and
its line in `ROOMS`. Everything is written behind the wall, as the person.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from journal.operation.demo import (
    boundaries,
    coaching,
    compassion,
    daily,
    decisions,
    entries,
    lessons,
    mistakes,
    promises,
    ratings,
    values,
    weeks,
)
from journal.operation.demo.story import DAYS, Story
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import consent

EMAIL = "nora@example.org"
# What something came from comes before it: a promise before the mistake, a mistake before its
# lesson, a lesson before the decision that it stood beside, a crossing before the hard moment.
ROOMS = (
    *(values, promises, mistakes, lessons, boundaries),
    *(decisions, compassion, entries, ratings, daily, weeks),
)


class Taken(Exception):
    """The example person's address belongs to someone else."""


@dataclass(frozen=True)
class Made:
    person: User
    email: str
    password: str
    coach_email: str = coaching.EMAIL


@transaction.atomic
def make_example_person(password: str | None = None) -> Made:
    """The person with everything, in place of the one that was there. Raises Taken."""
    for email in (EMAIL, coaching.EMAIL):
        if User.objects.filter(email__iexact=email, example_since=None).exists():
            raise Taken(f"{email} has an account that is no example; it is left alone.")
    for there in User.objects.filter(email__iexact=EMAIL):
        consent.leave(there)
        there.delete()
    coaching.leave()
    password = password or secrets.token_urlsafe(12)
    person = User.objects.create_user(
        EMAIL,
        password,
        zone="Europe/Copenhagen",
        week_starts_on=User.WeekStart.MONDAY,
        welcome_step="done",
        example_since=timezone.now(),
        date_joined=timezone.now() - timedelta(days=DAYS),
    )
    EmailAddress.objects.create(user=person, email=EMAIL, primary=True, verified=True)
    with acting_as(person):
        person.called = "Nora"
        person.save(update_fields=["called"])
        story = Story.of(person)
        for room in ROOMS:
            room.tell(story)
    coach = coaching.account(password)
    with acting_as(person):
        coaching.tell(story, coach)
    return Made(person, EMAIL, password)
