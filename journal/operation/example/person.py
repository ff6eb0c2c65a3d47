"""Makes the example person and their coach. Running it again replaces both, up to that day.

The journal comes from journal.json (fixture.py), and the importer reads it like any file.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from journal.exchange import jobs, readers
from journal.exchange.models import Import
from journal.operation.example import coach, fixture, words
from journal.operation.example.fixture import Say
from journal.people.models import User
from journal.photos.files import remove_after_commit
from journal.photos.models import Photo
from journal.privacy.rls import acting_as
from journal.sharing import consent

EMAIL, COACH_EMAIL = "nora@example.org", "tobias@example.org"
TWELVE_WEEKS = timedelta(weeks=12)


class Taken(Exception):
    """One of the two addresses belongs to a real account."""


@dataclass(frozen=True)
class Made:
    person: User
    password: str
    email: str = EMAIL
    coach_email: str = COACH_EMAIL


@transaction.atomic
def make_example_person(password: str | None = None, language: str = "") -> Made:
    """Replaces the example person and coach of an earlier run. Raises Taken.

    Both read pages in the language; without one they write English and read their browser's."""
    for there in User.objects.filter(Q(email__iexact=EMAIL) | Q(email__iexact=COACH_EMAIL)):
        if not there.example_since:
            raise Taken(f"{there.email} has a real account, not an example, so it was left alone.")
        consent.leave(there)
        remove_after_commit(Photo.objects.filter(owner=there).only("stored_as"))
        there.delete()
    password = password or secrets.token_urlsafe(12)
    began = timezone.now() - TWELVE_WEEKS
    say = words.in_language(language)
    both = {"password": password, "language": language}
    person = _account(EMAIL, say("Nora"), date_joined=began, **both)
    _read_in(person, say)
    _plan_reminders(person)
    tobias = _account(COACH_EMAIL, say(coach.NAME), coaches_since=began, **both)
    with translation.override(language or settings.LANGUAGE_CODE):  # what he takes from the shelf
        coach.connect(person, tobias, began, say)
    return Made(person, password)


@contextmanager
def unsaved_example_person(language: str) -> Iterator[User]:
    """The example person without a coach, in a transaction that is rolled back."""
    with transaction.atomic():
        began, say = timezone.now() - TWELVE_WEEKS, words.in_language(language)
        person = _account(f"{uuid4()}@example.invalid", say("Nora"), date_joined=began)
        _read_in(person, say, with_photos=False)  # their files would stay
        yield person
        transaction.set_rollback(True)


def _account(email: str, called: str, **fields: Any) -> User:
    account = User.objects.create_user(
        email,
        zone="Europe/Copenhagen",
        example_since=timezone.now(),
        **fields,
    )
    EmailAddress.objects.create(user=account, email=email, primary=True, verified=True)
    with acting_as(account):
        account.called = called
        account.save(update_fields=["called"])
    return account


def _plan_reminders(person: User) -> None:
    """So that their page shows them as turned on. None is sent: nobody saved that page, which notes
    the address for the links (ReminderPreference.origin)."""
    with acting_as(person):
        for reminder in person.reminders.all():
            reminder.plan()
            reminder.save(update_fields=["next_at"])


def _read_in(person: User, say: Say, *, with_photos: bool = True) -> None:
    """Imports the export as if the person had uploaded it."""
    with acting_as(person):
        row = Import(owner=person, name="example.zip")
        row.looked_at = row.begun_at = timezone.now()
        with row.written() as file, ZipFile(file, "w") as archive:
            archive.writestr(readers.JSON, fixture.export_for(person, say))
            for path in fixture.photo_files() if with_photos else ():
                archive.write(path, path.name)
        row.size = file.size
        row.save(force_insert=True)
    jobs.bring_in(row.pk, person.pk)
    with acting_as(person):
        row.refresh_from_db()
        if row.refusal:
            raise ValueError(row.refusal)
