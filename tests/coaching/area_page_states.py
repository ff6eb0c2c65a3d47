"""What the coach area looks like, as ada who coaches: each makes it, and returns a path."""

from datetime import timedelta

from django.utils import timezone

from journal.boundaries.models import Boundary
from journal.coaching import search
from journal.coaching.models import CoachNote, LibraryPrompt, NoteTemplate
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import consent, invitations, shared_measures, teams
from journal.sharing.models import Brief, Client, CoachInvitation, CoachLink, TeamMember
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import client_of, page_of
from tests.coaching.factories import (
    comment,
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
)
from tests.coaching.team_factories import client_of_team, make_team, suggest_coach
from tests.decisions.factories import make_decision, make_review
from tests.factories import make_entry, make_person
from tests.lessons.factories import make_lesson
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake


def nobody(ada: User) -> str:
    made_coach(ada)
    return "/coach/"


def linked(ada: User, name: str = "Maren H.") -> CoachLink:
    """Someone who shares nothing yet."""
    address = f"client{User.objects.count()}@example.org"
    return link(make_person(address, zone="Europe/Berlin"), made_coach(ada), name)


def in_full(ada: User) -> CoachLink:
    """Someone who shares something of each kind, has written a brief, and was met before."""
    one = linked(ada)
    maren, today = one.owner, clock.today(ada)
    moment = make_moment(maren)
    make_lesson(maren)
    make_mistake(maren)
    boundary = make_boundary(maren, "No work messages after 18:30")
    make_crossing(boundary, follow_up="Say it in the morning", follow_up_on=today)
    promise = make_promise(maren, "Read before bed", starts_on=today - timedelta(days=9))
    answer(promise, {today - timedelta(days=day): "kept" for day in range(1, 6)})
    make_review(make_decision(maren, "Go down to four days at the studio?"))
    for practice in ("promises", "boundaries", "decisions", "mistakes"):
        share_practice(one, practice)
    share(one, moment, days=7)
    share(one, make_entry(maren, "A *quiet* day, for once.", title="After the meeting"))
    with acting_as(maren):
        brief = Brief.objects.create(
            owner=maren,
            link=one,
            wanted="I want to practise saying I need time, out loud, before I say yes.",
            since_on=today - timedelta(days=28),
            written_on=today,
        )
        wishes = [consent.ShareRequest("item", "brief", brief.pk)]
        if shared_measures.MEASURES:
            wishes.append(
                consent.ShareRequest("measure", shared_measures.MEASURES[0][0], detail="counts")
            )
        consent.share(one, wishes, 30)
        wish = consent.ShareRequest("item", "boundary", boundary.pk)
        consent.share(one, [wish], 30, bring=True)
        shared_measures.refresh(one)
    with acting_as(ada):
        row = Client.objects.get(link_id=one.pk)
        row.last_session_on = today - timedelta(days=28)
        row.next_session_at = timezone.now().replace(hour=9, minute=0) + timedelta(days=2)
        row.save()
        CoachNote.objects.create(owner=ada, client=row, body="Start with the pause.")
    return one


def planned(ada: User) -> str:
    """The page of a session to come, after one with agreements; notes and a question are there."""
    one = in_full(ada)
    held = make_session(one, -7, closed=True)
    report(propose(one, "Call Dad", held, state="taken", sign="He says so"), shared=True)
    propose(one, "Leave Friday empty", held, state="changed", by_on=clock.today(ada))
    propose(one, "Say it once, out loud, to anyone", held)
    row = make_session(one)
    with acting_as(ada):
        client = Client.objects.get(link_id=one.pk)
        for body, is_open in (("Start with the pause.", False), ("Who notices first?", True)):
            CoachNote.objects.create(
                owner=ada, client=client, body=body, is_open=is_open, session_id=row.pk
            )
    return row.get_absolute_url()


def held(ada: User) -> str:
    one = in_full(ada)
    row = make_session(one, -7, closed=True)
    propose(one, "Call Dad", row)
    return row.get_absolute_url()


def proposal(ada: User) -> str:
    return f"/coach/agreements/{propose(in_full(ada), 'Call Dad').pk}/"


def roster(ada: User) -> str:
    in_full(ada)
    share_practice(linked(ada, "Anders K."), "promises", detail="counts")
    linked(ada, "Leila S.")
    over = linked(ada, "Ruben O.")
    with acting_as(over.owner_id):
        over.end()
    with acting_as(ada):
        invited = CoachInvitation(owner=ada, direction="by_coach", from_name="Ada")
        invited.aim("someone@example.org", "a-token")
        invited.save(force_insert=True)
    return "/coach/"


def declined(ada: User) -> str:
    """On the roster, besides an invitation that is open."""
    path, other = roster(ada), make_person("somebody.with.a.long.name@a-long-domain.example.org")
    invitations.decline(invited_by_coach(ada, other.email), other)
    return path


