"""Every address under /coach/ x every method, for a coach: linked, linked once, never linked.

tests/routes/table.py says what everybody else gets, which is nothing. So does a coach who was
switched off while their session lives, below.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from journal.coaching.models import CoachNote, LibraryPrompt, NoteTemplate, Program
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models import (
    AccessLogEntry,
    Agreement,
    ClientProgram,
    CoachInvitation,
    CoachLink,
    CoachSession,
    Comment,
    Suggestion,
)
from journal.sharing.shareable import KINDS
from tests.coaching.coach_client import browser_of, client_of
from tests.coaching.factories import (
    link,
    made_coach,
    make_program,
    make_session,
    offer,
    propose,
    share,
)
from tests.factories import make_entry, make_person
from tests.people.second_steps import showed
from tests.photos.factories import make_photo
from tests.routes.addresses import all_addresses
from tests.routes.expected import worth_asking
from tests.routes.new_rows import doubling_forms
from tests.routes.test_matrix import complaints

pytestmark = pytest.mark.django_db

# Method -> what a coach gets who is linked; what is left when the link has ended; a 405 otherwise.
EVERY: dict[str, dict[str, tuple[int, int]]] = {
    "/coach/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/invitations/<uuid:pk>/take-back/": {"POST": (302, 302)},
    "/coach/clients/<uuid:pk>/": {"GET": (200, 200)},
    "/coach/clients/<uuid:pk>/brief/": {"GET": (200, 404)},
    "/coach/clients/<uuid:pk>/sessions/": {"POST": (302, 404)},
    "/coach/clients/<uuid:pk>/notes/": {"POST": (200, 200)},
    "/coach/clients/<uuid:pk>/suggest/": {"GET": (302, 404), "POST": (200, 404)},
    "/coach/notes/<uuid:pk>/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/notes/<uuid:pk>/delete/": {"POST": (302, 302)},
    "/coach/notes/<uuid:pk>/restore/": {"POST": (404, 404)},  # it is not removed
    "/coach/suggest/": {"GET": (200, 200)},
    "/coach/sessions/<uuid:pk>/": {"GET": (200, 404), "POST": (302, 404)},
    "/coach/sessions/<uuid:pk>/autosave/": {"POST": (422, 404)},
    "/coach/sessions/<uuid:pk>/notes/": {"POST": (200, 404)},
    "/coach/agreements/<uuid:pk>/": {"GET": (200, 404), "POST": (200, 404)},
    "/coach/agreements/<uuid:pk>/withdraw/": {"POST": (302, 404)},
    "/coach/library/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/library/<uuid:pk>/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/library/<uuid:pk>/delete/": {"POST": (302, 302)},
    "/coach/library/<uuid:pk>/restore/": {"POST": (404, 404)},
    "/coach/templates/": {"POST": (200, 200)},
    "/coach/templates/<uuid:pk>/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/templates/<uuid:pk>/delete/": {"POST": (302, 302)},
    "/coach/templates/<uuid:pk>/restore/": {"POST": (404, 404)},
    "/coach/programs/": {"GET": (200, 200)},
    "/coach/programs/new/": {"GET": (302, 302), "POST": (200, 200)},
    "/coach/programs/<uuid:pk>/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/programs/<uuid:pk>/offer/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/programs/<uuid:pk>/delete/": {"POST": (302, 302)},
    "/coach/programs/<uuid:pk>/restore/": {"POST": (404, 404)},
    "/coach/client-programs/<uuid:pk>/": {"POST": (302, 404)},
    "/coach/search/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/shared/<str:kind>/": {"GET": (200, 200)},
    "/coach/shared/<str:kind>/<uuid:pk>/": {"GET": (200, 404), "POST": (200, 404)},
    "/coach/photos/<uuid:pk>/<slug:size>/": {"GET": (200, 404)},
    # Neither of them is in a team, so nothing of one is there (test_teams.py, test_handovers.py).
    "/coach/clients/<uuid:pk>/another-coach/": {"GET": (404, 404), "POST": (404, 404)},
    "/coach/handovers/<uuid:pk>/withdraw/": {"POST": (404, 404)},
    "/coach/team/": {"GET": (404, 404), "POST": (404, 404)},
    "/coach/team/settings/": {"GET": (404, 404), "POST": (404, 404)},
    "/coach/team/mark/": {"GET": (404, 404)},
    "/coach/team/leave/": {"POST": (404, 404)},
    "/coach/team/asked/": {"POST": (404, 404)},
    "/coach/team/invitations/<uuid:pk>/take-back/": {"POST": (404, 404)},
    "/coach/team/coaches/<uuid:pk>/ask/": {"GET": (404, 404), "POST": (404, 404)},
    "/coach/team/coaches/<uuid:pk>/remove/": {"POST": (404, 404)},
    "/coach/team/coaches/<uuid:pk>/appoint/": {"POST": (404, 404)},
}


@pytest.fixture(scope="module")
def cast(module_data) -> dict[str, Any]:
    """What is mira's, and what ada shares with her; eve coaches, and nobody."""
    ada = make_person("ada@example.org", zone="Europe/Berlin")
    mira, eve = (made_coach(make_person(f"{name}@example.org")) for name in ("mira", "eve"))
    one = link(ada, mira)
    entry = make_entry(ada, "Zanzibar")
    photo = make_photo(entry)
    share(one, entry, photos=[photo.pk])
    with acting_as(mira):
        note = CoachNote.objects.create(owner=mira, client=client_of(one), body="Zanzibar")
        prompt = LibraryPrompt.objects.create(owner=mira, text="Zanzibar?")
        template = NoteTemplate.objects.create(owner=mira, name="Zanzibar", lines="Zanzibar?")
        invited = CoachInvitation(owner=mira, direction="by_coach", from_name="Mira")
        invited.aim("someone@example.org", "a-token")
        invited.save(force_insert=True)
    session = make_session(one)
    rows = {"clients": client_of(one), "notes": note, "library": prompt, "sessions": session}
    rows |= {"agreements": propose(one, "Zanzibar", session), "templates": template}
    program = make_program(mira, "Zanzibar")
    rows |= {"programs": program, "client-programs": offer(one, program)}
    rows |= {"handovers": one, "team": one}
    people = {"mira": mira, "eve": eve, "ada": ada}
    return {**rows, **people, "invitations": invited, "shared": entry, "photos": photo, "link": one}


