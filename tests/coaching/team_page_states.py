"""The client's and a new coach's pages of a team, as ada's; page_states.py has the others."""

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import invitations
from journal.sharing.models import Handover, TeamMember
from tests.coaching.page_states import LONG, a_coach, from_a_coach
from tests.coaching.team_factories import client_of_team, make_team, suggest_coach
from tests.factories import make_person


def handed_over(ada: User, word: str = "Noor") -> Handover:
    """Ada's coach, in a team with another, suggests that one."""
    if not User.objects.filter(email="noor@example.org").exists():
        make_team(a_coach(), make_person("noor@example.org"), consent_text=LONG)
    TeamMember.objects.filter(owner__email="noor@example.org").update(name=word)
    made = client_of_team(ada, a_coach())
    return suggest_coach(made, User.objects.get(email="noor@example.org"))


def handover(ada: User) -> str:
    return handed_over(ada).get_absolute_url()


def handover_of_old(ada: User) -> str:
    """The link has ended since."""
    row = handed_over(ada)
    with acting_as(ada):
        row.link.end()
    return row.get_absolute_url()


def into_a_team(ada: User) -> str:
    make_team(a_coach())
    token, _new = invitations.issue(a_coach(), "by_team", ada.email, "Tobias")
    return f"/sharing/invitation/{token}/"


def from_a_coach_of_a_team(ada: User) -> str:
    make_team(a_coach(), consent_text=LONG)
    return from_a_coach(ada)
