"""Another coach of the team, whom a client's coach suggests; the client connects, or says no.

Saying yes is a consent like the first: the same text with the other coach's name, the team's text
in its present version, a new link. No grant moves: the new link begins with nothing shared, and the
client chooses, with the preview, as ever. The old link stays or ends, as the client ticks.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.guide.todo_items import TodoItem, TodoSource
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import invitations, teams
from journal.sharing.models.links import CoachLink
from journal.sharing.models.teams import Handover, Team, TeamMember

State = Handover.State


def suggest(link: CoachLink, colleague: TeamMember) -> bool:
    """By the coach: this transaction read `link` and `colleague` in the coach's role, so both are
    theirs, and it holds the lock on their row of the client. Writes as the client. False if another
    coach is suggested already."""
    with acting_as(link.owner_id):
        waiting = Handover.objects.waiting().filter(link_id=link.pk).first()
        if waiting:
            return waiting.coach_id == colleague.owner_id
        Handover(
            owner_id=link.owner_id,
            link_id=link.pk,
            coach_id=colleague.owner_id,
            coach_name=colleague.name,
        ).save(force_insert=True)
    return True


def withdraw(row: Handover) -> bool:
    """By the coach, who read it in their role. False if it was answered meanwhile."""
    with acting_as(row.owner_id):
        stored = Handover.objects.waiting().filter(pk=row.pk)
        waiting = stored.select_for_update(of=("self",)).first()
        if waiting:
            waiting.trash()
    return waiting is not None


def open_team(row: Handover, *, lock: bool = False) -> Team | None:
    """The team of both coaches, while the client may still say yes."""
    if row.state == State.TAKEN or row.link.ended_at or row.coach_id in (None, row.owner_id):
        return None
    team, present = teams.team_of(row.coach_id, lock=lock), teams.team_of(row.link.coach_id)
    return team if present and team and present.pk == team.pk else None


@transaction.atomic
def accept(
    person: User, pk: UUID, name: str, version: int | None, *, ends: bool
) -> CoachLink | None:
    """`name` is what the other coach calls the client, `ends` whether the old link ends. Raises
    TextChanged. None: it is not possible any more."""
    row = _locked(person, pk)
    team = open_team(row, lock=True) if row else None
    if row is None or team is None or row.coach_id is None:
        return None
    invitations.check_version(team, version)
    made = invitations.connect(person.pk, row.coach_id, row.coach_name, name, team)
    _answer(row, State.TAKEN)
    if ends:
        row.link.end()
    return made


@transaction.atomic
def decline(person: User, pk: UUID) -> None:
    row = _locked(person, pk)
    if row and row.state == State.WAITING:
        _answer(row, State.DECLINED)


def _locked(person: User, pk: UUID) -> Handover | None:
    """The link first and the row second, as everywhere."""
    rows = person.handovers.live().select_related("link").filter(pk=pk)
    found = rows.first()
    if found is None:
        return None
    found.link.lock()
    return rows.select_for_update(of=("self",)).first()


def _answer(row: Handover, state: str) -> None:
    row.state, row.answered_at = state, timezone.now()
    row.save(update_fields=["state", "answered_at"])


def may_wait(person: User, _day: date) -> QuerySet:
    return Handover.objects.filter(owner=person).waiting().order_by("id")[:3]


def _lines(row: Handover, _day: date) -> list[TodoItem]:
    text = _("You decide, and nothing changes until you do")
    title = _("Your coach suggests another coach")
    return [TodoItem(title, text, row.get_absolute_url(), own=False)]


waiting = TodoSource("coach", may_wait, _lines)
