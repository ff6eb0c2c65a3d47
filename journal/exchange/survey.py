"""The first pass over a file: which rows it has, in which order, and whether their ids are free."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from journal.exchange import tables
from journal.exchange.exceptions import ImportRefused
from journal.exchange.readers import Source
from journal.exchange.row_reader import uuid_of
from journal.exchange.row_writer import batches
from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as

MOST_ROWS = 500_000  # ten a day for longer than a life
AT_ONCE = 100


class Survey:
    def __init__(self, person: User, source: Source) -> None:
        self._person, self._source = person, source
        self.ids: dict[str, set[UUID]] = defaultdict(set)
        self.in_order = True  # whether each table comes after those it refers to

    def rows(self) -> Iterator[int]:
        """Collects the ids; yields at intervals how many there are so far."""
        places = {model.export_name: place for place, model in enumerate(tables.tables())}
        at = -1
        for count, (label, given) in enumerate(self._source.rows(), start=1):
            self.in_order, at = self.in_order and places[label] >= at, places[label]
            if not isinstance(given, dict) or "id" not in given:
                raise ImportRefused(_("Something in %s isn’t a valid row.") % label)
            pk = uuid_in(label, given["id"])
            if pk in self.ids[label]:
                raise ImportRefused(_("%s has the same row twice.") % label)
            self.ids[label].add(pk)
            if count > MOST_ROWS:
                raise ImportRefused(_("The file has more rows than a journal can have."))
            if count % AT_ONCE == 0:
                yield count

    def must_be_mapped(self) -> bool:
        """Whether someone else has one of the ids, or this person has one derived before."""
        for label, ids in self.ids.items():
            rows = tables.by_label()[label]._base_manager
            for batch in batches(sorted(ids), 2000):
                if rows.filter(pk__in=[uuid5(self._person.pk, str(one)) for one in batch]).exists():
                    return True
                with acting_as(None, role=OWNER):
                    if rows.filter(pk__in=batch).exclude(owner=self._person).exists():
                        return True
        return False


def uuid_in(label: str, given: Any) -> UUID:
    try:
        return uuid_of(given)
    except Exception as error:
        raise ImportRefused(_("A row in %s has no id.") % label) from error
