"""The sharing of one item, for its page, in one statement.

A person who never had a coach sees no panel; nor does an item that cannot be
shared and about which nothing was said.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched, in_given
from journal.privacy.ownership import OwnedModel
from journal.sharing import overview, talk
from journal.sharing.models.grants import ShareGrant, Withheld
from journal.sharing.models.links import AccessLogEntry, CoachLink
from journal.sharing.shareable import Kind, kind_of

Scope, Detail = ShareGrant.Scope, ShareGrant.Detail

FACTORIES = (
    lambda person, _day: CoachLink.objects.filter(owner=person).order_by("id"),
    overview.open_grants,
    lambda person, _day: Withheld.objects.filter(in_given("item_id"), owner=person).values("kind"),
    lambda person, _day: (
        AccessLogEntry.objects.filter(in_given("item_id"), owner=person)
        .order_by()
        .values("link_id")
        .annotate(last=Max("hour"))
    ),
    *talk.OWN_ON_ITEM,
)


@dataclass
class CoachStatus:
    """One coach and this item. `grant` opens it alone, `by_practice` with its whole practice."""

    link: CoachLink
    grant: ShareGrant | None = None
    by_practice: ShareGrant | None = None
    opened_at: datetime | None = None

    @property
    def opens(self) -> ShareGrant | None:
        return self.grant or self.by_practice


@dataclass
class SharingPanel:
    kind: Kind
    row: Any
    coaches: list[CoachStatus] = field(default_factory=list)
    talks: list[tuple[talk.Talk, CoachLink]] = field(default_factory=list)
    kept_out: bool = False

    @property
    def here(self) -> str:
        row = self.row
        return row.address if self.kind.name == "crossing" else row.get_absolute_url()


def sharing_panel(person: User, row: OwnedModel) -> SharingPanel | None:
    if row._state.adding:
        return None
    links, grants, withheld, opened, *said = fetch_batched(
        person, clock.today(person), *FACTORIES, given=[row.pk]
    )
    if not links:
        return None
    found = SharingPanel(kind_of(row), row, kept_out=bool(withheld))
    by_id = {str(link.pk): link for link in links}
    found.talks = [(one, by_id[str(one.link_id)]) for one in talk.arrange(*said)]
    if is_ready(found.kind, row):
        last = {one["link_id"]: datetime.fromisoformat(one["last"]) for one in opened}
        for link in links:
            if link.ended_at is None:
                found.coaches.append(_with(link, found, grants, last.get(str(link.pk))))
    return found if found.coaches or found.talks else None


def _with(
    link: CoachLink, found: SharingPanel, grants: list[ShareGrant], opened_at: datetime | None
) -> CoachStatus:
    one = CoachStatus(link, opened_at=opened_at)
    kind, row = found.kind, found.row
    for grant in grants:
        if grant.link_id != link.pk:
            continue
        if grant.scope == Scope.ITEM and (grant.about, grant.item_id) == (kind.name, row.pk):
            one.grant = grant
        elif grant.scope == Scope.PRACTICE and _is_opened(grant, found):
            one.by_practice = grant
    return one


def _is_opened(grant: ShareGrant, found: SharingPanel) -> bool:
    """Applies the same rules as the policies (policies.py)."""
    row = found.row
    if grant.about != found.kind.practice or grant.detail != Detail.FULL:
        return False
    if found.kept_out or getattr(row, "mode", "") == "letter":
        return False
    return grant.from_at is None or getattr(row, found.kind.since) >= grant.from_at


def is_ready(kind: Kind, row: Any) -> bool:
    """Whether it can be shared at all: not a draft, nor a crossing that was not safe to act on."""
    if kind.name == "crossing":
        return row.result != row.Result.UNSAFE_TO_ACT
    return getattr(row, kind.since) is not None
