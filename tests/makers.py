"""Plain functions that make rows for tests, each written behind the wall as its owner."""

from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from journal.people.models import User
from journal.privacy.wall import acting_as
from journal.reflections.entries.models import Entry

PASSWORD = "correct horse battery staple"


def make_person(email: str, **fields: Any) -> User:
    return User.objects.create(email=email, password=_hashed_once(), **fields)


@cache
def _hashed_once() -> str:
    """Argon2 is slow on purpose: once for all tests, or it would be most of a run."""
    return make_password(PASSWORD)


def make_entry(person: User, body: str = "A quiet day.", **fields: Any) -> Entry:
    with acting_as(person):
        entry = Entry.begun_by(person)
        entry.body = body
        for name, value in fields.items():
            setattr(entry, name, value)
        entry.save(force_insert=True)
    return entry


def days_of(year: int, month: int, *days: int) -> list[date]:
    return [date(year, month, day) for day in days]
