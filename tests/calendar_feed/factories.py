"""A person's calendar address, and what a calendar program reads from it."""

from typing import Any

from django.test import Client
from icalendar import Calendar

from journal.access_tokens.models import AccessToken
from journal.calendar_feed import address
from journal.people.models import User
from journal.privacy.rls import acting_as


def make_address(person: User, *, titles: bool = False) -> AccessToken:
    with acting_as(person):
        address.make(person, titles=titles)
        token = address.token_of(person)
    assert token
    return token


def fetch(token: AccessToken, **headers: str) -> Any:
    """As a program: without a session, and a stranger to everything else."""
    return Client().get(token.path, headers=headers)


def entries(token: AccessToken) -> list[Any]:
    return Calendar.from_ical(fetch(token).content).walk("VEVENT")


def by_title(token: AccessToken) -> dict[str, Any]:
    """Its start, or how it comes again, by title."""
    return {str(one["summary"]): _when(one) for one in entries(token)}


def _when(entry: Any) -> str:
    rule = entry.get("rrule")
    start = entry["dtstart"].dt.isoformat()
    return f"{start} {rule.to_ical().decode()}" if rule else start
