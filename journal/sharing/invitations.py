"""Invitations: a link bound to one address, which works once, and what accepting it brings about.

    invited = invite(person, Direction.BY_COACH, "ada@example.org", "Tobias", request)
    found = find(token, person)  # None: not there, not theirs, or it cannot be used any more
    link = accept_as_client(token, person, name="Ada")

Who may read somebody else's invitation is decided in `find` and nowhere else. Whatever a link
leads to that cannot be used looks the same, so that nobody learns whether there is one.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from journal.people.models import User, hash_of
from journal.privacy.rls import OWNER, acting_as
from journal.sharing.models.links import (
    CoachInvitation,
    CoachLink,
    ConsentEvent,
    hash_of_address,
    link_between,
)
from journal.sharing.models.roster import Client

Direction = CoachInvitation.Direction
YES, NO = "yes", "no"


class Invited(NamedTuple):
    token: str
    address: str  # the whole link, for the page that shows it once where no mail is sent
    mailed: bool


@dataclass(frozen=True)
class InvitationLookup:
    """What the person it was sent to may know of an invitation."""

    inviter_id: UUID
    direction: str
    from_name: str
    coach_name: str  # by a client: what they call the coach, and what they agreed to
    consent_text: str

    @property
    def is_for_a_client(self) -> bool:
        return self.direction == Direction.BY_COACH


class NotACoach(Exception):
    """The operator has to make them one first."""


class SentBefore(Exception):
    """The form was, with another address in it, or what came of it is over."""


def consent_text(coach: str) -> str:
    """What a client agrees to. `coach` is a name."""
    host = settings.HOST_NAME or _("The operator")
    return _(
        "You decide what %(coach)s sees. Sharing starts empty, covers only what you choose, and "
        "ends on its date or when you stop it. Stopping cannot make someone forget what they "
        "read. %(coach)s keeps private notes; you may have a legal right to request them. "
        "%(host)s, who runs this server, could technically reach stored data. %(coach)s does not "
        "monitor your entries; this is not emergency or clinical care. The law may sometimes "
        "require disclosure. You can say no and keep using everything."
    ) % {"coach": coach, "host": host}


def invite(
    person: User,
    direction: str,
    email: str,
    from_name: str,
    request: HttpRequest,
    **more: Any,
) -> Invited:
    """Issues an invitation, and mails its link where mail is sent. Takes what `issue` takes."""
    token, is_new = issue(person, direction, email, from_name, **more)
    address = request.build_absolute_uri(reverse("sharing:invitation", args=[token]))
    if settings.MAIL_WORKS and is_new:
        # Once it is stored, and with no lock held that anyone waits for.
        transaction.on_commit(lambda: _mail(email, address), robust=True)
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
    """Stores an invitation. Returns its token, and whether it is new. `agreed` is the consent text
    that a client has read who invites a coach, in which `coach_name` stands.

    `pk` came with the form, so that a form sent twice makes one invitation and mails it once, and
    both answers show the same link. Raises SentBefore where that is not what it was.
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
    """The same for the same row, though the database keeps only its hash."""
    value = f"{row.direction} {row.owner_id} {row.pk}"
    made = salted_hmac("selftrust.coaching.invitation", value, algorithm="sha256")
    return urlsafe_b64encode(made.digest()[:24]).decode()


def _mail(email: str, address: str) -> None:
    text = render_to_string("sharing/mail/invitation.txt", {"address": address})
    send_mail(_("A link for you"), text, None, [email])


def find_invitation(
    token: str, person: User | None, *, answer: str = ""
) -> InvitationLookup | None:
    """An open invitation to this very person. With an `answer`, YES or NO, it is used up by that,
    once."""
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
        if row.is_for_a_client and not inviter.coaches_since:
            return None
        if answer:
            row.answered_at = timezone.now()
            row.declined_at = row.answered_at if answer == NO else None
            row.save(update_fields=["answered_at", "declined_at"])
        return InvitationLookup(
            row.owner_id, row.direction, row.from_name, row.coach_name, row.consent_text
        )


def opens_the_door(token: str, email: str) -> bool:
    """Whether somebody may sign up by it: a coach has invited this address, or with no address
    given yet, some address. Asked at /accounts/, as the owner of the tables."""
    rows = CoachInvitation.objects.open().filter(
        token_hash=hash_of(token),
        direction=Direction.BY_COACH,
        owner__is_active=True,
        owner__deletion_due_at=None,
        owner__coaches_since__isnull=False,
    )
    return (rows.filter(recipient_hash=hash_of_address(email)) if email else rows).exists()


@transaction.atomic
def accept_as_client(token: str, person: User, name: str) -> CoachLink | None:
    """The client read the consent text and chose to connect. `name` is what the coach calls them.
    None where it cannot be used any more."""
    found = find_invitation(token, person, answer=YES)
    if found is None or not found.is_for_a_client:
        return None
    agreed = consent_text(found.from_name)
    return _connect(person.pk, found.inviter_id, found.from_name, agreed, name)


@transaction.atomic
def accept_as_coach(token: str, person: User) -> CoachLink | None:
    """The client read the consent text when they invited. Raises NotACoach."""
    if not may_coach(person):
        raise NotACoach
    found = find_invitation(token, person, answer=YES)
    if found is None or found.is_for_a_client:
        return None
    if not person.coaches_since:
        _make_coach(person)
    return _connect(
        found.inviter_id, person.pk, found.coach_name, found.consent_text, found.from_name
    )


def may_coach(person: User) -> bool:
    """Is a coach, or becomes one by a client's invitation where this installation lets them."""
    return bool(person.coaches_since) or settings.COACHES == "invitation"


def decline(token: str, person: User) -> bool:
    """Without reasons. Nothing comes of it any more, and whoever invited is told that much."""
    return find_invitation(token, person, answer=NO) is not None


def _make_coach(person: User) -> None:
    """A person's own role cannot write this column, or they could make themselves one."""
    person.coaches_since = timezone.now()
    with acting_as(None, role=OWNER):
        person.save(update_fields=["coaches_since"])


def _connect(
    client_id: UUID, coach_id: UUID, coach_name: str, agreed: str, client_name: str
) -> CoachLink:
    """The link is the client's, the row in the roster the coach's: each is made as its owner. Both
    have agreed by now, the one by inviting and the other by accepting."""
    with acting_as(client_id):
        client = User.objects.select_for_update(of=("self",)).only("pk").get(pk=client_id)
        there = link_between(client, User(pk=coach_id))
        if there:
            return there
        link = CoachLink.objects.create(
            owner=client, coach_id=coach_id, coach_name=coach_name, consent_text=agreed
        )
        ConsentEvent.note(link, ConsentEvent.What.CONNECTED)
    with acting_as(coach_id):
        Client.objects.create(owner_id=coach_id, link_id=link.pk, name=client_name)
    return link
