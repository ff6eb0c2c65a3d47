"""Invitations: a link bound to one address, which works once, and the connection it creates.

    invited = invite(person, Direction.BY_COACH, "ada@example.org", "Tobias", request)
    found = find_invitation(token, person)  # None: missing, not theirs, or used up
    link = accept_as_client(token, person, name="Ada")

Only `find_invitation` decides who may read somebody else's invitation. Every link that cannot be
used leads to the same page, so that nobody learns whether an invitation exists.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.audit.events import What
from journal.audit.recording import record
from journal.people.models import User, hash_of
from journal.privacy.rls import OWNER, acting_as
from journal.sharing import teams
from journal.sharing.models.links import (
    OF_TEAM,
    CoachInvitation,
    CoachLink,
    ConsentEvent,
    hash_of_address,
    link_between,
)
from journal.sharing.models.roster import Client
from journal.sharing.models.teams import Team

Direction = CoachInvitation.Direction
YES, NO = "yes", "no"


class Invited(NamedTuple):
    token: str
    address: str  # the whole link, for the page that shows it once on a server without mail
    mailed: bool


@dataclass(frozen=True)
class InvitationLookup:
    """What the invited person may know of an invitation."""

    inviter_id: UUID
    direction: str
    from_name: str
    coach_name: str  # from a client: their name for the coach, and the text they agreed to
    consent_text: str
    team: Team | None = None  # of the coach who invites, or that invites

    @property
    def is_for_a_client(self) -> bool:
        return self.direction == Direction.BY_COACH

    @property
    def is_by_a_team(self) -> bool:
        return self.direction == Direction.BY_TEAM


class NotACoach(Exception):
    """The operator has to make this person a coach first."""


class TextChanged(Exception):
    """The text is not the one that the page showed; the client has to read it again."""


class SentBefore(Exception):
    """The form was sent before with another address, or its invitation is over."""


def consent_text(coach: str, team: Team | None = None) -> str:
    """The text that a client agrees to. `coach` is a name. What a team adds never replaces it."""
    host = settings.HOST_NAME or _("The operator")
    text = _(
        "You decide what %(coach)s sees. At first nothing is shared. Only what you choose "
        "is shared, until its end date or until you stop it. Stopping can’t make someone "
        "forget what they’ve read. %(coach)s keeps private notes; you may have a legal "
        "right to ask for them. %(host)s, who runs this server, could technically get at "
        "the data on it. %(coach)s doesn’t monitor your entries, and this isn’t emergency "
        "or clinical care. The law may sometimes require something to be disclosed. You can"
        " say no and keep using everything."
    ) % {"coach": coach, "host": host}
    return text if team is None else "\n\n".join([text, *_of_team(coach, team)])


def _of_team(coach: str, team: Team) -> Iterator[str]:
    days, version = team.notes_kept.days, team.text_version
    said = {"coach": coach, "team": team.name, "n": days, "version": version}
    yield (
        ngettext(
            "%(coach)s is a coach of %(team)s. The team’s other coaches see nothing of yours, and "
            "not that you are here. Whoever looks after the team sees how many clients a coach "
            "has, once there are five, and never who. %(coach)s’s notes about you are kept for "
            "%(n)s day after the link has ended.",
            "%(coach)s is a coach of %(team)s. The team’s other coaches see nothing of yours, and "
            "not that you are here. Whoever looks after the team sees how many clients a coach "
            "has, once there are five, and never who. %(coach)s’s notes about you are kept for "
            "%(n)s days after the link has ended.",
            days,
        )
        % said
    )
    if team.consent_text:
        yield _("%(team)s adds (version %(version)s):") % said
        yield team.consent_text
    else:
        yield _("This is version %(version)s of the text of %(team)s.") % said


def invite(
    person: User,
    direction: str,
    email: str,
    from_name: str,
    request: HttpRequest,
    **more: Any,
) -> Invited:
    """Issues an invitation, and mails its link if mail works. Takes the arguments of `issue`."""
    token, is_new = issue(person, direction, email, from_name, **more)
    address = request.build_absolute_uri(reverse("sharing:invitation", args=[token]))
    if settings.MAIL_WORKS and is_new:
        is_client = direction == Direction.BY_CLIENT
        _mail(email, address, None if is_client else teams.sender_of(teams.team_of(person.pk)))
    return Invited(token, address, settings.MAIL_WORKS)


def issue(
    person: User,
    direction: str,
    email: str,
    from_name: str,
    *,
    pk: UUID | None = None,
    coach_name: str = "",
    agreed: str = "",
) -> tuple[str, bool]:
    """Stores an invitation. Returns its token, and whether it is new. `agreed` is the consent text,
    with `coach_name` in it, that a client read before inviting a coach.

    `pk` came with the form, so a form sent twice makes one invitation and one mail, and both
    responses show the same link. Raises SentBefore if the stored invitation differs.
    """
    row = CoachInvitation(owner=person, direction=direction, from_name=from_name)
    row.pk = pk or row.pk
    row.coach_name, row.consent_text = coach_name, agreed
    token = _token(row)
    row.aim(email, token)
    with acting_as(person):
        stored = row.insert_once()
    if stored is None or stored.token_hash != row.token_hash or not stored.is_open_for(email):
        raise SentBefore
    return token, stored is row


def _token(row: CoachInvitation) -> str:
    """Computes the token from the row, since the database has only its hash."""
    value = f"{row.direction} {row.owner_id} {row.pk}"
    made = salted_hmac("selftrust.coaching.invitation", value, algorithm="sha256")
    return urlsafe_b64encode(made.digest()[:24]).decode()


def _mail(email: str, address: str, sender: str | None) -> None:
    text = render_to_string("sharing/mail/invitation.txt", {"address": address})
    send_mail(_("An invitation for you"), text, sender, [email])


def find_invitation(
    token: str, person: User | None, *, answer: str = ""
) -> InvitationLookup | None:
    """An open invitation to this person. An `answer`, YES or NO, uses it up."""
    if person is None:
        return None
    with acting_as(None, role=OWNER):
        rows = CoachInvitation.objects.open().filter(token_hash=hash_of(token))
        if answer:
            rows = rows.select_for_update()
        row = rows.first()
        if row is None or not row.is_for(person) or row.owner_id == person.pk:
            return None
        inviter = User.objects.get(pk=row.owner_id)
        if not inviter.is_active or inviter.deletion_due_at:
            return None
        if row.direction != Direction.BY_CLIENT and not inviter.coaches_since:
            return None
        find = teams.administered_by if row.direction == Direction.BY_TEAM else teams.team_of
        team = find(inviter.pk, lock=bool(answer))
        if row.direction == Direction.BY_TEAM and team is None:
            return None
        if answer:
            row.answered_at = timezone.now()
            row.declined_at = row.answered_at if answer == NO else None
            row.save(update_fields=["answered_at", "declined_at"])
        return InvitationLookup(
            *(row.owner_id, row.direction, row.from_name, row.coach_name, row.consent_text, team)
        )


def allows_sign_up(token: str, email: str) -> bool:
    """Whether the invitation allows signing up: a coach or a team has invited this address, or,
    while the address is still unknown, any address. Called at /accounts/, as the owner of the
    tables."""
    rows = CoachInvitation.objects.open().filter(
        Q(direction=Direction.BY_COACH)
        | Q(direction=Direction.BY_TEAM, owner__administered_team__isnull=False),
        token_hash=hash_of(token),
        owner__is_active=True,
        owner__deletion_due_at=None,
        owner__coaches_since__isnull=False,
    )
    return (rows.filter(recipient_hash=hash_of_address(email)) if email else rows).exists()


@transaction.atomic
def accept_as_client(
    token: str, person: User, name: str, version: int | None = None
) -> CoachLink | None:
    """Connects a client who read the consent text and agreed. `name` is the coach's name for them,
    `version` that of the team's text, if the page showed one: raises TextChanged if it is another.
    Returns None if the invitation cannot be used any more."""
    found = find_invitation(token, person, answer=YES)
    if found is None or not found.is_for_a_client:
        return None
    check_version(found.team, version)
    return connect(person.pk, found.inviter_id, found.from_name, name, found.team)


def check_version(team: Team | None, version: int | None) -> None:
    if version != (team.text_version if team else None):
        raise TextChanged


@transaction.atomic
def accept_as_coach(token: str, person: User) -> CoachLink | None:
    """The client read the consent text when they invited. Raises NotACoach."""
    if not may_coach(person):
        raise NotACoach
    found = find_invitation(token, person, answer=YES)
    if found is None or found.direction != Direction.BY_CLIENT:
        return None
    if not person.coaches_since:
        _make_coach(person, What.COACH_INVITED)
    return connect(
        *(found.inviter_id, person.pk, found.coach_name, found.from_name),
        agreed=found.consent_text,
    )


@transaction.atomic
def join_team(token: str, person: User, name: str) -> Team | None:
    """The operator, who made the team, leaves it to its administrator who coaches in it. Raises
    InATeam."""
    found = find_invitation(token, person, answer=YES)
    if found is None or not found.is_by_a_team or found.team is None:
        return None
    if not person.coaches_since:
        _make_coach(person, What.COACH_BY_TEAM)
    teams.add(found.team, person, name)
    return found.team


def may_coach(person: User) -> bool:
    """Whether the person is a coach, or may become one by a client's invitation."""
    return bool(person.coaches_since) or settings.COACHES == "invitation"


