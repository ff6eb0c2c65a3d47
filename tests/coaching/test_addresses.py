"""Every address under /coach/ x every method, for a coach: linked, linked once, never linked.

tests/routes/table.py says what everybody else gets, which is nothing.
"""

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from journal.coaching.models import CoachInvitation, CoachNote, LibraryPrompt
from journal.people.models import User
from journal.privacy.wall import acting_as
from tests.coaching.making import link, made_coach, share
from tests.coaching.visiting import browser_of, client_of
from tests.makers import make_entry
from tests.routes.addresses import all_addresses
from tests.routes.lines import METHODS
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
    "/coach/clients/<uuid:pk>/suggest/": {"GET": (200, 404), "POST": (200, 404)},
    "/coach/notes/<uuid:pk>/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/notes/<uuid:pk>/delete/": {"POST": (302, 302)},
    "/coach/notes/<uuid:pk>/restore/": {"POST": (404, 404)},  # it is not removed
    "/coach/suggest/": {"GET": (200, 200)},
    "/coach/library/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/library/<uuid:pk>/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/library/<uuid:pk>/delete/": {"POST": (302, 302)},
    "/coach/library/<uuid:pk>/restore/": {"POST": (404, 404)},
    "/coach/search/": {"GET": (200, 200), "POST": (200, 200)},
    "/coach/shared/<str:kind>/": {"GET": (200, 200)},
    "/coach/shared/<str:kind>/<uuid:pk>/": {"GET": (200, 404), "POST": (200, 404)},
}


@pytest.fixture
def cast(ada, mira, eve) -> dict[str, Any]:
    """What is mira's, and what ada shares with her; eve coaches, and nobody."""
    made_coach(eve)
    one = link(ada, mira)
    entry = make_entry(ada, "Zanzibar")
    share(one, entry)
    with acting_as(mira):
        note = CoachNote.objects.create(owner=mira, client=client_of(one), body="Zanzibar")
        prompt = LibraryPrompt.objects.create(owner=mira, text="Zanzibar?")
        invited = CoachInvitation(owner=mira, direction="by_coach", from_name="Mira")
        invited.aim("someone@example.org", "a-token")
        invited.save(force_insert=True)
    rows = {"clients": client_of(one), "notes": note, "library": prompt}
    return {**rows, "invitations": invited, "shared": entry, "link": one}


def path_of(address: str, cast: dict[str, Any]) -> str:
    row = cast.get(address.split("/")[2])
    path = address.replace("<uuid:pk>", str(row.pk) if row else "")
    return path.replace("<str:kind>", "entry")


def test_every_address_has_a_line():
    assert set(EVERY) == {one for one in all_addresses() if one.startswith("/coach/")}


@pytest.mark.parametrize("address", EVERY)
def test_an_address_answers_a_coach_as_it_says_here(address, mira, eve, ada, cast):
    path, surprises = path_of(address, cast), []
    for actor in ("linked", "never", "ended"):
        if actor == "ended":
            with acting_as(ada):
                cast["link"].end()
        person: User = eve if actor == "never" else mira
        for method in METHODS:
            cache.clear()
            browser = browser_of(person)
            with transaction.atomic():
                answered = browser.generic(method, path)
                transaction.set_rollback(True)
            got = answered.status_code
            given = EVERY[address].get("GET" if method == "HEAD" else method)
            if not given:
                expected = 405
            elif actor == "never":
                expected = 404 if "<uuid:" in address else given[0]
            else:
                expected = given[actor == "ended"]
            if got != expected:
                surprises.append(f"{actor} {method}: {got}, not {expected}")
            said = complaints(answered, "ada", path)
            if actor == "never" and "Zanzibar" in answered.content.decode():
                said.append("shows a word of ada's or mira's")
            surprises += [f"{actor} {method}: {one}" for one in said]
    assert not surprises, address + "\n  " + "\n  ".join(surprises)


@pytest.mark.parametrize("address", [one for one in EVERY if "<uuid:" in one])
def test_not_yours_looks_like_not_there(address, eve, cast):
    path = path_of(address, cast)
    nothing = address.replace("<uuid:pk>", str(uuid.uuid4())).replace("<str:kind>", "entry")
    for method in ("get", "post"):
        hers = getattr(browser_of(eve), method)(path, {"body": "x"})
        none = getattr(browser_of(eve), method)(nothing, {"body": "x"})
        assert hers.status_code == none.status_code
        assert hers.content.decode().split("<main")[-1] == none.content.decode().split("<main")[-1]
