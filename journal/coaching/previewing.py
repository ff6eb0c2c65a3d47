"""Exactly what a coach would see: it is shared, read as the coach, and all taken back again.

The coach's links are held as for any page of theirs (walls.py) before anything is shared, so that
a preview never waits for what waits for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from journal.coaching import consent, details, figures, shown
from journal.coaching.between import Brief
from journal.coaching.choosing import Change
from journal.coaching.consent import Wish
from journal.coaching.grants import SharedFigure, ShareGrant
from journal.coaching.kinds import BRIEF, KINDS, Kind
from journal.coaching.links import CoachLink
from journal.coaching.shown import Item
from journal.people import clock
from journal.privacy.together import Question, together
from journal.privacy.wall import COACH, acting_as


@dataclass(frozen=True)
class Seen:
    """An item as the coach would see it. `is_new`: they do not see it yet."""

    item: Item
    is_new: bool

    @property
    def lines(self) -> list[details.Line]:
        """As on the coach's own page about it."""
        return details.lines(self.item)

    @property
    def parts(self) -> list[details.Part]:
        return details.parts(self.item)


@dataclass
class Preview:
    items: list[Seen] = field(default_factory=list)
    figures: list[SharedFigure] = field(default_factory=list)
    grants: list[ShareGrant] = field(default_factory=list)
    brief: Brief | None = None

    @property
    def new(self) -> list[Seen]:
        return [one for one in self.items if one.is_new]

    @property
    def seen_already(self) -> list[Seen]:
        return [one for one in self.items if not one.is_new]

    def __bool__(self) -> bool:
        return bool(self.items or self.figures or self.brief)


def after(link: CoachLink, change: Change) -> Preview:
    def make() -> None:
        consent.close(link, change.take_back)
        consent.give(link, change.give, change.days)

    return _read(link, make)


def with_brief(link: CoachLink, brief: Brief) -> Preview:
    def make() -> None:
        brief.save(force_insert=True)
        wish = Wish(ShareGrant.Scope.ITEM, BRIEF.name, brief.pk)
        consent.give(link, [wish], consent.BRIEF_DAYS)

    return _read(link, make)


def _of(kind: Kind) -> Question:
    return lambda person, _day: shown.rows(kind).filter(owner=person)[: shown.NEWEST]


EACH_KIND = tuple(map(_of, KINDS.values()))


def _items(link: CoachLink) -> list[Item]:
    """As shown.of_client, in one statement."""
    found = together(link.owner, clock.today(link.owner), *EACH_KIND)
    return [
        Item(kind, row) for kind, rows in zip(KINDS.values(), found, strict=True) for row in rows
    ]


def _with_parts(items: list[Item]) -> list[Item]:
    """A decision with its options, its look back and later thoughts, as the coach reads them."""
    decision = KINDS["decision"]
    ids = [item.row.pk for item in items if item.kind is decision]
    if not ids:
        return items
    rows = {row.pk: row for row in shown.with_parts(decision).filter(pk__in=ids)}
    return [Item(item.kind, rows.get(item.row.pk, item.row)) for item in items]


def _read(link: CoachLink, make: Callable[[], None]) -> Preview:
    with transaction.atomic():
        with acting_as(link.coach_id, role=COACH):
            before = {item.key for item in _items(link)}
            with acting_as(link.owner_id):
                make()
                figures.refresh(link)
            found = Preview(
                [Seen(item, item.key not in before) for item in _with_parts(_items(link))],
                shown.figures(link.owner_id),
                shown.grants(link.owner_id),
                shown.brief(link.owner_id),
            )
        transaction.set_rollback(True)
    return found