def full(end: str = ""):
    return lambda ada: page_of(in_full(ada), end)


def bare(end: str = ""):
    return lambda ada: page_of(linked(ada, "Leila S."), end)


def ended(ada: User) -> str:
    one = in_full(ada)
    page = page_of(one)
    with acting_as(one.owner_id):
        one.end()
    return page


def an_item(kind: str):
    def path(ada: User) -> str:
        one = in_full(ada)
        with acting_as(one.owner_id):
            from journal.sharing.shareable import KINDS

            row = KINDS[kind].table.objects.live().first()
        return f"/coach/shared/{kind}/{row.pk}/"

    return path


def muted(ada: User) -> str:
    path = an_item("entry")(ada)
    with acting_as(User.objects.get(email__startswith="client")):
        CoachLink.objects.get().mute(muted=True)
    return path


def talk(ada: User) -> str:
    """The page of a client who has replied."""
    one = in_full(ada)
    with acting_as(one.owner_id):
        row = Boundary.objects.live().get()
    comment(one, row, "What did you do with the first quiet evening?")
    reply(one, row, "Nothing. It was odd, and then it was good.")
    return page_of(one)


def listed(kind: str):
    def path(ada: User) -> str:
        in_full(ada)
        return f"/coach/shared/{kind}/"

    return path


def note(ada: User) -> str:
    one = in_full(ada)
    with acting_as(ada):
        row = client_of(one).notes.first()
        return f"/coach/notes/{row.pk}/"


def program(end: str = ""):
    def path(ada: User) -> str:
        in_full(ada)
        row = make_program(ada)
        return f"/coach/programs/{row.pk}{end}" if end else "/coach/programs/"

    return path


def with_program(ada: User) -> str:
    """One goes on; one was offered, and the coach has deleted their own since."""
    one, row, gone = in_full(ada), make_program(ada), make_program(ada, "Later")
    offer(one, row, started_on=clock.today(ada) - timedelta(days=8))
    offer(one, gone)
    with acting_as(ada):
        gone.trash()
    return page_of(one)


def library(ada: User) -> str:
    made_coach(ada)
    with acting_as(ada):
        LibraryPrompt.objects.create(owner=ada, text="Whose yes was it, on Tuesday?")
        NoteTemplate.objects.create(owner=ada, name="Out loud", lines="What we rehearsed\n")
    return "/coach/library/"


def template(ada: User) -> str:
    library(ada)
    with acting_as(ada):
        return f"/coach/templates/{NoteTemplate.objects.get().pk}/"


def prompt(ada: User) -> str:
    library(ada)
    with acting_as(ada):
        return f"/coach/library/{LibraryPrompt.objects.get().pk}/"


def found(ada: User) -> str:
    in_full(ada)
    return "/coach/search/"


def many(ada: User) -> str:
    """More than a page of the search holds."""
    one = linked(ada)
    for number in range(search.PAGE + 1):
        make_promise(one.owner, f"Walk to the meeting, {number}")
    share_practice(one, "promises")
    return "/coach/search/"


def choose(ada: User) -> str:
    in_full(ada)
    return "/coach/suggest/"


def team(ada: User) -> str:
    """As its administrator, with invitations and a coach who was asked."""
    tobias, noor = (make_person(f"{name}@example.org") for name in ("tobias", "noor"))
    made = make_team(ada, tobias, noor, consent_text="We meet in a quiet room. " * 20)
    for number in range(5):
        client_of_team(make_person(f"quiet{number}@example.org"), tobias)
    teams.ask_for(made, tobias.pk, noor.pk, ada.pk)
    invitations.issue(ada, "by_team", "somebody@a-long-domain.example.org", "Ada")
    token, _new = invitations.issue(ada, "by_team", "ruben@example.org", "Ada")
    invitations.decline(token, make_person("ruben@example.org"))
    return "/coach/team/"


def team_of_another(ada: User) -> str:
    """As one of its coaches, who was asked."""
    noor = make_person("noor@example.org")
    made = make_team(noor, ada, make_person("tobias@example.org"))
    teams.ask_for(made, ada.pk, User.objects.get(email="tobias@example.org").pk, noor.pk)
    return "/coach/team/"


def team_settings(ada: User) -> str:
    return f"{team(ada)}settings/"


def ask_coach(ada: User) -> str:
    team(ada)
    return f"/coach/team/coaches/{TeamMember.objects.get(name='Tobias').pk}/ask/"


def of_team(ada: User) -> CoachLink:
    team_of_another(ada)
    return client_of_team(make_person("maren@example.org"), ada, "Maren H.")


def another_coach(ada: User) -> str:
    return page_of(of_team(ada), "another-coach/")


def suggested_another(ada: User) -> str:
    one = of_team(ada)
    suggest_coach(one, User.objects.get(email="tobias@example.org"))
    return page_of(one)
