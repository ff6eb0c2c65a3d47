"""Tobias, who coaches Nora: what she shows him, what he said of it, and her next session."""

from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from journal.operation.demo.story import Story
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent, shared_measures
from journal.sharing.models import (
    Brief,
    Client,
    CoachLink,
    CoachNote,
    Comment,
    ConsentEvent,
    LibraryPrompt,
    Opening,
    Suggestion,
)
from journal.sharing.shareable import KINDS

EMAIL = "tobias@example.org"
SINCE = 83  # days ago
LAST, NEXT = 28, 1  # sessions: days ago, and ahead

WANTED = (
    "I want to practise saying I need time, out loud, before I say yes. And I would like to look "
    "at the four-day decision without deciding it again."
)
NOTE = "Start with the pause. Two rounds of role-play, Priya then Dad."


def account(password: str) -> User:
    now = timezone.now()
    coach = User.objects.create_user(
        EMAIL,
        password,
        zone="Europe/Copenhagen",
        welcome_step="done",
        example_since=now,
        coaches_since=now - timedelta(days=SINCE),
    )
    EmailAddress.objects.create(user=coach, email=EMAIL, primary=True, verified=True)
    with acting_as(coach):
        coach.called = "Tobias"
        coach.save(update_fields=["called"])
    return coach


def leave() -> None:
    """The coach of an earlier example, if there is one, with all that hangs on them."""
    for coach in User.objects.filter(email__iexact=EMAIL, example_since__isnull=False):
        consent.leave(coach)
        coach.delete()


def tell(story: Story, coach: User) -> None:
    """As the client, but for what is the coach's."""
    person = story.person
    link = CoachLink.objects.create(
        owner=person,
        coach=coach,
        coach_name="Tobias",
        consented_at=story.at(story.ago(SINCE)),
        consent_text="I have read this. I choose to connect.",
    )
    ConsentEvent.note(link, ConsentEvent.What.CONNECTED, at=link.consented_at)
    chosen = _chosen(person)
    wishes = [consent.ShareRequest("item", kind, row.pk) for kind, row in chosen]
    wishes += [
        consent.ShareRequest("measure", "kept", detail="counts"),
        consent.ShareRequest("week", detail="counts"),
    ]
    consent.share(link, wishes, days=90)
    consent.keep_out(person, "mistake", person.mistakes.finished().latest("id"))
    brief = Brief.objects.create(
        owner=person,
        link=link,
        wanted=WANTED,
        session_on=story.today + timedelta(days=NEXT),
        since_on=story.ago(LAST),
        written_on=story.ago(1),
    )
    consent.share(link, [consent.ShareRequest("item", "brief", brief.pk)], days=30)
    shared_measures.refresh(link)
    Suggestion.objects.create(
        owner=person,
        link=link,
        what=Suggestion.What.PROMPT,
        text="Where did you say yes, meaning no?",
        note=(
            "You mentioned the Sunday phone calls. If you feel like it, notice one moment before "
            "the yes. Two lines are enough, and they stay with you."
        ),
        by_on=story.today + timedelta(days=6),
    )
    with acting_as(coach):
        _of_the_coach(story, coach, link)
    with acting_as(coach, role=COACH):
        kind, row = chosen[0]
        Comment.objects.create(
            owner_id=person.pk,
            link=link,
            kind=kind,
            item_id=row.pk,
            body="The last line is the one to say out loud. Shall we try it together?",
        )
        Opening.note([(link.pk, kind, row.pk)])


def _chosen(person: User) -> list[tuple[str, Any]]:
    """A boundary, a hard moment and a decision that was looked back on."""
    decision = person.decisions.finished().filter(state="reviewed")
    rows = {
        "boundary": person.boundaries.finished().filter(state="active"),
        "self_compassion": person.selfcompassions.finished().filter(mode="full"),
        "decision": decision,
    }
    return [(kind, KINDS[kind].table.objects.get(pk=rows[kind].latest("id").pk)) for kind in rows]


def _of_the_coach(story: Story, coach: User, link: CoachLink) -> None:
    session = datetime.combine(
        story.today + timedelta(days=NEXT), time(10), tzinfo=clock.zone_of(coach)
    )
    client = Client.objects.create(
        owner=coach,
        link_id=link.pk,
        name="Nora",
        last_session_on=story.ago(LAST),
        next_session_at=session,
    )
    CoachNote.objects.create(owner=coach, client=client, body=NOTE)
    LibraryPrompt.objects.create(owner=coach, text="What would the June you like to hear?")
