"""Client and coach at the same time with one program: one waits, and nothing arrives unasked."""

from uuid import uuid4

import pytest
from django.db import transaction

from journal.coaching import programs as offering
from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.sharing import programs
from journal.sharing.models import ClientProgram, Suggestion
from tests.coaching.coach_client import browser_of, client_of
from tests.coaching.factories import link, make_program, offer
from tests.coaching.interleaving import Other
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def state_of(person) -> str:
    with acting_as(person):
        return ClientProgram.objects.get().state(clock.today(person))


# What the client does first, while the coach's click waits; and the other way round.
MEETINGS = [
    ("start", "stop", "stopped"),  # withdrawn too late: it is stopped, which the coach may do
    ("stop", "pause", "stopped"),
    ("pause", "resume", "paused"),
    ("decline", "stop", "declined"),
]


@pytest.mark.parametrize(("first", "then", "state"), MEETINGS)
def test_the_coachs_click_waits_for_hers(ada, mira, first, then, state):
    running = {} if first in ("start", "decline") else {"started_on": clock.today(ada)}
    row = offer(link(ada, mira), make_program(mira), **running)
    path, browser = f"/coach/client-programs/{row.pk}/", browser_of(mira)
    with transaction.atomic(), acting_as(ada):
        own = ClientProgram.objects.select_related("link").get()
        own.link.lock()
        assert programs.act(own, first, "client", clock.today(ada))
        other = Other(lambda: browser.post(path, {"do": then})).until_it_waits()
    assert other.done().status_code == 302
    assert state_of(ada) == state


@pytest.mark.parametrize(
    ("first", "then", "status", "state"),
    [("stop", "start", 409, "withdrawn"), ("pause", "stop", 302, "stopped")],
)
def test_her_click_waits_for_the_coachs(ada, mira, first, then, status, state):
    running = {} if first == "stop" else {"started_on": clock.today(ada)}
    row = offer(link(ada, mira), make_program(mira), **running)
    browser = signed_in(ada)
    with transaction.atomic(), acting_as(mira, role=COACH):
        with acting_as(ada):
            own = ClientProgram.objects.select_related("link").select_for_update().get()
            assert programs.act(own, first, "coach", clock.today(ada))
        click = Other(lambda: browser.post(row.get_absolute_url(), {"do": then})).until_it_waits()
    assert click.done().status_code == status
    assert state_of(ada) == state


def test_two_clicks_of_hers_start_it_once(ada, mira):
    row = offer(link(ada, mira), make_program(mira))
    first, second = signed_in(ada), signed_in(ada)
    with transaction.atomic(), acting_as(ada):
        own = ClientProgram.objects.select_for_update().get()
        sent = {"do": "start"}
        clicks = [Other(lambda: first.post(own.get_absolute_url(), sent)).until_it_waits()]
        clicks += [Other(lambda: second.post(own.get_absolute_url(), sent)).until_it_waits()]
    assert [one.done().status_code for one in clicks] == [302, 302]
    with acting_as(ada):
        assert [one.what for one in ada.consentevents.all()] == ["started"]
    assert row.pk == own.pk


@pytest.mark.parametrize("ids", ["one form", "two tabs"])
def test_two_clicks_of_the_coachs_offer_it_once(ada, mira, ids):
    own, program = link(ada, mira), make_program(mira)
    path, browsers = f"/coach/programs/{program.pk}/offer/", [browser_of(mira), browser_of(mira)]
    one = {"id": uuid4(), "version": 1, "clients": [str(client_of(own).pk)]}
    forms = [one, one if ids == "one form" else one | {"id": uuid4()}]
    with transaction.atomic(), acting_as(mira):
        assert mira.programs.select_for_update().get()
        clicks = [
            Other(lambda at=at, form=form: at.post(path, form)).until_it_waits()
            for at, form in zip(browsers, forms, strict=True)
        ]
    answers = sorted(one.done().status_code for one in clicks)
    assert answers == ([302, 302] if ids == "one form" else [302, 409])
    with acting_as(ada):
        assert ClientProgram.objects.count() == 1
        assert Suggestion.objects.count() == 3


@pytest.mark.parametrize("way", ["end", "comments"])
def test_nothing_is_offered_to_who_has_just_ended_it_or_turned_it_off(ada, mira, way):
    own, program = link(ada, mira), make_program(mira)
    path, browser = f"/coach/programs/{program.pk}/offer/", browser_of(mira)
    sent = {"id": uuid4(), "version": 1, "clients": [str(client_of(own).pk)]}
    with transaction.atomic(), acting_as(ada):
        if way == "end":
            own.end()
        else:
            own.lock()
            own.mute(muted=True)
        other = Other(lambda: browser.post(path, sent)).until_it_waits()
    assert other.done().status_code in (200, 409)
    with acting_as(ada):
        assert not ClientProgram.objects.exists()


def test_comments_turned_off_while_it_is_offered_wait_for_it_and_nothing_is_asked(ada, mira):
    own, program = link(ada, mira), make_program(mira)
    browser = signed_in(ada)
    off = f"/sharing/grants/{own.pk}/comments/"
    with transaction.atomic(), acting_as(mira, role=COACH):
        offering.offer(program, [own], uuid4(), clock.today(ada))
        click = Other(lambda: browser.post(off, {"do": "off"})).until_it_waits()
    assert click.done().status_code == 302
    assert "A program to look at" not in browser.get("/today/").content.decode()
    row = ClientProgram.objects.only("id").get()
    assert browser.post(f"/sharing/programs/{row.pk}/", {"do": "start"}).status_code == 409