@pytest.fixture
def ada(db, cast) -> User:
    return User.objects.get(pk=cast["ada"].pk)


@pytest.fixture
def mira(db, cast) -> User:
    return User.objects.get(pk=cast["mira"].pk)


@pytest.fixture
def eve(db, cast) -> User:
    return User.objects.get(pk=cast["eve"].pk)


def path_of(address: str, cast: dict[str, Any]) -> str:
    row = cast.get(address.split("/")[2])
    path = address.replace("<uuid:pk>", str(row.pk) if row else "")
    return path.replace("<str:kind>", "entry").replace("<slug:size>", "small")


def test_every_address_has_a_line():
    assert set(EVERY) == {one for one in all_addresses() if one.startswith("/coach/")}


@pytest.mark.parametrize("address", EVERY)
def test_an_address_answers_a_coach_as_it_says_here(address, mira, eve, ada, cast):
    path, surprises = path_of(address, cast), []
    for actor in ("linked", "never", "ended"):
        if actor == "ended":
            with acting_as(ada):
                CoachLink.objects.get().end()
        browser = browser_of(eve if actor == "never" else mira)

        def expected(method: str, actor: str = actor) -> int:
            given = EVERY[address].get("GET" if method == "HEAD" else method)
            if given and actor == "never":
                return 404 if "<uuid:" in address else given[0]
            return given[actor == "ended"] if given else 405

        for method in worth_asking(expected):
            cache.clear()
            with transaction.atomic():
                answered = browser.generic(method, path)
                transaction.set_rollback(True)
            got = answered.status_code
            if got != expected(method):
                surprises.append(f"{actor} {method}: {got}, not {expected(method)}")
            said = complaints(answered, "ada", path)
            if method == "GET":
                said += doubling_forms(browser.get, path, answered)
            if actor == "never" and "Zanzibar" in answered.content.decode():
                said.append("shows a word of ada's or mira's")
            surprises += [f"{actor} {method}: {one}" for one in said]
    assert not surprises, address + "\n  " + "\n  ".join(surprises)


@pytest.mark.parametrize("address", [one for one in EVERY if "<uuid:" in one])
def test_not_yours_looks_like_not_there(address, eve, cast):
    path = path_of(address, cast)
    nothing = address.replace("<uuid:pk>", str(uuid.uuid4()))
    nothing = nothing.replace("<str:kind>", "entry").replace("<slug:size>", "small")
    browser = browser_of(eve)
    for method in ("get", "post"):
        hers = getattr(browser, method)(path, {"body": "x"})
        none = getattr(browser, method)(nothing, {"body": "x"})
        assert hers.status_code == none.status_code
        assert hers.content.decode().split("<main")[-1] == none.content.decode().split("<main")[-1]


