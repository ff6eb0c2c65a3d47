"""Tobias, who coaches Nora: the rows she shares, his comment, her reply, and their sessions.

Every step calls the same function as its view.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from journal.coaching import commands
from journal.coaching import programs as offering
from journal.coaching.models import CoachNote, LibraryPrompt, NoteTemplate, Program
from journal.coaching.shipped_programs import SHIPPED
from journal.operation.example.fixture import Say
from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import uuid7
from journal.privacy.rls import COACH, OWNER, acting_as
from journal.sharing import agreements, consent, invitations, programs, sharing_form, talk, teams
from journal.sharing import brief as briefs
from journal.sharing.consent import ShareRequest
from journal.sharing.models import (
    AccessLogEntry,
    Agreement,
    AgreementOutcome,
    Client,
    CoachLink,
    CoachSession,
    Comment,
    ConsentEvent,
    Reply,
    Suggestion,
    Team,
)
from journal.sharing.sharing_form import Change

SESSION, LAST_SESSION = timedelta(days=1), timedelta(days=28)  # in the future, and in the past
NAME = "Tobias"
WANTED = (
    "I want to practise saying I need time, out loud, before I say yes. And I would like to look "
    "at the four-day decision without deciding it again."
)
NOTE = "Start with the pause. Two rounds of role-play, Priya then Dad."
COMMENT = "The last line is the one to say out loud. Shall we try it together?"
REPLY = "Yes. It came out shorter than I had planned, and nobody asked twice."
PROMPT = "Where did you say yes and mean no?"  # one of ours, so the catalogues have it
PROMPT_NOTE = (
    "You mentioned the Sunday phone calls. If you feel like it, notice one moment before the yes. "
    "Two lines are enough, and they stay with you."
)
QUESTION = "Who notices first when the yes comes too early?"
# What, how one will know, the answer; and how it went, unless nobody has said.
AGREED: tuple[tuple[str, str, str, str, bool], ...] = (
    (
        "Say “I need time” once, out loud, to anyone",
        "I heard myself say it",
        "done",
        "Said it to the plumber first. Then to Priya.",
        True,
    ),
    (
        "Leave Friday evening empty, two weeks running",
        "",
        "partly",
        "One of the two. The other went to Ida’s rehearsal, and I chose that.",
        False,
    ),
    ("Write down one yes I did not mean", "", "", "", False),
)
TEMPLATE = {"name": "Out loud", "lines": "What we rehearsed\n\n\nHow it sounded\n"}
TEAM = "Harbour Street"
TEAM_TEXT = (
    "Sessions are in person or by phone. Whatever you tell us stays with your coach; in our "
    "meetings we speak of our own work, and name nobody."
)
LIBRARY = "What would the June you like to hear?"


def strings() -> Iterator[str]:
    """All that is said in other languages."""
    yield from (NAME, WANTED, NOTE, COMMENT, REPLY, PROMPT_NOTE, QUESTION, *TEMPLATE.values())
    yield from (TEAM, TEAM_TEXT, LIBRARY)
    for text, sign, _result, words, _sent in AGREED:
        yield from filter(None, (text, sign, words))


def connect(person: User, coach: User, since: datetime, say: Say) -> None:
    team = teams.create(say(TEAM), coach, coach.called)
    teams.change(team, {"consent_text": say(TEAM_TEXT), "notes_days": 180}, coach.pk)
    token, _new = invitations.issue(
        coach, invitations.Direction.BY_COACH, person.email, coach.called
    )
    version = Team.objects.get(pk=team.pk).text_version
    link = invitations.accept_as_client(token, person, person.called, version)
    assert link is not None  # noqa: S101 - nobody else has this token
    with acting_as(None, role=OWNER):  # the log of consent is append-only to the person
        CoachLink.objects.filter(pk=link.pk).update(consented_at=since)
        ConsentEvent.objects.filter(link=link).update(at=since)
    with acting_as(person):
        link = CoachLink.objects.get(pk=link.pk)
        shared = _share(person, link)
        _send_brief(link, say)
        _meet(link, say)
    with acting_as(coach):
        _prepare_session(coach, link, say)
    with acting_as(coach, role=COACH):
        _answer(person, link, shared, say)
        _offer_program(coach, link)
    with acting_as(person):
        item = {"kind": "boundary", "item_id": shared["boundary"].pk}
        talk.answer(Reply(owner=person, link=link, body=say(REPLY), **item))
        _start_program(link)


def _share(person: User, link: CoachLink) -> dict[str, Any]:
    """Shares one row of each kind, four figures and the weeks, and withholds another mistake."""
    rows: dict[str, Any] = {
        "promise": person.promises.finished().filter(state="active").latest("id"),
        "boundary": person.boundaries.finished().filter(state="active").latest("id"),
        "crossing": person.crossings.filter(result="held").latest("id"),
        "self_compassion": person.selfcompassions.finished().filter(mode="full").earliest("id"),
        "decision": person.decisions.finished().filter(state="decided").earliest("id"),
        "mistake": person.mistakes.finished().earliest("id"),
        "lesson": person.lessons.active().earliest("id"),
        "entry": person.entries.live().filter(photos__deleted_at=None).earliest("id"),
    }
    wishes = [ShareRequest("item", kind, row.pk) for kind, row in rows.items() if kind != "entry"]
    photos = tuple(rows["entry"].photos.values_list("pk", flat=True))
    wishes.append(ShareRequest("item", "entry", rows["entry"].pk, photos=photos))
    figures = ("kept", "follow-through", "easing", "trust")
    wishes += [ShareRequest("measure", slug, detail="counts") for slug in figures]
    wishes.append(ShareRequest("week", detail="counts"))
    sharing_form.make(Change(link, days=90, give=wishes))
    consent.keep_out(person, "mistake", person.mistakes.finished().latest("id"))
    return rows


def _send_brief(link: CoachLink, say: Say) -> None:
    today = clock.today(link.owner)
    brief = briefs.new_brief(link, None)
    brief.wanted, brief.session_on = say(WANTED), today + SESSION
    brief.since_on = today - LAST_SESSION
    briefs.send(link, brief)


def _meet(link: CoachLink, say: Say) -> None:
    """The session that was held, with what was agreed in it; and the one to come."""
    person, zone = link.owner, clock.zone_of(link.owner)
    today, mine = clock.today(person), {"owner": person, "link": link}
    held = datetime.combine(today - LAST_SESSION, time(10), zone)
    then = CoachSession(**mine, at=held, zone=str(zone), closed_at=held + timedelta(hours=1))
    then.save(force_insert=True)
    planned = datetime.combine(today + SESSION, time(10), zone)
    CoachSession(**mine, at=planned, zone=str(zone)).save(force_insert=True)
    for place, (text, sign, result, words, sent) in enumerate(AGREED, start=1):
        row = Agreement(**mine, session=then, place=place, text=say(text), sign=sign and say(sign))
        row.state, row.answered_at = Agreement.State.TAKEN, held + timedelta(hours=8)
        row.by_on, row.created_at = today - timedelta(days=14), held + timedelta(hours=1)
        row.save(force_insert=True)
        if result:
            told = AgreementOutcome(**mine, agreement=row, result=result, words=say(words))
            told.save(force_insert=True)
            agreements.share_outcome(told, shared=sent)


def _prepare_session(coach: User, link: CoachLink, say: Say) -> None:
    """The coach's own rows, which no client reads."""
    today = clock.today(coach)
    client = Client.objects.get(link_id=link.pk)
    client.last_session_on = today - LAST_SESSION
    client.next_session_at = datetime.combine(today + SESSION, time(10), clock.zone_of(coach))
    client.created_at = link.consented_at
    client.save(update_fields=["last_session_on", "next_session_at", "created_at"])
    with acting_as(coach, role=COACH):
        planned = CoachSession.objects.get(link_id=link.pk, closed_at=None)
    for body, is_open in ((NOTE, False), (QUESTION, True)):
        note = CoachNote(owner=coach, client=client, body=say(body), is_open=is_open)
        note.session_id = planned.pk
        note.insert_once()
    LibraryPrompt(owner=coach, text=say(LIBRARY)).insert_once()
    template = {name: say(text) for name, text in TEMPLATE.items()}
    NoteTemplate(owner=coach, **template).insert_once()


