"""A restore undoes neither the notes nor the register of deleted accounts: what the current
database has of them goes along."""

from typing import NamedTuple

from django.db import Error

from journal.installation.models import DeletedAccount, Note


class Carried(NamedTuple):
    notes: list[Note]
    deleted: list[DeletedAccount]


def read() -> Carried:
    """Of the current database, which may be broken, older or empty."""
    try:
        return Carried(list(Note.objects.all()), list(DeletedAccount.objects.all()))
    except Error:
        return Carried([], [])


def add(carried: Carried) -> None:
    for note in carried.notes:
        note.save()  # in the place of what the backup says
    DeletedAccount.objects.bulk_create(carried.deleted, ignore_conflicts=True)
