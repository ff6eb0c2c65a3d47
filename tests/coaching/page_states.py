"""Rows and pages of sharing as tests/routes and tests/pages_of_sharing.py show them, as ada's."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from journal.people.models import User
from journal.privacy.rls import COACH, acting_as
from journal.reflections.entries.models import Entry
from journal.sharing import consent, invitations
from journal.sharing.models import (
    AccessLogEntry,
    Agreement,
    CoachInvitation,
    CoachLink,
    Comment,
    ShareGrant,
    Suggestion,
)
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import (
    comment,
    invited_by_client,
    invited_by_coach,
    link,
    made_coach,
    make_program,
    make_session,
    offer,
    propose,
    reply,
    report,
    share,
    share_practice,
    suggest,
)
from tests.decisions.factories import make_decision
from tests.factories import make_entry, make_person
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake

LONG = "To practise saying that I need time, out loud, before I say yes. " * 3


def a_coach() -> User:
    found = User.objects.filter(email="tobias@example.org").first()
    return found or made_coach(make_person("tobias@example.org"))


def linked(ada: User, name: str = "Tobias") -> CoachLink:
    return link(ada, a_coach(), coach_name=name)


def invited(ada: User, name: str) -> CoachInvitation:
    invited_by_client(ada, "tobias@example.org", name, name)
    with acting_as(ada):
        return CoachInvitation.objects.get()


def shared(ada: User, word: str) -> ShareGrant:
    return share(linked(ada, word), make_entry(ada, f"The {word} sang"))


def commented(ada: User, word: str) -> Comment:
    made, row = linked(ada, word), make_entry(ada, f"The {word} sang")
    share(made, row)
    return comment(made, row, f"I like the {word}")


def agreed(ada: User, word: str = "pause", **more: Any) -> Agreement:
    return propose(linked(ada, word), f"Say the {word}", sign=f"The {word}", **more)


def suggested(ada: User, word: str) -> Suggestion:
    return suggest(linked(ada, word), text=f"Where is the {word}?", note=f"That {word}")


def entry_with_a_coach(ada: User, word: str) -> Any:
    """Shared, and the coach has said something about it."""
    said = commented(ada, word)
    with acting_as(ada):
        entry = Entry.objects.get(pk=said.item_id)
    entry.linked = said.link
    return entry


def talk(ada: User) -> str:
    """A comment, a reply and a new comment about one entry."""
    made, row = linked(ada), make_entry(ada, "It took a week, and one call.")
    share(made, row)
    comment(made, row, LONG)
    reply(made, row, "I did. It was odd, and then it was good.")
    comment(made, row, "Shall we start there on Tuesday?")
    return f"/sharing/items/entry/{row.pk}/comments/{made.pk}/"


def talk_muted(ada: User) -> str:
    path = talk(ada)
    with acting_as(ada):
        CoachLink.objects.get().mute(muted=True)
    return path


def talk_unread(ada: User) -> str:
    """The coach sees the entry no more."""
    path = talk(ada)
    with acting_as(ada):
        consent.stop(ada)
    return path


def talk_afterwards(ada: User) -> str:
    path = talk(ada)
    with acting_as(ada):
        CoachLink.objects.get().end()
    return path


def link_of(row: Any) -> UUID:
    return row.linked.pk


# --- pages ---------------------------------------------------------------------------------------


def of_each(ada: User) -> list[Any]:
    boundary = make_boundary(ada)
    return [
        make_promise(ada),
        boundary,
        make_crossing(boundary),
        make_moment(ada),
        make_decision(ada),
        make_mistake(ada),
        make_entry(ada, "It took a week, and one call. " * 8),
    ]


def full(ada: User) -> CoachLink:
    """Everything that one coach can have: shares of every scope, a suggestion, log entries."""
    made = linked(ada)
    rows = of_each(ada)
    for row in rows:
        share(made, row)
    share_practice(made, "promises", detail="counts")
    share_practice(made, "boundaries", past="from_now")
    with acting_as(ada):
        consent.share(made, [consent.ShareRequest("measure", "returns", detail="counts")], 7)
        consent.share(made, [consent.ShareRequest("week")], 90)
    suggest(made)
    with acting_as(made.coach_id, role=COACH):
        AccessLogEntry.log([(made.owner_id, "entry", rows[-1].pk)])
    return made


def overview(ada: User) -> str:
    full(ada)
    invited_by_client(ada, "somebody.with.a.long.address@a-long-domain.example.org", "A.", "Noor")
    return "/sharing/"


def declined(ada: User) -> str:
    """A coach there is, an invitation that is open, and one to which the answer was no."""
    full(ada)
    invited_by_client(ada, "noor@example.org", "A.", "Noor")
    other = make_person("somebody.with.a.long.address@a-long-domain.example.org")
    invitations.decline(invited_by_client(ada, other.email, "A.", "Sam"), other)
    return "/sharing/"


def nothing_shared(ada: User) -> str:
    linked(ada)
    return "/sharing/"


def comments_off(ada: User) -> str:
    made = linked(ada)
    with acting_as(ada):
        made.mute(muted=True)
    return "/sharing/"


def choose(ada: User) -> str:
    return full(ada).get_absolute_url()


def choose_from_nothing(ada: User) -> str:
    return linked(ada).get_absolute_url()


def choose_older(ada: User) -> str:
    for n in range(42):
        make_entry(ada, f"Entry {n}")
    return f"{linked(ada).get_absolute_url()}?older=entry"


def preview(ada: User) -> str:
    made = linked(ada)
    rows = of_each(ada)
    share(made, rows[0])
    query = f"item=entry.{rows[-1].pk}&practice-boundaries=full.include&week=full.include"
    with acting_as(ada):
        seen = ShareGrant.objects.get().pk
    return f"{made.get_absolute_url()}preview/?{query}&measure=returns&seen={seen}"


def choose_again(ada: User) -> str:
    return f"{preview(ada).replace('preview/', '')}&again=1&days=7&renew=on"


def preview_of_nothing(ada: User) -> str:
    return f"{linked(ada).get_absolute_url()}preview/"


def preview_taken_back(ada: User) -> str:
    """Ticked on a page that is older than what was taken back elsewhere."""
    made, entry = linked(ada), make_entry(ada)
    grant = share(made, entry)
    with acting_as(ada):
        consent.take_back(made, [grant])
    query = f"seen={grant.pk}&item=entry.{entry.pk}&week=full.include"
    return f"{made.get_absolute_url()}preview/?{query}"


def brief(ada: User) -> str:
    return f"{linked(ada).get_absolute_url()}brief/"


def bring(ada: User) -> str:
    made, row = linked(ada), make_mistake(ada)
    return f"/sharing/items/mistake/{row.pk}/bring/{made.pk}/"


def suggestion(ada: User) -> str:
    row = suggest(linked(ada), "promise", "Step outside daily", note=LONG, by_on=date(2026, 12, 1))
    return f"/sharing/suggestions/{row.pk}/"


def agreement(ada: User) -> str:
    return agreed(ada, by_on=date(2026, 12, 1)).get_absolute_url()


def agreed_on(ada: User) -> str:
    return agreed(ada, state="taken").get_absolute_url()


def told(ada: User) -> str:
    row = agreed(ada, state="changed")
    report(row, LONG, shared=True)
    return row.get_absolute_url()


def agreements(ada: User) -> str:
    """One planned session, and one with agreements in every state."""
    one = linked(ada)
    make_session(one)
    held = make_session(one, -7, closed=True)
    propose(one, LONG[:190], held, sign=LONG[:100], by_on=date(2026, 12, 1))
    propose(one, "Leave Friday empty", held, state="taken")
    report(propose(one, "Call Dad", held, state="taken"), shared=True)
    propose(one, "Run", state="declined")
    return f"/sharing/grants/{one.pk}/agreements/"


def no_agreements(ada: User) -> str:
    return f"/sharing/grants/{linked(ada).pk}/agreements/"


def agreements_afterwards(ada: User) -> str:
    path = agreements(ada)
    with acting_as(ada):
        CoachLink.objects.get().end()
    return path


def suggested_practice(ada: User) -> str:
    return f"/sharing/suggestions/{suggest(linked(ada), 'practice', '', practice='decisions').pk}/"


def answered_suggestion(ada: User) -> str:
    answered = {"state": "taken", "answered_at": timezone.now()}
    return f"/sharing/suggestions/{suggest(linked(ada), **answered).pk}/"


def log(ada: User) -> str:
    made = full(ada)
    with acting_as(ada):
        consent.stop(ada)
        made.end()
    return "/sharing/log/"


def from_a_coach(ada: User) -> str:
    return f"/sharing/invitation/{invited_by_coach(a_coach(), ada.email, 'Tobias')}/"


def from_a_client(ada: User) -> str:
    made_coach(ada)
    token = invited_by_client(make_person("leila@example.org"), ada.email, "Leila", "Ada")
    return f"/sharing/invitation/{token}/"


def from_a_client_to_no_coach(ada: User) -> str:
    token = invited_by_client(make_person("leila@example.org"), ada.email, "Leila", "Ada")
    return f"/sharing/invitation/{token}/"


def shared_with_comments(ada: User) -> str:
    made, row = linked(ada), make_entry(ada)
    share(made, row)
    comment(made, row, LONG)
    comment(made, row, "And a short one.")
    return row.get_absolute_url()


def kept_out(ada: User) -> str:
    made, row = linked(ada), make_boundary(ada)
    share_practice(made, "boundaries")
    with acting_as(ada):
        consent.keep_out(ada, "boundary", row)
    return row.get_absolute_url()


def crossing(ada: User) -> str:
    made, row = linked(ada), make_crossing(make_boundary(ada))
    share(made, row)
    return row.address


def waits_on_today(ada: User) -> str:
    made = linked(ada)
    suggest(made)
    offer(made, make_program(a_coach()))
    return "/today/"