def _offer_program(coach: User, link: CoachLink) -> None:
    own = Program(owner=coach)
    SHIPPED[0].fill(own)
    own.save(force_insert=True)
    offering.offer(own, [link], uuid7(), clock.today(coach))


def _start_program(link: CoachLink) -> None:
    """The first of its weeks has come, and was answered."""
    row = link.programs.get()
    programs.act(row, "start", CoachLink.By.CLIENT, clock.today(link.owner) - timedelta(days=3))
    first = row.suggestions.get(week=1)
    first.state, first.answered_at = Suggestion.State.TAKEN, timezone.now()
    first.save(update_fields=["state", "answered_at"])


def _answer(person: User, link: CoachLink, shared: dict[str, Any], say: Say) -> None:
    """The coach's rows that the client reads: a comment, a suggestion, a log entry."""
    boundary = shared["boundary"].pk
    AccessLogEntry.log([(person.pk, "boundary", boundary)])
    mine = {"owner": person, "link": link}
    commands.leave(Comment(**mine, kind="boundary", item_id=boundary, body=say(COMMENT)))
    suggestion = Suggestion(**mine, what=Suggestion.What.PROMPT, text=gettext(PROMPT))
    suggestion.note, suggestion.by_on = say(PROMPT_NOTE), clock.today(person) + timedelta(days=6)
    commands.send(suggestion, link)
