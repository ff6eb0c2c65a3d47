"""What a person decides about the promises they missed: drafted in the reflection, written by
Finish.

`Changes.text()` returns the JSON that a reflection stores (sealed), `read()` parses it. `apply`
writes each change as one revision or pause that starts with the next week, or today if that week
has begun. The caller holds the lock on the reflection, whose finish calls it once.
"""

import json
from collections.abc import Container
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from journal.privacy import json_input
from journal.promises.models import Promise, PromiseQuerySet
from journal.promises.schedule_fields import Cadence

KEEP, SMALLER, MOVE, PAUSE = CHOICES = ("keep", "smaller", "move", "pause")
IN_WORDS = (SMALLER, MOVE)  # the ones that need words
REASON = _("Changed in your weekly reflection")
LONGEST = 10_000  # characters, as many as the column holds
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Change:
    promise: str  # its id
    what: str  # one of CHOICES
    words: str = ""

    @property
    def is_whole(self) -> bool:
        return bool(self.words) or self.what not in IN_WORDS


@dataclass(frozen=True)
class Changes:
    rows: tuple[Change, ...] = ()
    rests: bool = False  # every promise pauses for a week

    def text(self) -> str:
        return json.dumps(asdict(self)) if self.rows or self.rests else ""

    @classmethod
    def read(cls, text: str) -> "Changes":
        """Raises an error for text that `text()` would not return."""
        if not text:
            return cls()
        given = json_input.parse(text, longest=LONGEST)
        rows = tuple(Change(**row) for row in given["rows"])
        for row in rows:
            if row.what not in CHOICES or str(UUID(row.promise)) != row.promise:
                raise ValueError("There is no such change.")
            if not isinstance(row.words, str) or len(row.words) > 140:
                raise ValueError("Its words do not fit a promise.")
        if not isinstance(given["rests"], bool):
            raise TypeError("It rests, or it does not.")
        return cls(rows, given["rests"])

    def without(self, ids: Container[str]) -> "Changes":
        return replace(self, rows=tuple(row for row in self.rows if row.promise not in ids))

    def change_of(self, pk: Any) -> Change | None:
        return next((row for row in self.rows if row.promise == str(pk)), None)

    def whole(self, *which: str) -> list[Change]:
        return [row for row in self.rows if row.what in which and row.is_whole]


def asked_from(person: Any, first: date) -> PromiseQuerySet:
    """The active promises that go on in the week that begins on a day."""
    rows = person.promises.active().exclude(ends_on__lt=first)
    return rows.exclude(cadence=Cadence.ONCE, due_on__lt=first).order_by("id")


def apply(person: Any, changes: Changes, first: date, *, rests: bool) -> None:
    """A promise that was ended, paused or removed meanwhile stays as it is."""
    promises = list(asked_from(person, first).select_for_update())
    for promise in promises:
        change = changes.change_of(promise.pk)
        if change and change.is_whole:
            _apply(promise, change, first)
    if rests or changes.rests:
        for promise in promises:
            if promise.state == Promise.State.ACTIVE:
                _rest(promise, first)


def _rest(promise: Promise, first: date) -> None:
    from_on, until_on = max(promise.changes_from(), first), first + WEEK
    if from_on < until_on:
        promise.pauses.create(owner=promise.owner, from_on=from_on, until_on=until_on)


def _apply(promise: Promise, change: Change, first: date) -> None:
    if change.what == PAUSE:
        promise.pause(resume_on=first + WEEK, not_before=first)
    elif change.what == SMALLER and change.words != promise.statement:
        _make_smaller(promise, change.words)
        promise.sure = None  # the week does not ask
        promise.renegotiate(str(REASON), not_before=first)
    elif change.what == MOVE and change.words != promise.cue:
        promise.cue, promise.sure = change.words, None
        promise.renegotiate(str(REASON), not_before=first)
    else:
        promise.leave_unchanged()


def _make_smaller(promise: Promise, words: str) -> None:
    """Its "I will …" follows, and a bad-day version that is the whole promise now goes."""
    promise.statement = words
    if promise.action:
        promise.action = words
    if promise.smallest_version == words:
        promise.smallest_version = ""