def decline(token: str, person: User) -> bool:
    """Declines without a reason. The inviting person learns only that."""
    return find_invitation(token, person, answer=NO) is not None


def _make_coach(person: User, what: What) -> None:
    """Writes as the owner of the tables: in their own role, people could
    make themselves coaches."""
    person.coaches_since = timezone.now()
    with acting_as(None, role=OWNER):
        person.save(update_fields=["coaches_since"])
        record(what, person.pk)


def connect(
    client_id: UUID,
    coach_id: UUID,
    coach_name: str,
    client_name: str,
    team: Team | None = None,
    *,
    agreed: str = "",
) -> CoachLink:
    """The client owns the link, the coach the row in the roster: each is inserted as its owner.
    Both have agreed by now, one by inviting (or in a team) and the other by accepting. `agreed` is
    the text, if it is not the one of today."""
    agreed = agreed or consent_text(coach_name, team)
    with acting_as(client_id):
        client = User.objects.select_for_update(of=("self",)).only("pk").get(pk=client_id)
        there = link_between(client, User(pk=coach_id))
        if there:
            return there
        link = CoachLink.objects.create(
            owner=client, coach_id=coach_id, coach_name=coach_name, consent_text=agreed, team=team
        )
        link.is_new = True
        about = {"about": OF_TEAM, "detail": str(team.text_version)} if team else {}
        ConsentEvent.log(link, ConsentEvent.What.CONNECTED, **about)
    with acting_as(coach_id):
        days = team.notes_kept.days if team else None
        Client.objects.create(owner_id=coach_id, link_id=link.pk, name=client_name, notes_days=days)
    return link
