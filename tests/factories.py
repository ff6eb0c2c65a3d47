"""Plain functions that make rows for tests, each written behind the wall as its owner."""

from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry

PASSWORD = "correct horse battery staple"


def make_person(email: str, **fields: Any) -> User:
    return User.objects.create(email=email, password=make_password(PASSWORD), **fields)


def make_entry(person: User, body: str = "A quiet day.", **fields: Any) -> Entry:
    with acting_as(person):
        entry = Entry.new_for(person)
        entry.body = body
        for name, value in fields.items():
            setattr(entry, name, value)
        entry.save(force_insert=True)
    return entry


def days_of(year: int, month: int, *days: int) -> list[date]:
    return [date(year, month, day) for day in days]
