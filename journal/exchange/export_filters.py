"""The rows that a person may leave out of an export, and all rows that depend on them.

Each choice gives querysets. The export also leaves out rows that belong to these (a telling to its
boundary), rows that only refer to them (a thread, a use of a lesson), and their lines in the record
of a week. It sets nullable links to None. So none of the files mentions the rows, and an import of
the rest finds every link.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary
from journal.exchange import tables
from journal.exchange.portion import Portion
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.promise_changes import Changes
from journal.reflections.week.snapshot import WeekSnapshot
from journal.sharing.models.grants import SharedMeasure, ShareGrant, Withheld
from journal.sharing.models.links import AccessLogEntry, ConsentEvent
from journal.sharing.models.messages import Comment, Reply

# Ids without a foreign key (lessons/threads.py, sharing/models/grants.py).
LOOSE = ("from_id", "to_id", "linked_id", "item_id")


@dataclass(frozen=True)
class Choice:
    label: Promise
    querysets: Callable[[User], list[QuerySet[Any]]]


def comments(person: User) -> list[QuerySet[Any]]:
    """With what was replied to them."""
    return [model._base_manager.filter(owner=person) for model in (Comment, Reply)]


def sharing(person: User) -> list[QuerySet[Any]]:
    """Shared figures depend on their grants, so they are left out too."""
    models: tuple[Any, ...] = (ShareGrant, Withheld, ConsentEvent, AccessLogEntry)
    return [model._base_manager.filter(owner=person) for model in models]


def photos(person: User) -> list[QuerySet[Any]]:
    return [Photo._base_manager.filter(owner=person)]


def private_boundaries(person: User) -> list[QuerySet[Any]]:
    """Also the figures stored for a coach, which may quote such a boundary. The app can compute
    them again."""
    private = Boundary.Communication.PRIVATE
    return [
        Boundary._base_manager.filter(owner=person, communication=private),
        SharedMeasure._base_manager.filter(owner=person),
    ]


CHOICES: dict[str, Choice] = {
    "comments": Choice(_("A coach’s comments and your replies"), comments),
    "sharing": Choice(_("What you shared with a coach, and when"), sharing),
    "photos": Choice(_("Photos"), photos),
    "private_boundaries": Choice(_("Private boundaries"), private_boundaries),
}


def labels_of(names: Iterable[str]) -> list[str]:
    return [str(CHOICES[name].label) for name in names if name in CHOICES]


class Rows:
    """A person's rows, or a part of them, without those that were left out."""

    def __init__(
        self, person: User, left_out: Collection[str] = (), portion: Portion | None = None
    ) -> None:
        self.person, self._left_out, self.portion = person, left_out, portion or Portion()

    def rows(self, model: type[OwnedModel]) -> QuerySet[Any]:
        rows = model._base_manager.filter(owner=self.person)
        if self.portion:
            rows = self.portion.narrow(self.person, rows)
        if not self._gone:
            return rows
        rows = rows.exclude(pk__in=self._gone)
        names = {field.name for field in model._meta.concrete_fields}
        for loose in LOOSE:
            if loose in names:
                rows = rows.exclude(**{f"{loose}__in": self._gone})
        return rows

    @cached_property
    def _gone(self) -> set[UUID]:
        gone: set[UUID] = set()
        for name in self._left_out:
            for rows in CHOICES[name].querysets(self.person):
                gone |= set(rows.values_list("pk", flat=True))
        if gone:
            # Every table comes after the tables that it refers to.
            for model in [*tables.tables(), *tables.with_others()]:
                for field in tables.columns(model):
                    if tables.is_link(field) and not field.null:
                        hang = model._base_manager.filter(owner=self.person)
                        hang = hang.filter(**{f"{field.attname}__in": gone})
                        gone |= set(hang.values_list("pk", flat=True))
        return gone

    def written(self, row: OwnedModel) -> OwnedModel:
        """The row without its references to left-out rows. The caller must not save it."""
        if not self._gone:
            return row
        for field in tables.columns(type(row)):
            if tables.is_link(field) and getattr(row, field.attname) in self._gone:
                setattr(row, field.attname, None)
        if isinstance(row, WeeklyReflection):
            self._leave_out_of(row)
        return row

    def _leave_out_of(self, week: WeeklyReflection) -> None:
        ids = {str(one) for one in self._gone}
        if week.snapshot:
            week.snapshot = WeekSnapshot.read(week.snapshot).without(ids).text()
        week.changes = Changes.read(week.changes).without(ids).text()
