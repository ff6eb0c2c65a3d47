"""Saves an entry: for the button, for autosave, and for a choice between two versions.

A page of an entry sends the entry's id, and the last version it knows, 0 before the first save. A
request that arrives twice, late or out of order still leads to one row, and never replaces text
that the page did not know. The version that a choice discards goes to the trash, whole.
"""

from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from journal.people.models import User
from journal.reflections.entries import conflict
from journal.reflections.entries.conflict import Keep
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry


class Outcome(Enum):
    SAVED = auto()
    INVALID = auto()
    CONFLICT = auto()  # the row holds something else
    TAKEN = auto()  # the id of a new entry belongs to somebody else


@dataclass
class Result:
    outcome: Outcome
    form: EntryForm
    entry: Entry


def save_new(person: User, posted: QueryDict) -> Result:
    """Handles the page of a new entry, which may post more than once."""
    form = EntryForm(posted, instance=Entry.new_for(person))
    if not form.is_valid():
        return Result(Outcome.INVALID, form, form.instance)
    made = form.instance.insert_once()
    if made is form.instance:
        return Result(Outcome.SAVED, form, made)
    if made is None:
        return Result(Outcome.TAKEN, form, form.instance)
    return save_again(person.entries.select_for_update().get(pk=made.pk), sent_before(posted))


def sent_before(posted: QueryDict) -> QueryDict:
    """The page of a new entry has no version until a response brings one."""
    data = posted.copy()
    data["version"] = posted.get("version") or "0"
    return data


def save_again(entry: Entry, posted: QueryDict) -> Result:
    """Saves a change of a locked entry, or a choice between its text and another."""
    form = EntryForm(conflict.typed(posted), instance=entry)
    if not form.is_valid():
        return Result(Outcome.INVALID, form, entry)
    keep = conflict.chosen(posted)
    if keep:
        return save_choice(form, posted, keep)
    if entry.deleted_at or not form.settles:
        return Result(Outcome.CONFLICT, form, entry)
    return saved(form)


def save_choice(form: EntryForm, posted: QueryDict, keep: Keep) -> Result:
    mine, stored = form.instance, form.before
    final = EntryForm(conflict.settled(form, keep), instance=copy(stored))
    valid = final.is_valid()
    if valid and keep is not Keep.THEIRS and final.would_overwrite:
        return Result(Outcome.CONFLICT, form, mine)
    left = stored if keep is Keep.MINE else mine
    if conflict.loses(left, final.instance, keep):
        set_aside(left, posted)
    return saved(final) if valid else Result(Outcome.INVALID, final, mine)


def saved(form: EntryForm) -> Result:
    entry = form.instance
    if entry.deleted_at or not form.says_what_is_stored(form.data):
        entry.deleted_at = None
        entry.save()
    return Result(Outcome.SAVED, form, entry)


def set_aside(left: Entry, posted: QueryDict) -> None:
    """Moves the version that was not chosen to the trash, once even if the request repeats."""
    copied = Entry.new_for(left.owner)
    with suppress(ValueError):
        copied.pk = UUID(posted.get("aside", ""))
    copied.take(left)
    copied.deleted_at = timezone.now()
    copied.insert_once()


def locked(person: User, pk: UUID) -> Entry | None:
    """Includes the trash: someone may still be writing the entry."""
    return person.entries.select_for_update().filter(pk=pk).first()
