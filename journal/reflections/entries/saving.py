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
from journal.privacy.ownership import uuid7
from journal.reflections.entries import conflict, splitting
from journal.reflections.entries.conflict import Keep
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry
from journal.reflections.entries.tag_names import split_names


class SaveStatus(Enum):
    SAVED = auto()
    INVALID = auto()
    CONFLICT = auto()  # the row holds something else
    TAKEN = auto()  # the id of a new entry belongs to somebody else


@dataclass
class SaveResult:
    status: SaveStatus
    form: EntryForm
    entry: Entry
    entries: int = 1  # how many the text became


def save_new(person: User, posted: QueryDict) -> SaveResult:
    """Handles the page of a new entry, which may post more than once."""
    form = EntryForm(posted, instance=Entry.new_for(person))
    if not form.is_valid():
        return SaveResult(SaveStatus.INVALID, form, form.instance)
    made = form.instance.insert_once()
    if made is form.instance:
        return SaveResult(SaveStatus.SAVED, form, made)
    if made is None:
        return SaveResult(SaveStatus.TAKEN, form, form.instance)
    return save_again(person.entries.select_for_update().get(pk=made.pk), sent_before(posted))


def sent_before(posted: QueryDict) -> QueryDict:
    """The page of a new entry has no version until a response brings one."""
    data = posted.copy()
    data["version"] = posted.get("version") or "0"
    return data


def save_again(entry: Entry, posted: QueryDict) -> SaveResult:
    """Saves a change of a locked entry, or a choice between its text and another."""
    tags = posted.get("tags")
    if tags is not None and split_names(tags) != entry.tag_names:
        entry.hold_tags()
    form = EntryForm(conflict.typed(posted), instance=entry)
    if not form.is_valid():
        return SaveResult(SaveStatus.INVALID, form, entry)
    keep = conflict.chosen(posted)
    if keep:
        return save_choice(form, posted, keep)
    if entry.deleted_at or not form.settles:
        return SaveResult(SaveStatus.CONFLICT, form, entry)
    return saved(form)


def save_split(result: SaveResult, posted: QueryDict) -> SaveResult:
    """Saves a text that is too long for one entry as several, if the button says so.

    The first part is the entry itself. Where the row holds something else by now, it stays as it
    is, and every part is a new entry.
    """
    pieces = splitting.parts(posted.get("body", ""))
    if posted.get("do") != "split" or result.status is not SaveStatus.INVALID or len(pieces) < 2:
        return result
    data, person, entry = posted.copy(), result.entry.owner, result.entry
    data["body"] = pieces[0]
    new = entry._state.adding
    again = save_new(person, data) if new else save_again(person.entries.get(pk=entry.pk), data)
    if again.status in (SaveStatus.INVALID, SaveStatus.TAKEN):
        return result
    if again.status is SaveStatus.CONFLICT:
        again.entry = _part(again.form.instance, pieces[0], 1, uuid7())
    for number, piece in enumerate(pieces[1:], start=2):
        _part(again.entry, piece, number, UUID(int=again.entry.pk.int + number - 1))
    return SaveResult(SaveStatus.SAVED, again.form, again.entry, len(pieces))


def _part(like: Entry, piece: str, number: int, pk: UUID) -> Entry:
    """An entry with one piece of a text. Its id follows from the first one's, so that a request
    that repeats makes no second row."""
    part = Entry.new_for(like.owner)
    part.take(like.content())
    part.pk, part.body = pk, piece
    numbered = f"{like.title} ({number})"
    if number > 1 and like.title and len(numbered) <= splitting.LONGEST_TITLE:
        part.title = numbered
    made = part.insert_once()
    if made is None or made.body != piece:
        part.pk = uuid7()
        made = part.insert_once()
    return made or part


def save_choice(form: EntryForm, posted: QueryDict, keep: Keep) -> SaveResult:
    mine, stored = form.instance, form.before
    final = EntryForm(conflict.settled(form, keep), instance=copy(stored))
    valid = final.is_valid()
    if valid and keep is not Keep.THEIRS and final.would_overwrite:
        return SaveResult(SaveStatus.CONFLICT, form, mine)
    left = stored if keep is Keep.MINE else mine
    if conflict.loses(left, final.instance, keep):
        set_aside(left, posted)
    return saved(final) if valid else SaveResult(SaveStatus.INVALID, final, mine)


def saved(form: EntryForm) -> SaveResult:
    entry = form.instance
    if entry.deleted_at or not form.says_what_is_stored(form.data):
        entry.deleted_at = None
        entry.save()
    return SaveResult(SaveStatus.SAVED, form, entry)


def set_aside(left: Entry, posted: QueryDict) -> None:
    """Moves the version that was not chosen to the trash, once even if the request repeats."""
    copied = Entry.new_for(left.owner)
    with suppress(ValueError):
        copied.pk = UUID(posted.get("aside", ""))
    copied.take(left.content())
    copied.deleted_at = timezone.now()
    copied.insert_once()


def locked(person: User, pk: UUID) -> Entry | None:
    """Includes the trash: someone may still be writing the entry."""
    return person.entries.select_for_update().filter(pk=pk).first()
