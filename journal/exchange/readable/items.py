"""What a book says of a row, as plain values: a page and a plain text are made of the same.

A presenter names what it says in words of its own; `rest` adds every other answer of the row under
the label of its field, so that a new field is in the book by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString

from journal.privacy.ownership import OwnedModel, words_of

NOT_SAID = {"snapshot", "changes"}  # the JSON of a week, which has lines of its own


@dataclass(frozen=True)
class Answer:
    """An answer: `words` are the person's, `text` is ours."""

    label: str | Lazy
    words: str = ""
    text: str | Lazy = ""
    drawing: SafeString | str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.text or self.drawing)


@dataclass
class Part:
    """A row that belongs to another, or a group of lines."""

    caption: str | Lazy = ""
    title: str = ""  # in the person's words
    lines: list[Answer] = field(default_factory=list)
    pk: UUID | None = None  # where a thread can end at it

    def __bool__(self) -> bool:
        return bool(self.title or any(self.lines))


@dataclass
class Item:
    row: Any
    kind: str | Lazy
    hue: str = ""
    title: str = ""  # in the person's words
    caption: str | Lazy = ""  # in ours
    facts: list[str] = field(default_factory=list)
    quote: str = ""  # what a reader looks for first
    lines: list[Answer] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_entry: bool = False

    @property
    def said(self) -> list[Answer]:
        return [line for line in self.lines if line]

    @property
    def more(self) -> list[Part]:
        return [part for part in self.parts if part]

    def __bool__(self) -> bool:
        return bool(self.is_entry or self.title or self.quote or self.said or self.more)


def labelled(row: OwnedModel, *names: str) -> Iterator[Answer]:
    """The answers to these fields, in this order, with the choices as the pages name them."""
    fields = {one.name: one for one in row._meta.concrete_fields}
    words = {one.name for one in words_of(type(row))}
    for name in names:
        value = getattr(row, name)
        if value is None or value == "":
            continue
        label = fields[name].verbose_name
        if name in words:
            yield Answer(label, words=value)
        elif fields[name].choices:
            yield Answer(label, text=getattr(row, f"get_{name}_display")())
        else:
            yield Answer(label, text=day(value) if isinstance(value, date) else str(value))


def rest(row: OwnedModel, *told: str) -> Iterator[Answer]:
    """All other words of the row."""
    skipped = {*told, *NOT_SAID}
    names = [one.name for one in words_of(type(row)) if one.name not in skipped]
    return labelled(row, *names)


def day(one: date) -> str:
    return date_format(one, "j F Y")
