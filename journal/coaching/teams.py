"""A coach's team, in the coach's role: the wall shows their own team and its coaches alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from journal.coaching.queries import HANDOVER, SharedByClient
from journal.people.models import User
from journal.sharing import teams
from journal.sharing.models.links import CoachInvitation
from journal.sharing.models.teams import FEWEST_COUNTED, Handover, Team, TeamMember

BY_TEAM = CoachInvitation.Direction.BY_TEAM


@dataclass(frozen=True)
class Colleague:
    """A coach of the team. `clients` is for the administrator; None: fewer than five."""

    member: TeamMember
    clients: int | None
    administers: bool
    asked_for: TeamMember | None

    @property
    def fewest(self) -> int:
        return FEWEST_COUNTED


@dataclass(frozen=True)
class TeamPage:
    team: Team
    coach_id: UUID
    coaches: list[Colleague]
    invited: list[CoachInvitation]

    @property
    def administers(self) -> bool:
        return self.team.administrator_id == self.coach_id

    @property
    def own(self) -> Colleague:
        return next(one for one in self.coaches if one.member.owner_id == self.coach_id)

    @property
    def administrator(self) -> Colleague | None:
        return next((one for one in self.coaches if one.administers), None)

    def colleague(self, pk: UUID) -> TeamMember | None:
        """Another coach of the team, by their row."""
        rows = [one.member for one in self.coaches if one.member.owner_id != self.coach_id]
        return next((row for row in rows if row.pk == pk), None)

    @property
    def waiting(self) -> list[CoachInvitation]:
        return [one for one in self.invited if not one.declined_at]

    @property
    def declined(self) -> list[CoachInvitation]:
        return [one for one in self.invited if one.declined_at]


def team_page(coach: User) -> TeamPage | None:
    """None for who is in no team."""
    team = Team.objects.first()
    if team is None:
        return None
    mine = team.administrator_id == coach.pk
    counts = teams.counts() if mine else {}
    members = list(all_members(coach, None))
    by_owner = {row.owner_id: row for row in members}
    coaches = [
        Colleague(
            row,
            counts.get(row.owner_id),
            row.owner_id == team.administrator_id,
            by_owner.get(row.asked_for) if row.asked_for else None,
        )
        for row in members
    ]
    invited = list(coach.coachinvitations.to_show(BY_TEAM)) if mine else []
    return TeamPage(team, coach.pk, coaches, invited)


def all_members(_coach: Any, _day: date | None) -> QuerySet[TeamMember]:
    """Of the coach's own team, who joined first coming first."""
    return TeamMember.objects.order_by("created_at", "id")


def colleagues(coach: User) -> list[TeamMember]:
    return [row for row in all_members(coach, None) if row.owner_id != coach.pk]


def find_handover(pk: UUID) -> Handover | None:
    """By any open link of this coach's; without its words, which are the client's."""
    return Handover.objects.only(*HANDOVER).filter(pk=pk, deleted_at=None).first()


def mark() -> bytes | None:
    """The image of the coach's team."""
    found = Team.objects.exclude(mark=None).values_list("mark", flat=True).first()
    return bytes(found) if found is not None else None


def suggested(sight: SharedByClient) -> list[tuple[Handover, str]]:
    """The last handover, with the name of the other coach, empty if they have left the team."""
    names = {row.owner_id: row.name for row in sight.members}
    return [(row, names.get(row.coach_id, "") if row.coach_id else "") for row in sight.handovers]
