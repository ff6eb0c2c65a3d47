"""`ForeignSource`: the plain items of an importer, as rows that the import takes (importer.py of
the package above). Ids are derived from the person, the app and its own ids."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import IO, Any, Protocol
from uuid import uuid5

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

from journal.exchange import tables
from journal.exchange.exceptions import ImportRefused
from journal.exchange.foreign.entry_rows import EntryRows, person_zone
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.forecast_rows import ForecastRows
from journal.exchange.foreign.habit_rows import HabitRows
from journal.exchange.foreign.importer import Importer, LeftOut, Reading
from journal.exchange.foreign.items import (
    Item,
    PlainEntry,
    PlainForecast,
    PlainHabit,
    name_of,
)
from journal.exchange.foreign.recognition import UNEXPECTED
from journal.exchange.row_reader import RowReader, Wrong
from journal.exchange.skipped import Skipped
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel, field_of

AT_ONCE = 200  # items whose rows are put in the order of their tables
Row = tuple[str, dict[str, Any]]


class RowMaker(Protocol):
    """Makes the rows of one kind of items."""

    table: str

    @property
    def twice(self) -> Lazy | str:
        """Why a second one of the same id stays out; empty if the two are merged."""

    def rows_of(self, item: Any) -> tuple[list[Row], list[date]]:
        """The rows, and the first and the last of their days; none if the person leaves it out."""


class ForeignSource:
    """A `Source` (readers.py)."""

    in_order = True
    changes_untouched = True  # a later export brings its changes to what nobody edited here

    def __init__(self, files: Files, importer: Importer, reading: Reading, person: User) -> None:
        self._files, self._importer, self._reading, self._person = files, importer, reading, person
        self._reader = RowReader(person.pk, {}, set())  # which checks, and knows no prompts
        self._zone = person_zone(person, reading.answers.zone)
        self.skipped: Skipped = reading.skipped
        self.preferences: dict[str, Any] = {}
        self.left_out: list[str] = []
        self._refused: dict[int, str] | None = None  # by place, once all are checked
        self.days: list[date] = []  # the first and the last

    def about(self) -> dict[str, Any]:
        """What the preview says beside the counts."""
        return {
            "app": str(self._importer.label),
            "days": [day.isoformat() for day in self.days],
            "encodings": sorted(set(self._files.encodings.values())),
            "questions": self._reading.asked.lines(),
            "notes": self._reading.notes.lines(),
        }

    def size_of(self, name: str) -> int | None:
        return self._files.size_of(name)

    def opened(self, name: str) -> IO[bytes]:
        return self._files.opened(name)

    def rows(self, only: str | None = None) -> Iterator[Row]:
        """Each row after those it refers to: by table, for some items at a time."""
        self._reading.clear()
        self._seen: set[str] = set()
        self._place = 0
        self._makers = self._new_makers()
        items, refused = self._items(), dict[int, str]()
        while batch := list(islice(items, AT_ONCE)):
            found = [row for item in batch for row in self._rows_of(item, refused)]
            for label in tables.by_label():
                if only in (None, label):
                    yield from (row for row in found if row[0] == label)
        self._refused = refused

    def _new_makers(self) -> dict[Any, RowMaker]:
        with_all = (self._reading, self._person, self._zone, self._id)
        return {
            PlainEntry: EntryRows(*with_all),
            PlainHabit: HabitRows(*with_all),
            PlainForecast: ForecastRows(*with_all),
        }

    def _items(self) -> Iterator[Item]:
        try:
            yield from self._importer.items()
        except (Unreadable, *UNEXPECTED) as error:
            reason = error if isinstance(error, Unreadable) else _("It isn’t what we expect in it.")
            raise ImportRefused(
                _("This looks like a file of %(app)s, but it can’t be read: %(reason)s")
                % {"app": self._importer.label, "reason": reason}
            ) from error

    def _rows_of(self, item: Item, refused: dict[int, str]) -> list[Row]:
        """The rows of one item. Whatever is wrong with it keeps no other item out."""
        self._place += 1
        maker = self._makers[type(item)]
        try:
            rows, days = maker.rows_of(item)
            own = [row["id"] for table, row in rows if table == maker.table]
            if maker.twice and not self._seen.isdisjoint(own):
                raise LeftOut(str(maker.twice))
            if self._refused is None:
                for table, row in rows:
                    self._check(tables.by_label()[table], row)
            elif why := self._refused.get(self._place):
                raise LeftOut(why)
        except LeftOut as why_not:
            refused[self._place] = str(why_not)
            self._reading.left_out(str(why_not), name_of(item), maker.table)
            return []
        if days:
            self.days = [min([*days, *self.days]), max([*days, *self.days])]
        fresh = [row for row in rows if row[1]["id"] not in self._seen]
        self._seen |= {row["id"] for _table, row in rows}
        return fresh

    def _check(self, model: type[OwnedModel], row: dict[str, Any]) -> None:
        for name, value in row.items():
            if model is Photo and name == tables.PHOTO_FILE:
                continue
            field = field_of(model, name)
            try:
                self._reader.value(field, value)
            except Wrong as error:
                why = _("%(field)s: %(reason)s") % {"field": field.verbose_name, "reason": error}
                raise LeftOut(why) from error

    def _id(self, kind: str, own_id: str) -> str:
        # Tags and prompts are the same, whatever app they come from.
        app = "" if kind in ("tag", "prompt") else self._importer.app
        whole = f"{app}\0{kind}\0{own_id}".encode("utf-8", "replace").decode()
        return str(uuid5(self._person.pk, whole))
