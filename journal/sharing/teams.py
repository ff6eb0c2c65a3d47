"""The verbs of a team. All of them write as the owner of the tables: in a role of the wall nobody
could, so no coach makes themselves the administrator, and none joins what they were not invited to.

A coach has one team at most. Links that a client made before, or by inviting the coach, are not the
team's: it counts only clients who have read its text (`CoachLink.team`).
"""

from email.utils import formataddr, parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from journal.audit.events import What
from journal.audit.recording import record
from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as
from journal.sharing.models.links import CoachLink, ConsentEvent
from journal.sharing.models.teams import Team, TeamMember


class InATeam(Exception):
    """A coach has one team at most."""


class ChangedMeanwhile(Exception):
    """The text is not the one that the administrator's form was about; `team` has it."""

    def __init__(self, team: Team) -> None:
        super().__init__()
        self.team = team


class NotTheirs(Exception):
    """Meanwhile somebody else administers the team, or it is gone."""


def _locked(team: Team, by: UUID | None, *others: UUID) -> Team:
    """The team until the end of the transaction, for its administrator or these others. None: the
    operator."""
    stored = Team.objects.select_for_update().filter(pk=team.pk).first()
    if stored is None or by not in (None, stored.administrator_id, *others):
        raise NotTheirs
    return stored


def team_of(coach_id: UUID | None, *, lock: bool = False) -> Team | None:
    """The team of a coach who may coach now. `lock`: so that it stays the same until the end of
    the transaction, and they in it."""
    with acting_as(None, role=OWNER):
        rows = Team.objects.filter(
            members__owner=coach_id,
            members__owner__is_active=True,
            members__owner__coaches_since__isnull=False,
        )
        if lock and not rows.select_for_update(of=("self",)).exists():
            return None
        # Asked again with the lock: who left while this waited is not in it.
        return rows.first()


def administered_by(person_id: UUID, *, lock: bool = False) -> Team | None:
    with acting_as(None, role=OWNER):
        rows = Team.objects.filter(administrator=person_id)
        return (rows.select_for_update(of=("self",)) if lock else rows).first()


def sender_of(team: Team | None) -> str | None:
    """The From of a mail for a team: its name, with the installation's own address."""
    if team is None or not team.sender:
        return None
    return formataddr((team.sender, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def counts() -> dict[UUID, int | None]:
    """In the administrator's role as a coach: clients of each coach; None below five."""
    with connection.cursor() as cursor:
        cursor.execute("select coach, clients from coaching_team_counts()")
        return dict(cursor.fetchall())


@transaction.atomic
def create(name: str, administrator: User, called: str, by: UUID | None = None) -> Team:
    """By the operator, or for the example person. The administrator becomes a coach, if they are
    none. Raises InATeam."""
    with acting_as(None, role=OWNER):
        if not administrator.coaches_since:
            administrator.let_coach(coaches=True)
            record(What.COACH, by, accounts=1)
        administrator.lock()
        if TeamMember.objects.filter(owner=administrator).exists():
            raise InATeam
        team = Team.objects.create(name=name, administrator=administrator)
        TeamMember.objects.create(owner=administrator, team=team, name=called)
    return team


def add(team: Team, person: User, name: str) -> None:
    """The caller has locked the team. Raises InATeam."""
    with acting_as(None, role=OWNER):
        person.lock()
        if TeamMember.objects.filter(owner=person).exists():
            raise InATeam
        TeamMember.objects.create(owner=person, team=team, name=name)
        record(What.TEAM_JOINED, person.pk)


@transaction.atomic
def change(team: Team, values: dict[str, Any], by: UUID, *, version: int | None = None) -> None:
    """A text that clients have not read gets another number. `version` is the one that the form
    showed; raises ChangedMeanwhile."""
    with acting_as(None, role=OWNER):
        stored = _locked(team, by)
        if version not in (None, stored.text_version):
            raise ChangedMeanwhile(stored)
        before = (stored.name, stored.consent_text, stored.notes_kept)
        for name, value in values.items():
            setattr(stored, name, value)
        if before != (stored.name, stored.consent_text, stored.notes_kept):
            stored.text_version += 1
        stored.save(update_fields=[*values, "text_version"])


@transaction.atomic
def remove(team: Team, coach_id: UUID, by: UUID) -> bool:
    """Takes a coach out of the team, who keeps their clients: these agreed to the coach, and read
    in their log that they left the team. The administrator stays. False if they are not there."""
    with acting_as(None, role=OWNER):
        team = _locked(team, by, coach_id)
        if coach_id == team.administrator_id or not _let_go(team, coach_id):
            return False
        record(What.TEAM_LEFT, by)
    return True


def _let_go(team: Team, coach_id: UUID) -> bool:
    links = list(CoachLink.objects.active().filter(team=team, coach=coach_id).order_by("pk"))
    ConsentEvent.objects.bulk_create(
        ConsentEvent(owner_id=link.owner_id, link=link, what=ConsentEvent.What.LEFT_TEAM)
        for link in links
    )
    CoachLink.objects.filter(pk__in=[link.pk for link in links]).update(
        team=None, updated_at=timezone.now(), version=F("version") + 1
    )
    team.members.filter(asked_for=coach_id).update(asked_for=None)
    return bool(team.members.filter(owner=coach_id).delete()[0])


@transaction.atomic
def appoint(team: Team, coach_id: UUID, by: UUID | None, *, operator: bool = False) -> bool:
    """Another of its coaches becomes the administrator."""
    with acting_as(None, role=OWNER):
        team = _locked(team, None if operator else by)
        if not able(team).filter(owner=coach_id).exists():
            return False
        if team.administrator_id != coach_id:
            team.administrator_id = coach_id
            team.save(update_fields=["administrator"])
            record(What.TEAM_ADMIN, by)
    return True


def able(team: Team) -> Any:
    """Its coaches who may sign in and coach, those who joined first coming first."""
    return team.members.filter(
        owner__is_active=True, owner__coaches_since__isnull=False, owner__deletion_due_at=None
    ).order_by("created_at", "pk")


@transaction.atomic
def ask_for(team: Team, coach_id: UUID, other_id: UUID | None, by: UUID) -> bool:
    """The administrator asks one coach to suggest another to a client. The coach picks the client,
    or nobody; None: withdrawn, or dismissed by the coach."""
    with acting_as(None, role=OWNER):
        team = _locked(team, by, *([] if other_id else [coach_id]))
        there = {None, *team.members.values_list("owner", flat=True)}
        if other_id not in there or other_id == coach_id:
            return False
        return bool(team.members.filter(owner=coach_id).update(asked_for=other_id))


@transaction.atomic
def dissolve(team: Team, by: UUID | None) -> None:
    """Its coaches keep their clients, as when they leave."""
    with acting_as(None, role=OWNER):
        team = _locked(team, None)
        for coach_id in team.members.values_list("owner", flat=True):
            _let_go(team, coach_id)
        team.delete()
        record(What.TEAM_ENDED, by)


@transaction.atomic
def leave(person: User) -> None:
    """Before an account is deleted: the coach who joined first takes over what they administered;
    a team without anybody else goes."""
    with acting_as(None, role=OWNER):
        rows = Team.objects.filter(members__owner=person)
        if not rows.select_for_update(of=("self",)).exists() or not (team := rows.first()):
            return
        if team.administrator_id == person.pk:
            following = able(team).exclude(owner=person).first()
            if following is None or not appoint(team, following.owner_id, person.pk):
                dissolve(team, person.pk)
                return
        _let_go(team, person.pk)
        record(What.TEAM_LEFT, person.pk)
