"""What the coach area asks of the database does not grow with the roster."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from journal.coaching.models import CoachNote, LibraryPrompt, NoteTemplate, Program
from journal.coaching.urls import ADDRESSES
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import consent, shared_measures
from journal.sharing.models import Agreement, Client, TeamMember
from journal.sharing.shared_measures import MEASURES
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, page_of
from tests.coaching.factories import (
    link,
    made_coach,
    make_program,
    make_session,
    offer,
    propose,
    report,
    share,
    share_practice,
)
from tests.coaching.team_factories import make_team
from tests.decisions.factories import make_decision
from tests.factories import make_entry, make_person
from tests.lessons.factories import make_lesson
from tests.photos.factories import make_photo
from tests.promises.factories import answer, make_promise
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db

OWN = {
    **{"note": CoachNote, "prompt": LibraryPrompt, "template": NoteTemplate},
    **{"program": Program, "offer": Program},
}
PRACTICES = ("promises", "boundaries", "self_compassion", "decisions", "mistakes")


def shared_by(ada, mira):
    """Ada shares all that can be shared, and mira has written down when they met."""
    one = link(ada, made_coach(mira))
    today = clock.today(ada)
    for number in range(3):
        promise = make_promise(ada, f"Walk {number}", starts_on=today)
        answer(promise, {today: "kept"})
        make_crossing(make_boundary(ada), f"Called, {number}")
        make_decision(ada)
        make_lesson(ada)
        entry = make_entry(ada, f"For Mira, {number}")
        share(one, entry, photos=() if number else (make_photo(entry).pk,))
    for practice in PRACTICES:
        share_practice(one, practice)
    with acting_as(ada):
        figures = [consent.ShareRequest("measure", slug, detail="counts") for slug, _ in MEASURES]
        consent.share(one, figures, 30)
        shared_measures.refresh(one)
    browser = browser_of(mira)
    browser.post(page_of(one, "notes/"), {"body": "A note."})
    browser.post("/coach/library/", {"text": "Whose yes was it?"})
    make_team(mira, make_person("noor@example.org"))
    with acting_as(mira):
        NoteTemplate.objects.create(owner=mira, name="Short", lines="What was said")
    for week in range(1, 9):
        held = make_session(one, -7 * week, closed=True)
        for number in range(3):
            report(propose(one, f"Agreed {number}", held, state="taken"), shared=True)
    propose(one, "It waits", make_session(one))
    for number in range(3):
        offer(one, make_program(mira, f"Program {number}"), started_on=today)
    with acting_as(mira):
        Client.objects.update(last_session_on=today)
    return one


def with_many_clients(coach) -> None:
    now = timezone.now()
    for number in range(39):
        person = make_person(f"client{number}@example.org")
        one = link(person, coach, f"Client {number}")
        if number % 4 == 0:
            make_promise(person, "Walk")
            share_practice(one, "promises")
        else:
            share(one, make_entry(person, "For Mira."))
    with acting_as(coach):
        Client.objects.update(last_session_on=clock.today(coach), next_session_at=now)


# Each address of the area that can be opened, by its name.
COUNTS = {
    "index": 5,
    "client": 9,
    "brief": 9,
    "suggest": 8,
    "note": 3,
    "session": 11,
    "agreement": 9,
    "choose": 4,
    "library": 4,
    "prompt": 3,
    "template": 3,
    "programs": 3,
    "new-program": 3,
    "program": 3,
    "offer": 6,
    "another-coach": 6,
    "team": 6,
    "team-settings": 6,
    "ask-coach": 6,
    "search": 2,
    "shared": 8,  # promises; and entries
    "item": 9,  # an entry, with its photos
    "photo": 5,
}
WITHOUT_ROWS = {"team-mark"}  # an image, which this team has none of
NOBODY = UUID(int=0)  # an address that only takes what is sent says so before it looks for a row


def rows_of(one, mira) -> dict[str, tuple[Any, ...]]:
    """What the addresses are about, by their name."""
    with acting_as(one.owner_id):
        grant = one.grants.filter(about="entry").exclude(photos=[]).get()
        agreement = Agreement.objects.filter(state="waiting").latest("id")
    with acting_as(mira):
        client = mira.clients.get(link_id=one.pk)
        rows = {
            name: (model.objects.filter(owner=mira).earliest("id").pk,)
            for name, model in OWN.items()
        }
    return rows | {
        **dict.fromkeys(("client", "brief", "suggest", "another-coach"), (client.pk,)),
        "ask-coach": (TeamMember.objects.exclude(owner=mira).get().pk,),
        "session": (agreement.session_id,),
        "agreement": (agreement.pk,),
        "shared": ("promise",),
        "item": ("entry", grant.item_id),
        "photo": (grant.photos[0], "medium"),
    }


def counted(one, mira) -> dict[str, int]:
    """Of every address but those that take only what is sent, so that a new one can't be left
    out."""
    browser, rows, found = browser_of(mira), rows_of(one, mira), {}
    for route, _view, name in ADDRESSES:
        args = rows.get(name, (NOBODY,) if "<" in route else ())
        path = reverse(f"coach:{name}", args=args)
        if name in ("suggest", "new-program"):
            path += "?id=018f0000-0000-7000-8000-000000000003"
        if name in WITHOUT_ROWS:
            continue
        if name in rows or browser.get(path).status_code != 405:
            found[name] = len(statements_of(browser, path))
    assert len(statements_of(browser, reverse("coach:shared", args=("entry",)))) == found["shared"]
    return found


@pytest.fixture(scope="module")
def counts(module_data) -> tuple[dict[str, int], dict[str, int]]:
    """With one client, and with 40: more than fit on a page of any list."""
    mira = make_person("mira@example.org")
    one = shared_by(make_person("ada@example.org", zone="Europe/Berlin"), mira)
    before = counted(one, mira)
    with_many_clients(mira)
    return before, counted(one, mira)


@pytest.fixture
def mira(db, counts) -> User:
    return User.objects.get(email="mira@example.org")


def test_the_same_statements_with_one_client_and_with_40(counts):
    assert counts == (COUNTS, COUNTS)
    assert max(COUNTS.values()) <= 12


def test_a_search_through_all_clients_opens_each_key_once(mira):
    browser = browser_of(mira)
    with CaptureQueriesContext(connection) as captured:
        page = browser.post("/coach/search/", {"q": "Mira"}).content.decode()

    asked = [one["sql"] for one in captured if "privacy_datakey" in one["sql"]]
    assert page.count('class="entryish p-journal"') == 20
    assert len(asked) <= 2  # mira's, with the switch of roles, and all the others
