"""Teams, with clients who read their text; and suggestions of another coach."""

from typing import Any

from journal.people.models import User
from journal.privacy.rls import COACH, acting_as
from journal.sharing import handovers, invitations, teams
from journal.sharing.models import CoachLink, Handover, Team, TeamMember
from tests.coaching.factories import made_coach

TEAM = "Harbour Street"


def make_team(administrator: User, *coaches: User, name: str = TEAM, **more: Any) -> Team:
    """Each coach is called by the first part of their address."""
    team = teams.create(name, administrator, called(administrator))
    for coach in coaches:
        teams.add(team, made_coach(coach), called(coach))
    if more:
        teams.change(team, more, administrator.pk)
    administrator.refresh_from_db()
    return Team.objects.get(pk=team.pk)


def called(person: User) -> str:
    return person.email.partition("@")[0].title()


def client_of_team(client: User, coach: User, name: str = "Ada") -> CoachLink:
    """As after reading the team's text."""
    return invitations.connect(client.pk, coach.pk, called(coach), name, teams.team_of(coach.pk))


def suggest_coach(link: CoachLink, other: User) -> Handover:
    with acting_as(link.coach_id, role=COACH):
        colleague = TeamMember.objects.get(owner=other)
        assert handovers.suggest(link, colleague)
    with acting_as(link.owner_id):
        return Handover.objects.get(link=link, state="waiting", deleted_at=None)
