"""The list of a coach's clients, in the order of what to do now.

First whoever has a session within a week, the soonest first (one that is over waits to be closed);
then those with an agreement that is due, the longest due first; then those who shared something
since the last session, the latest first; then everyone else, by name. One statement finds out for
all clients, from dates alone; words are opened for those that the page shows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.coaching.queries import GRANT, LINK, RosterRow
from journal.languages.collation import sorted_by_name
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.sharing import talk
from journal.sharing.coach_queries import rows
from journal.sharing.models.agreements import Agreement
from journal.sharing.models.grants import ShareGrant
from journal.sharing.models.links import CoachInvitation, CoachLink
from journal.sharing.models.teams import TeamMember
from journal.sharing.shareable import KINDS, Kind

PAGE = 25  # clients per page
WEEK = timedelta(weeks=1)
RECENT = timedelta(weeks=12)  # what was shared, or was due, before that is not new


@dataclass(frozen=True)
class Roster:
    """A page of linked clients; the first page also has former clients and invitations."""

    current: list[RosterRow]
    ended: list[RosterRow]
    invited: list[CoachInvitation]
    number: int = 1
    goes_on: bool = False
    in_team: bool = False


@dataclass
class ClientStatus:
    """What there is to do with one client, without their name."""

    pk: UUID
    link_id: UUID
    session_at: datetime | None
    since: str  # the moment from which on something is new, as in the rows of a batch
    since_on: str
    due: list[str] = field(default_factory=list)  # days of agreements
    new: int = 0
    replies: int = 0  # that no page has shown
    newest: str = ""

    def saw(self, moment: str) -> None:
        if moment >= self.since:
            self.new, self.newest = self.new + 1, max(self.newest, moment)

    @property
    def has_session(self) -> bool:
        """Within a week, or over and not closed."""
        return self.session_at is not None and self.session_at <= timezone.now() + WEEK


def _current(coach: Any, _day: date) -> QuerySet:
    rows = coach.clients.current().order_by("id")
    return rows.values("id", "link_id", "next_session_at", "last_session_on", "created_at")


def _owners(_coach: Any, _day: date) -> QuerySet:
    return CoachLink.objects.order_by().values("id", "owner_id")


def _grants(_coach: Any, _day: date) -> QuerySet:
    return ShareGrant.objects.order_by().values(
        "link_id", "owner_id", "scope", "about", "detail", "starts_at"
    )


def _due(_coach: Any, day: date) -> QuerySet:
    """An outcome that the client keeps is not among the coach's, so it stays due either way."""
    counting = [Agreement.State.TAKEN, Agreement.State.CHANGED]
    found = Agreement.objects.live().filter(
        state__in=counting, outcome=None, by_on__lte=day, by_on__gt=day - RECENT
    )
    return found.order_by().values("link_id", "by_on")


@cache
def _began(kind: Kind) -> QueryFactory:
    """When the rows of a kind began, from a day before, for time zones ahead of UTC."""
    day_of = TruncDate(kind.since, tzinfo=UTC)

    def factory(_coach: Any, day: date) -> Any:
        found = rows(kind).order_by().alias(on=day_of).filter(on__gte=day - RECENT)
        return found.values("owner_id", moment=F(kind.since))

    return factory


def _invited(coach: Any, _day: date) -> QuerySet:
    return coach.coachinvitations.to_show(CoachInvitation.Direction.BY_COACH)


def _ended(coach: Any, _day: date) -> QuerySet:
    return coach.clients.ended()[:PAGE]


def _membership(coach: Any, _day: date) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(owner=coach)


OF_PRACTICES = [kind for kind in KINDS.values() if kind.practice]
OF_COACH = (_current, _owners, _grants, _due, _invited, _ended, _membership, talk.new_replies)
EVERYONE = (*OF_COACH, *map(_began, OF_PRACTICES))


# Of the clients of one page.
def _clients(coach: Any, _day: date) -> QuerySet:
    return coach.clients.current().filter(in_given())


def _links(_coach: Any, _day: date) -> QuerySet:
    return CoachLink.objects.only(*LINK)


def _open_grants(_coach: Any, _day: date) -> QuerySet:
    return ShareGrant.objects.only(*GRANT).order_by("expires_at", "id")


SHOWN = (_clients, _links, _open_grants)


