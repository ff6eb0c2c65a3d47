"""What a coach sees of one client, read in the coach's role: the wall filters out the rest.

The client's preview calls the same functions, in the same role (preview.py),
so the two cannot differ.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch

from journal.decisions.models import Addendum, DecisionReview, Option
from journal.people.date_validators import FIRST_DAY
from journal.people.row_urls import row_url
from journal.privacy.batched_queries import QueryFactory
from journal.promises.models import CheckIn
from journal.sharing.models.grants import SharedMeasure, ShareGrant
from journal.sharing.models.messages import Brief
from journal.sharing.shareable import KINDS, Kind

NEWEST = 50  # of each kind, on a page with all kinds


@dataclass(frozen=True)
class Item:
    kind: Kind
    row: Any

    @cached_property
    def title(self) -> str:
        return self.kind.title(self.row)

    @property
    def since(self) -> datetime:
        return getattr(self.row, self.kind.since)

    @property
    def hue(self) -> str:
        return f"p-{self.kind.icon}"

    @property
    def address(self) -> str:
        """The address in the coach area."""
        return row_url("coach:item", self.kind.name, self.row.pk)

    @property
    def key(self) -> tuple[str, UUID]:
        return self.kind.name, self.row.pk


def rows(kind: Kind) -> Any:
    """Every row of a kind that the coach can read, of all clients, newest first."""
    return kind.table.objects.order_by(f"-{kind.since}", "-id")


@cache
def newest_of(kind: Kind) -> QueryFactory:
    """The newest rows of one client."""
    return lambda owner, _day: rows(kind).filter(owner_id=owner.pk)[:NEWEST]


NEWEST_OF_EACH = tuple(map(newest_of, KINDS.values()))


def items(answers: Iterable[list[Any]]) -> list[Item]:
    """The items in the results of NEWEST_OF_EACH."""
    found = zip(KINDS.values(), answers, strict=True)
    return [Item(kind, row) for kind, some in found for row in some]


PARTS: dict[str, Any] = {
    "options": Option.objects.order_by("id"),
    "addenda": Addendum.objects.order_by("id"),
    "reviews": DecisionReview.objects.filter(finished_at__isnull=False),
}


def with_parts(kind: Kind) -> Any:
    """Rows with the rows that belong to them."""
    found: Any = rows(kind)
    if kind.name == "decision":
        found = found.prefetch_related(*(Prefetch(*part) for part in PARTS.items()))
    return found


def _part(name: str) -> QueryFactory:
    newest = newest_of(KINDS["decision"])
    return lambda owner, day: PARTS[name].filter(decision__in=newest(owner, day))


PARTS_OF_NEWEST = tuple(map(_part, PARTS))


def join(decisions: list[Any], parts: list[list[Any]]) -> None:
    """Attaches the results of PARTS_OF_NEWEST as prefetched rows, as `with_parts` does."""
    for row in decisions:
        row._prefetched_objects_cache = {
            name: [one for one in some if one.decision_id == row.pk]
            for name, some in zip(PARTS, parts, strict=True)
        }


def answers_since(owner_id: UUID, day: date | None) -> dict[UUID, Counter[str]]:
    """By promise: how often it was kept, missed and so on since that day. One statement."""
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    answered = CheckIn.objects.filter(owner_id=owner_id, due_on__gte=day or FIRST_DAY)
    for one in answered.values("promise_id", "status").annotate(times=Count("id")):
        found[one["promise_id"]][one["status"]] = one["times"]
    return found


def grants(owner: Any, _day: date) -> Any:
    """The open grants, soonest to expire first."""
    return ShareGrant.objects.filter(owner_id=owner.pk).order_by("expires_at", "id")


def measures(owner: Any, _day: date) -> Any:
    return SharedMeasure.objects.filter(owner_id=owner.pk).order_by("slug", "id")


def briefs(owner: Any, _day: date) -> Any:
    """The last brief that the client sent and did not take back."""
    return Brief.objects.filter(owner_id=owner.pk).order_by("-written_on", "-id")[:1]