# --- switched off


def switched_off_by_the_operator(mira: User, operator_client: Browser) -> None:
    chosen = {"action": "deactivate", "_selected_action": [mira.pk]}
    assert operator_client.post("/admin/people/user/", chosen).status_code == 302


def no_coach_by_the_operator(mira: User, operator_client: Browser) -> None:
    chosen = {"action": "no_longer_coach", "_selected_action": [mira.pk]}
    assert operator_client.post("/admin/people/user/", chosen).status_code == 302


def switched_off(mira: User, operator_client: Browser) -> None:
    """In the database alone, so that the session is still there."""
    User.objects.filter(pk=mira.pk).update(is_active=False)


def no_coach(mira: User, operator_client: Browser) -> None:
    User.objects.filter(pk=mira.pk).update(coaches_since=None)


# The site looks at the person before the method: PUT stands for all but GET and POST. What the
# operator does comes to the same.
TRIED = ("GET", "POST", "PUT")
WAYS = [(switched_off_by_the_operator, TRIED[:2]), (switched_off, TRIED)]
WAYS += [(no_coach_by_the_operator, TRIED[:2]), (no_coach, TRIED)]
SENT = {"body": "Mine", "text": "Mine", "q": "Zanzi", "version": 1, "what": "practice"}
SENT |= {"practice": "promises", "email": "new@example.org", "from_name": "Mira"}
LETS_ANYONE_IN = "django.contrib.auth.backends.AllowAllUsersModelBackend"


def stored(ada: User, mira: User) -> list[int]:
    found = []
    for person, models in (
        (ada, (Comment, AccessLogEntry, Suggestion, Agreement, CoachSession, ClientProgram)),
        (mira, (CoachNote, LibraryPrompt, NoteTemplate, CoachInvitation, Program)),
    ):
        with acting_as(person):
            found += [model.objects.filter(deleted_at=None).count() for model in models]
    return found


@pytest.mark.parametrize(("way", "methods"), WAYS)
def test_a_coach_who_was_switched_off_meets_nothing_by_any_address_and_method(
    ada, mira, cast, operator_client, way: Callable[[User, Browser], None], methods
):
    """The session was open before, and lives on where nobody ended it."""
    browser, surprises = browser_of(mira), []
    assert "Zanzibar" in browser.get(path_of("/coach/shared/<str:kind>/<uuid:pk>/", cast)).text
    before = stored(ada, mira)
    way(mira, operator_client)
    mira.refresh_from_db()

    for address in EVERY:
        path = path_of(address, cast)
        for method in methods:
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                sent = {"data": SENT} if method == "POST" else {}
                answered = getattr(browser, method.lower())(path, **sent)
            got = answered.status_code
            # What was posted comes back with a page to sign in on, so that no word is lost.
            away = (
                got == 403 if sent else got == 302 and answered.url.startswith("/accounts/login/")
            )
            if not (got == 404 if mira.is_active else away):
                surprises.append(f"{method} {path}: {got}")
            if "Zanzibar" in answered.text:
                surprises.append(f"{method} {path}: shows a word")
            surprises += [f"{method} {path}: {one}" for one in read_by(captured)]
    assert not surprises, "\n".join(surprises)
    assert stored(ada, mira) == before


def read_by(captured: Any) -> list[str]:
    """Statements that read or write what is somebody's. Holding the links reads none of it."""
    words = [kind.table._meta.db_table for kind in KINDS.values()] + ["coaching_"]
    asked = [one["sql"].replace("coaching_lock_links()", "") for one in captured]
    return [sql for sql in asked if any(word in sql for word in words)]


def test_the_site_itself_keeps_out_who_is_switched_off(mira, cast, settings):
    """Even where signing in would not: the two do not lean on each other."""
    settings.AUTHENTICATION_BACKENDS = [LETS_ANYONE_IN]
    browser = Browser()
    browser.force_login(mira, backend=LETS_ANYONE_IN)
    showed(browser)
    assert browser.get("/coach/").status_code == 200

    User.objects.filter(pk=mira.pk).update(is_active=False)

    for address in EVERY:
        for method in TRIED:
            assert browser.generic(method, path_of(address, cast)).status_code == 404, address
