"""Links and grants, made as the people who would make them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from journal.coaching import consent
from journal.coaching.kinds import kind_of
from journal.coaching.models import Client, CoachLink, ShareGrant
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.privacy.wall import acting_as

A_YEAR_AGO = timedelta(days=365)


def made_coach(person: User) -> User:
    person.coaches_since = timezone.now()
    person.save(update_fields=["coaches_since"])
    return person


def link(client: User, coach: User, name: str = "Ada") -> CoachLink:
    """As after an invitation that was accepted: nothing is shared yet."""
    if not coach.coaches_since:
        made_coach(coach)
    with acting_as(client):
        row = CoachLink.objects.create(
            owner=client, coach=coach, coach_name="Mira", consent_text="I choose to connect."
        )
    with acting_as(coach):
        Client.objects.create(owner=coach, link_id=row.pk, name=name)
    return row


def share(link: CoachLink, row: OwnedModel, days: int = 30) -> ShareGrant:
    wish = consent.Wish("item", kind_of(row).name, row.pk)
    with acting_as(link.owner_id):
        return consent.share(link, [wish], days)[0]


def share_practice(link: CoachLink, practice: str, **wish: Any) -> ShareGrant:
    with acting_as(link.owner_id):
        return consent.share(link, [consent.Wish("practice", practice, **wish)], 30)[0]
