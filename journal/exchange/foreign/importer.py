"""`Importer`, the base of every reader of another app's file, and `Reading`, what it may use.

docs/design/exchange.md, "Adding an importer", shows one.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import ClassVar

from django.utils.functional import Promise

from journal.exchange.foreign import days
from journal.exchange.foreign.files import Files
from journal.exchange.foreign.items import Item
from journal.exchange.foreign.questions import Answers, Asked
from journal.exchange.skipped import Skipped


class LeftOut(Exception):
    """Carries the reason why an item stays out."""


class Reading:
    """One pass over a file: the answers so far, the questions it raises, what stays out."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.asked = answers, Asked()
        self.skipped, self.notes = Skipped(), Skipped()
        self._order: bool | None = None  # whether the day comes first, if the file shows it

    def clear(self) -> None:
        self.asked.clear()
        self.skipped.clear()
        self.notes.clear()

    def left_out(self, why: str, name: str = "", table: str = "reflections.Entry") -> None:
        """Something stays in the file. `table` is empty for what is none of our kinds."""
        self.skipped.add(table, why, name)

    def note(self, what: str, name: str = "") -> None:
        """Something comes in otherwise than it was: in parts, or without its sound."""
        self.notes.add("", what, name)

    def learn_order(self, texts: Iterable[str]) -> None:
        """Of a table, the column of its dates: one of them may show whether day or month comes
        first, so that nobody needs to be asked."""
        self._order = days.order_in(texts)

    def moment(self, text: str) -> date | datetime | None:
        """The day or moment that a text of the file says; None if it says none."""
        day_first = self.answers.day_first if self._order is None else self._order
        found, ambiguous = days.moment(text, day_first=day_first)
        if ambiguous and self._order is None:
            self.asked.add("day_first", example=text)
        return found

    def day_in_path(self, path: str) -> date | None:
        found = days.in_path(path, day_first=self.answers.day_first)
        if found and found.ambiguous:
            self.asked.add("day_first", example=path)
        return found.day if found else None


class Importer(ABC):
    """Reads the files of one format. An instance serves one import, `items` is called repeatedly
    and yields the same each time; it keeps no more than ids in memory.

    An item that cannot be read costs that item only: `reading.left_out` says why. `Unreadable` and
    `Damaged` refuse the whole file.
    """

    app: ClassVar[str]  # part of the ids, so it never changes
    label: ClassVar[Promise | str]  # the app, as its makers write it
    how: ClassVar[Promise | str]  # how to get the right file out of the app: one sentence

    def __init__(self, files: Files, reading: Reading) -> None:
        self.files, self.reading = files, reading

    @classmethod
    @abstractmethod
    def recognises(cls, files: Files) -> bool:
        """Looks at contents, never at the name of the archive alone; reads little."""

    @abstractmethod
    def items(self) -> Iterator[Item]: ...
