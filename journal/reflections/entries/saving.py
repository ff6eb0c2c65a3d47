"""One way to save an entry: for the button, for autosave, and for a choice between two texts.

A page of an entry sends the entry's id, and the version that it last saw, which is 0 before it
heard of any. Whatever is sent twice, late or out of order, one row comes of it, and no text is
replaced that the page did not know. What a choice leaves over goes to Recently removed.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from django.utils import timezone

from journal.people.models import User
from journal.reflections.entries import diff
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry


class Outcome(Enum):
    SAVED = auto()
    INVALID = auto()
    CONFLICT = auto()  # the row holds other words: `Result.stored`
    TAKEN = auto()  # the id of a new entry belongs to somebody else


@dataclass
class Result:
    outcome: Outcome
    form: EntryForm
    entry: Entry
    stored: Entry | None = None  # as it was before, where there was one


def save_new(person: User, posted: Mapping[str, str]) -> Result:
    """What the page of a new entry sent; perhaps not for the first time."""
    form = EntryForm(posted, instance=Entry.new_for(person))
    if not form.is_valid():
        return Result(Outcome.INVALID, form, form.instance)
    made = form.instance.insert_once()
    if made is form.instance:
        return Result(Outcome.SAVED, form, made)
    if made is None:
        return Result(Outcome.TAKEN, form, form.instance)
    return save_again(person.entries.select_for_update().get(pk=made.pk), sent_before(posted))


def sent_before(posted: Mapping[str, str]) -> dict[str, str]:
    """The page of a new entry knows of no version until it hears that it was saved."""
    fields = {name: posted[name] for name in posted}
    return {**fields, "version": fields.get("version") or "0"}


def save_again(entry: Entry, posted: Mapping[str, str]) -> Result:
    """A change of an entry that was read locked, or a choice between its text and another."""
    stored = Entry(pk=entry.pk, title=entry.title, body=entry.body, written_on=entry.written_on)
    stored.deleted_at, stored.version = entry.deleted_at, entry.version
    stored.updated_at = entry.updated_at
    form = EntryForm(diff.settled(posted, stored), instance=entry)
    if not form.is_valid():
        return Result(Outcome.INVALID, form, entry, stored)
    chosen = posted["keep"] if "mine" in posted and "keep" in posted else ""
    if chosen == "theirs":
        set_aside(entry.owner, posted, entry)
        return Result(Outcome.SAVED, form, stored, stored)
    if form.overwrites or (entry.deleted_at and not chosen):
        return Result(Outcome.CONFLICT, form, entry, stored)
    if chosen == "mine":
        set_aside(entry.owner, posted, stored)
    if entry.deleted_at or not form.says_what_is_stored(form.data):
        entry.deleted_at = None
        entry.save()
    return Result(Outcome.SAVED, form, entry, stored)


def set_aside(person: User, posted: Mapping[str, str], words: Entry) -> None:
    """The text that was not chosen goes to Recently removed, once however often it is sent."""
    copy = Entry.new_for(person)
    with suppress(ValueError):
        copy.pk = UUID(posted.get("aside", ""))
    copy.title, copy.body, copy.written_on = words.title, words.body, words.written_on
    copy.deleted_at = timezone.now()
    copy.insert_once()


def locked(person: User, pk: UUID) -> Entry | None:
    """In the trash too: what is still being written is not gone."""
    return person.entries.select_for_update().filter(pk=pk).first()
