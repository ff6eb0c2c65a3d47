"""Links and grants, made as the people who would make them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client as TestClient
from django.test import RequestFactory
from django.utils import timezone

from journal.coaching import programs
from journal.coaching.models import Program, Step
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent, invitations
from journal.sharing.models import (
    Agreement,
    AgreementOutcome,
    Client,
    ClientProgram,
    CoachInvitation,
    CoachLink,
    CoachSession,
    Comment,
    Reply,
    ShareGrant,
    Suggestion,
)
from journal.sharing.shareable import kind_of
from tests.conftest import signed_in
from tests.page import say_it_again

A_YEAR_AGO = timedelta(days=365)


def made_coach(person: User) -> User:
    person.coaches_since = timezone.now()
    person.save(update_fields=["coaches_since"])
    return person


def link(client: User, coach: User, name: str = "Ada", coach_name: str = "Mira") -> CoachLink:
    """As after an invitation that was accepted: nothing is shared yet."""
    if not coach.coaches_since:
        made_coach(coach)
    with acting_as(client):
        row = CoachLink.objects.create(
            owner=client, coach=coach, coach_name=coach_name, consent_text="I want to connect."
        )
    with acting_as(coach):
        Client.objects.create(owner=coach, link_id=row.pk, name=name)
    return row


def share(
    link: CoachLink, row: OwnedModel, days: int = 30, photos: Iterable[UUID] = ()
) -> ShareGrant:
    wish = consent.ShareRequest("item", kind_of(row).name, row.pk, photos=tuple(photos))
    with acting_as(link.owner_id):
        return consent.share(link, [wish], days)[0]


def share_practice(link: CoachLink, practice: str, **wish: Any) -> ShareGrant:
    with acting_as(link.owner_id):
        return consent.share(link, [consent.ShareRequest("practice", practice, **wish)], 30)[0]


def invited_by_coach(coach: User, email: str, name: str = "Mira") -> str:
    """The token of an invitation to become a client."""
    if not coach.coaches_since:
        made_coach(coach)
    request = RequestFactory().get("/")
    direction = CoachInvitation.Direction.BY_COACH
    return invitations.invite(coach, direction, email, name, request).token


def invited_by_client(client: User, email: str, name: str = "Ada", coach: str = "Mira") -> str:
    """The token of an invitation to become a coach."""
    request = RequestFactory().get("/")
    direction = CoachInvitation.Direction.BY_CLIENT
    agreed = invitations.consent_text(coach)
    return invitations.invite(
        client, direction, email, name, request, coach_name=coach, agreed=agreed
    ).token


def suggest(link: CoachLink, what: str = "prompt", text: str = "What went well?", **more: Any):
    with acting_as(link.owner_id):
        return Suggestion.objects.create(
            owner_id=link.owner_id, link=link, what=what, text=text, **more
        )


def make_session(link: CoachLink, days: int = 3, *, closed: bool = False) -> CoachSession:
    """Planned for that many days from now, or closed then."""
    at = timezone.now() + timedelta(days=days)
    with acting_as(link.owner_id):
        return CoachSession.objects.create(
            owner_id=link.owner_id,
            link=link,
            at=at,
            zone="Europe/Berlin",
            closed_at=at if closed else None,
        )


def propose(
    link: CoachLink,
    text: str = "Say it once, out loud",
    session: CoachSession | None = None,
    **more: Any,
) -> Agreement:
    """As from a session that was held; `state` other than "waiting" is as the client answered."""
    session = session or make_session(link, -7, closed=True)
    if more.get("state", "waiting") != "waiting":
        more["answered_at"] = timezone.now()
    with acting_as(link.owner_id):
        place = Agreement.objects.live().filter(session=session).count() + 1
        return Agreement.objects.create(
            owner_id=link.owner_id, link=link, session=session, place=place, text=text, **more
        )


PROMPT = Step(1, "prompt", "", "Where did you say yes and mean no?")
PRACTICE = Step(2, "practice", "boundaries", "One is enough.")
PROMISE = Step(4, "promise", "", "Step outside daily")


def make_program(coach: User, name: str = "Saying no", *steps: Step) -> Program:
    """Of four weeks, the third of them empty."""
    with acting_as(coach):
        row = Program(owner=coach, name=name, purpose=f"For {name}")
        row.sequence = [*steps] or [PROMPT, PRACTICE, PROMISE]
        row.save(force_insert=True)
    return row


def offer(link: CoachLink, program: Program, **changes: Any) -> ClientProgram:
    """As the coach sends it; `changes` are what has become of it."""
    with acting_as(link.coach_id, role=COACH):
        programs.offer(program, [link], uuid4(), timezone.localdate())
    with acting_as(link.owner_id):
        row = link.programs.latest("created_at")
        for name, value in changes.items():
            setattr(row, name, value)
        if row.started_on:
            row.answered_at = timezone.now()
        row.save()
    return row


def report(
    row: Agreement, words: str = "To the plumber first", *, shared: bool
) -> AgreementOutcome:
    with acting_as(row.owner_id):
        return AgreementOutcome.objects.create(
            owner_id=row.owner_id,
            link_id=row.link_id,
            agreement=row,
            result="done",
            words=words,
            shared_at=timezone.now() if shared else None,
        )


def comment(link: CoachLink, row: OwnedModel, body: str = "I like this.") -> Comment:
    """By the coach, who sees it."""
    with acting_as(link.coach_id, role=COACH):
        kind = kind_of(row).name
        return Comment.objects.create(
            owner_id=link.owner_id, link=link, kind=kind, item_id=row.pk, body=body
        )


def reply(link: CoachLink, row: OwnedModel, body: str = "So do I.") -> Reply:
    """By the client, to a comment on it."""
    with acting_as(link.owner_id):
        kind = kind_of(row).name
        return Reply.objects.create(
            owner_id=link.owner_id, link=link, kind=kind, item_id=row.pk, body=body
        )


def sure(person: User) -> TestClient:
    """A browser in which they have just said their password once more."""
    browser = signed_in(person)
    say_it_again(browser)
    return browser