def roster(coach: User, number: int = 1) -> Roster:
    """A coach may have hundreds of clients: two statements, and one more where the names of all
    those without anything to do decide."""
    today, start = clock.today(coach), (number - 1) * PAGE
    clients, owners, grants, due, *others = fetch_batched(coach, today, *EVERYONE)
    invited, ended, membership, replies, *began = others
    known = {row["id"]: row["owner_id"] for row in owners}
    linked = [row for row in clients if row["link_id"] in known]
    statuses = {row["link_id"]: _status_of(coach, row) for row in linked}
    _count(statuses, {owner: link for link, owner in known.items()}, grants, due, began)
    for row in replies:
        if one := statuses.get(row["link_id"]):
            one.replies, one.newest = row["n"], max(one.newest, row["last"])
    ordered = _in_order(coach, statuses.values())
    page = list(islice(ordered, start, start + PAGE + 1))
    current = _read(coach, today, page[:PAGE])
    former = [RosterRow(client, None) for client in ended] if number == 1 else []
    if number == 1 and len(linked) < len(clients):
        lost = [UUID(row["id"]) for row in clients if row["link_id"] not in known]
        former = [RosterRow(one, None) for one in coach.clients.filter(pk__in=lost)] + former
    goes_on = len(page) > PAGE
    return Roster(current, former, invited, number, goes_on, in_team=bool(membership))


def _status_of(coach: User, row: dict[str, Any]) -> ClientStatus:
    """Without a session so far, everything since they connected is new."""
    at, on = row["next_session_at"], row["last_session_on"]
    since = clock.begins(coach, date.fromisoformat(on)) if on else None
    return ClientStatus(
        UUID(row["id"]),
        UUID(row["link_id"]),
        datetime.fromisoformat(at) if at else None,
        since.isoformat() if since else row["created_at"],
        on or "",
    )


def _count(
    statuses: dict[str, ClientStatus],
    link_of: dict[str, str],
    grants: list[dict[str, Any]],
    due: list[dict[str, Any]],
    began: list[list[dict[str, Any]]],
) -> None:
    opened = defaultdict(set)
    for grant in grants:
        one = statuses.get(grant["link_id"])
        if one is None:
            continue
        if grant["scope"] == ShareGrant.Scope.PRACTICE and grant["detail"] == "full":
            opened[grant["about"]].add(grant["owner_id"])
        else:
            one.saw(grant["starts_at"])
    for kind, some in zip(OF_PRACTICES, began, strict=True):
        for row in some:
            if row["owner_id"] in opened[kind.practice]:
                statuses[link_of[row["owner_id"]]].saw(row["moment"])
    for row in due:
        one = statuses.get(row["link_id"])
        if one and row["by_on"] > one.since_on:
            one.due.append(row["by_on"])


def _in_order(coach: User, statuses: Iterable[ClientStatus]) -> Iterator[ClientStatus]:
    """Goes as far as it is asked: the names of the others are opened only if the page has some."""
    ordered = sorted(statuses, key=lambda one: one.pk)
    sessions = [one for one in ordered if one.has_session]
    due = [one for one in ordered if one.due and not one.has_session]
    rest = [one for one in ordered if not one.due and not one.has_session]
    new = [one for one in rest if one.new or one.replies]
    yield from sorted(sessions, key=lambda one: one.session_at or timezone.now())
    yield from sorted(due, key=lambda one: min(one.due))
    yield from sorted(new, key=lambda one: one.newest, reverse=True)
    others = {one.pk: one for one in rest if not (one.new or one.replies)}
    if others:
        named = coach.clients.filter(pk__in=others).only("id", "owner_id", "name", "label")
        for client in sorted_by_name(named, lambda one: one.full_name):
            yield others[client.pk]


def _to_do(coach: User, one: ClientStatus) -> str:
    """Why it stands where it does; empty for those without anything to do."""
    if one.session_at and one.has_session:
        days = (clock.day_of(coach, one.session_at) - clock.today(coach)).days
        if days < 0:
            return _("Session to close")
        if days < 2:
            return _("Session tomorrow") if days else _("Session today")
        return _("Session in %(n)s days") % {"n": days}
    if one.due:
        text = ngettext("%(n)s agreement due", "%(n)s agreements due", len(one.due))
        return text % {"n": len(one.due)}
    if one.replies:
        return ngettext("A reply", "%(n)s replies", one.replies) % {"n": one.replies}
    return _("Something new") if one.new else ""


def _read(coach: User, today: date, page: list[ClientStatus]) -> list[RosterRow]:
    CoachLink.restrict_to(one.link_id for one in page)
    found = fetch_batched(coach, today, *SHOWN, given=[one.pk for one in page])
    clients, links = ({one.pk: one for one in some} for some in found[:2])
    by_link = defaultdict(list)
    for grant in found[2]:
        by_link[grant.link_id].append(grant)
    return [
        RosterRow(
            clients[one.pk],
            links[one.link_id],
            by_link[one.link_id],
            one.new,
            len(one.due),
            _to_do(coach, one),
            one.replies,
        )
        for one in page
    ]
