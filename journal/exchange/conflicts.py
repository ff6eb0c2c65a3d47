"""Conflicts of an import: things that exist in the file and in the journal, with different words.

A person who keeps both gets a copy of the whole thing from the file: a promise with its answers, a
decision with its options. It is a conflict if the words of the thing, or of a part that exists in
both, differ; a different state or day is none. The copy's id is derived from the thing's id and
words, so that the same file, or another export of the same words, makes only one copy.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from journal.decisions.models import DecisionReview
from journal.exchange import tables
from journal.privacy.ownership import OwnedModel, words_of

WHOLE = {
    "boundaries.Boundary",
    "decisions.Decision",
    "decisions.Forecast",
    "lessons.Lesson",
    "promises.Promise",
    "reflections.Entry",
    "reflections.EntryTemplate",
    "reflections.Mistake",
    "reflections.OwnPrompt",
    "reflections.SelfCompassion",
}


@cache
def link_to_whole(model: type[OwnedModel]) -> Any:
    """The column by which a part refers to its thing; None for a model that is not a part."""
    return next(
        (
            field
            for field in tables.columns(model)
            if (linked := tables.linked_model(field))
            and not field.null
            and linked.export_name in WHOLE
        ),
        None,
    )


def is_compared(model: type[OwnedModel]) -> bool:
    return model.export_name in WHOLE or link_to_whole(model) is not None


def whole_of(row: OwnedModel) -> UUID | None:
    """The id, as stored in the row, of the thing that the row is or belongs to."""
    if row.export_name in WHOLE:
        return row.pk
    link = link_to_whole(type(row))
    return getattr(row, link.attname) if link else None


def says(row: OwnedModel) -> list[str]:
    return [getattr(row, field.name) for field in words_of(type(row))]


@dataclass(frozen=True)
class Copy:
    """The id of a thing in the file and the id of its copy."""

    old: UUID
    new: UUID

    def id_of(self, row: OwnedModel) -> UUID:
        if isinstance(row, DecisionReview):
            return uuid5(self.new, "review")
        return self.new_id(row.pk)

    def new_id(self, old: UUID) -> UUID:
        return self.new if old == self.old else uuid5(self.new, str(old))


class KeepingBoth:
    def __init__(self) -> None:
        self._said: dict[UUID, Any] = {}  # id in the file -> a digest of the words
        self._others: dict[UUID, UUID] = {}  # id in the file, if the words differ -> id here
        self.copies: dict[UUID, Copy] = {}

    def compare(self, row: OwnedModel, there: OwnedModel) -> None:
        """Compares a row of the file, with its id from the file, and the stored row."""
        thing, here, words = whole_of(row), whole_of(there), says(row)
        if thing is None or here is None:
            return
        digest = self._said.setdefault(thing, hashlib.sha256())
        for text in words:
            digest.update(text.encode() + b"\0")
        if words != says(there):
            self._others[thing] = here

    def settle(self, known: set[str]) -> None:
        """Chooses the ids of copies after all rows are compared. `known`: the file's tables."""
        for old, here in self._others.items():
            self.copies[old] = Copy(old, uuid5(here, f"both {self._said[old].hexdigest()}"))
        for label in WHOLE & known:
            model = tables.by_label()[label]
            ids = {copy.new: old for old, copy in self.copies.items()}
            for made in model._base_manager.filter(pk__in=ids).values_list("pk", flat=True):
                del self.copies[ids[made]]  # an earlier import made this copy

    def copy_with(self, row: OwnedModel) -> Copy | None:
        thing = whole_of(row) if self.copies else None
        return self.copies.get(thing) if thing else None


def compared(labels: Iterable[str]) -> list[str]:
    models = [(label, tables.by_label()[label]) for label in labels]
    return [label for label, model in models if is_compared(model) and any(words_of(model))]
