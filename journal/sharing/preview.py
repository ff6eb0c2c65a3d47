"""A preview of what a coach would see: makes the change, reads as the coach, rolls back.

A preview locks the coach's links before it writes, as every page of theirs does (policies.py), so
no deadlock can occur; and two previews at once write in the same order. It runs the same few
statements however much the client shares.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from journal.people import clock
from journal.photos.models import Photo
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.privacy.rls import COACH, acting_as
from journal.sharing import (
    coach_queries,
    shared_fields,
    shared_measures,
    shared_photos,
    third_person,
)
from journal.sharing.coach_queries import Item
from journal.sharing.models.grants import SharedMeasure, ShareGrant
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Brief
from journal.sharing.models.roster import Client
from journal.sharing.shareable import KINDS, Kind
from journal.sharing.sharing_form import Change

Read = Callable[[], Change | None]


@dataclass
class PreviewedItem:
    """An item as the coach would see it. `is_new`: they do not see it yet."""

    item: Item
    is_new: bool
    # The photos of an entry, and whether each is ticked.
    photos: list[tuple[Photo, bool]] = field(default_factory=list)
    answers: str = ""  # of a promise, in a brief

    @property
    def fields(self) -> list[shared_fields.DetailField]:
        """The fields of the coach's own page about it."""
        return shared_fields.detail_fields(self.item)

    @property
    def parts(self) -> list[shared_fields.Part]:
        return shared_fields.parts(self.item)


@dataclass
class Preview:
    change: Change
    items: list[PreviewedItem] = field(default_factory=list)
    measures: list[SharedMeasure] = field(default_factory=list)
    grants: list[ShareGrant] = field(default_factory=list)
    brief: Brief | None = None
    client: str = ""  # the name by which the coach knows the client

    @property
    def measures_shown(self) -> list[shared_measures.ShownMeasure]:
        return [shared_measures.shown(one, self.client) for one in self.measures]

    @property
    def new(self) -> list[PreviewedItem]:
        return [one for one in self.items if one.is_new]

    @property
    def seen_already(self) -> list[PreviewedItem]:
        return [one for one in self.items if not one.is_new]

    def __bool__(self) -> bool:
        return bool(self.items or self.measures or self.brief)


def _ids(kind: Kind) -> QueryFactory:
    return lambda owner, day: coach_queries.newest_of(kind)(owner, day).values("id")


IDS = tuple(map(_ids, KINDS.values()))
HELD = (*IDS, lambda owner, day: coach_queries.grants(owner, day).values("id"))
ALL = (
    *coach_queries.NEWEST_OF_EACH,
    *coach_queries.PARTS_OF_NEWEST,
    *(coach_queries.measures, coach_queries.grants, coach_queries.briefs),
    lambda _owner, _day: Client.objects.filter(in_given("link_id")),
)


def build_preview(change: Change, read: Read, brief: Brief | None = None) -> Preview:
    """What the coach sees after the change, and after storing the brief that it shares. `read`
    reads the change again if grants changed before the preview locked the links."""
    while True:
        preview, held = _look(change, brief)
        if held == change.open_ids:
            return preview
        latest = read()
        if latest is None or latest.open_ids == change.open_ids:
            return preview  # another cause, such as a disabled account of the coach
        change = latest


def _look(change: Change, brief: Brief | None) -> tuple[Preview, set[UUID]]:
    """Returns the preview, and the ids of the grants that the coach had before."""
    link, grants = change.link, change.comes_to
    person, today = link.owner, clock.today(link.owner)
    rows = shared_measures.build_rows(link, grants, change.answers) if change.answers else []
    with transaction.atomic():
        with acting_as(link.coach_id, role=COACH):
            *before, held = fetch_batched(person, today, *HELD)
            with acting_as(person):
                _write(link, grants, rows, brief)
            *after, clients = fetch_batched(person, today, *ALL, given=[link.pk])
            name = clients[0].name if clients else ""
            answers = coach_queries.answers_since(person.pk, brief.since_on) if brief else {}
        transaction.set_rollback(True)
    known = {UUID(row["id"]) for some in before for row in some}
    by_kind, others = after[: len(KINDS)], after[len(KINDS) :]
    *parts, stored, in_force, briefs = others
    items = coach_queries.items(by_kind)
    coach_queries.join([item.row for item in items if item.kind.name == "decision"], parts)
    seen = [PreviewedItem(item, item.row.pk not in known) for item in items]
    for one in seen:
        one.answers = third_person.answers(answers.get(one.item.row.pk, Counter()), name)
    shared_photos.attach(seen, change.asked, change.photos)
    preview = Preview(change, seen, stored, in_force, briefs[0] if briefs else None, name)
    return preview, {UUID(row["id"]) for row in held}


def _write(
    link: CoachLink, grants: list[ShareGrant], rows: list[SharedMeasure], brief: Brief | None
) -> None:
    """Replaces all open grants with the grants after the change."""
    link.grants.filter(revoked_at=None).update(revoked_at=timezone.now())
    if brief:
        brief.save(force_insert=True)
    grants.sort(key=lambda one: [str(part) for part in one.thing])
    ShareGrant.objects.bulk_create(grants)
    SharedMeasure.objects.bulk_create(rows)
