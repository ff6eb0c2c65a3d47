"""Plain functions that make rows for tests, each written behind the wall as its owner."""

from datetime import UTC, date, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.auth.hashers import make_password

from journal.people.models import User
from journal.privacy import keys
from journal.privacy.models import DataKey
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry, EntryTag, Tag

PASSWORD = "correct horse battery staple"


def make_person(email: str, **fields: Any) -> User:
    """Someone who has written before: a data key made in the test's own transaction would be read
    from the database for every word (journal/privacy/keys.py)."""
    person = make_newcomer(email, **fields)
    wrapped, master = keys.wrap(AESGCM.generate_key(256), person.pk)
    key = DataKey(owner_id=person.pk, wrapped=wrapped, master=master)
    DataKey.objects.bulk_create([key], ignore_conflicts=True)  # `called` made one already
    return person


def make_newcomer(email: str, **fields: Any) -> User:
    """Someone who never wrote anything, so there is no data key yet; they joined long ago, unless
    `date_joined` says otherwise."""
    joined = {"date_joined": datetime(2020, 1, 1, tzinfo=UTC)}
    return User.objects.create(email=email, password=make_password(PASSWORD), **joined | fields)


def make_entry(person: User, body: str = "A quiet day.", **fields: Any) -> Entry:
    with acting_as(person):
        entry = Entry.new_for(person)
        entry.body = body
        for name, value in fields.items():
            setattr(entry, name, value)
        entry.save(force_insert=True)
    return entry


def tag_of(entry: Entry) -> Tag:
    """Its first tag."""
    with acting_as(entry.owner_id):
        return EntryTag.objects.select_related("tag").filter(entry=entry)[0].tag


def tags_of(entry: Entry) -> list[str]:
    """The names that are stored."""
    with acting_as(entry.owner_id):
        return Entry.objects.get(pk=entry.pk).tag_names


def days_of(year: int, month: int, *days: int) -> list[date]:
    return [date(year, month, day) for day in days]


def note_browser(person: User, session_key: str) -> None:
    """What allauth keeps of a session at each sign-in, by which a page finds whose it is."""
    UserSession.objects.create(user=person, session_key=session_key, ip="127.0.0.1")
