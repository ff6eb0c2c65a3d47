"""A later export of another app: what it says otherwise of rows that nobody edited here.

`version` counts saves, and an import is none: a row of version 1 whose id an import derived (a
uuid5, where our forms make a uuid7) holds what an import wrote.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from journal.decisions.models import Forecast
from journal.exchange import tables
from journal.exchange.row_reader import RowReader
from journal.exchange.row_writer import sealed
from journal.privacy.fields import without_decrypting
from journal.privacy.ownership import OwnedModel
from journal.promises.models import CheckIn
from journal.reflections.entries.models import Entry

# What another app can say about a row; the rest belongs to this journal.
COLUMNS: dict[type[OwnedModel], tuple[str, ...]] = {
    Entry: ("title", "body", "mood", "written_on", "written_zone", "written_at"),
    CheckIn: ("status", "excuse", "note"),
    Forecast: ("due_on", "result", "answered_on"),  # what was forecast stays (migration 0007)
}


class Updates:
    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._new: dict[UUID, OwnedModel] = {}  # ids here -> what the file says
        self._writer = tables.Writer()
        self.before: dict[str, list[dict[str, Any]]] = defaultdict(list)  # to undo it
        self.count = 0

    def knows(self, row: OwnedModel, there: OwnedModel) -> bool:
        """Whether the stored row takes what the file says, so that the two are no conflict."""
        if not self._wanted or not is_untouched(there):
            return False
        names = COLUMNS[type(there)]
        if any(getattr(row, name) != getattr(there, name) for name in names):
            self._new[there.pk] = row
        return True

    def take_over(self, pk: UUID) -> bool:
        if (new := self._new.get(pk)) is None:
            return False
        there = type(new)._base_manager.get(pk=pk)
        self.before[new.export_name].append(self._writer.row(there))
        write(there, new)
        self.count += 1
        return True


def is_untouched(row: OwnedModel) -> bool:
    derived = row.pk.version == 5
    return derived and type(row) in COLUMNS and row.version == 1 and row.deleted_at is None


def write(there: OwnedModel, new: OwnedModel) -> None:
    """Without counting a save."""
    names = COLUMNS[type(there)]
    for name in names:
        setattr(there, name, getattr(new, name))
    sealed(there)
    with without_decrypting():
        there.save_base(raw=True, force_update=True, update_fields=[*names, "updated_at"])


def put_back(label: str, before: list[dict[str, Any]], reader: RowReader) -> None:
    """Undoes `take_over` where the row is as the import left it."""
    model = tables.by_label()[label]
    for given in before:
        old = reader.read(label, given)
        there = model._base_manager.filter(pk=old.pk).first()
        if there is not None and is_untouched(there):
            write(there, old)
