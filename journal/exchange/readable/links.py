"""The threads of a journal as links between the places of a book."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise as Lazy

from journal.boundaries.models import Boundary, Crossing
from journal.exchange.days import day_of
from journal.exchange.export_filters import Rows
from journal.exchange.row_writer import batches
from journal.lessons import threads
from journal.lessons.models import Thread
from journal.people.models import User

STATEMENT = 1000  # ids in one statement


@dataclass(frozen=True)
class Link:
    kind: str | Lazy
    title: str
    address: str
    led_here: bool


class Threads:
    """Which row led to which. Holds ids only; titles are read where they are shown."""

    def __init__(self, person: User, kept: Rows) -> None:
        self._person, self._kept = person, kept
        self._ends: dict[UUID, list[tuple[threads.Reference, bool]]] = defaultdict(list)
        rows = kept.rows(Thread).filter(deleted_at=None).order_by("pk")
        names = ("from_kind", "from_id", "to_kind", "to_id")
        for from_kind, from_id, to_kind, to_id in rows.values_list(*names).iterator():
            self._ends[to_id].append(((from_kind, from_id), True))
            self._ends[from_id].append(((to_kind, to_id), False))
        self._days = dict(self._find_days())

    def _find_days(self) -> Iterator[tuple[UUID, date]]:
        """The day on which each row at an end of a thread stands, if it is there."""
        ids: dict[str, set[UUID]] = defaultdict(set)
        for ends in self._ends.values():
            for (kind, pk), _led_here in ends:
                ids[kind].add(pk)
        for kind, every in ids.items():
            if kind not in threads.KINDS:
                continue
            model = threads.KINDS[kind].model
            at = day_of(self._person, model)
            if model is Crossing:  # it stands with its boundary
                at = day_of(self._person, Boundary, "boundary__")
            rows = self._kept.rows(model).filter(deleted_at=None).annotate(at=at)
            for some in batches(every, STATEMENT):
                yield from rows.filter(pk__in=some).values_list("pk", "at")

    def links_of(self, ids: Iterable[UUID], file_of: Callable[[date], str]) -> list[Link]:
        """What led to these rows, and what followed."""
        ends = [end for pk in ids for end in self._ends.get(pk, ()) if end[0][1] in self._days]
        if not ends:
            return []
        found = threads.resolve(self._person, {named for named, _led_here in ends})
        links = []
        for named, led_here in ends:
            if named in found:
                address = f"{file_of(self._days[named[1]])}#{anchor(named[1])}"
                tied = found[named]
                links.append(Link(tied.kind.label, tied.title, address, led_here))
        return sorted(links, key=lambda link: not link.led_here)


def anchor(pk: UUID) -> str:
    return f"item-{pk.hex}"
