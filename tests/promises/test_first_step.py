"""The first step: what one told oneself, from which one is chosen."""

import pytest
import time_machine

from journal.privacy.rls import acting_as
from tests.flow_client import hidden, post
from tests.promises.factories import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def drafts(person) -> list[str]:
    with acting_as(person):
        return [draft.statement for draft in person.promises.begun().order_by("id")]


def lines(person) -> list[str]:
    with acting_as(person):
        return sorted(line.statement for line in person.promises.waiting())


def test_lines_wait_on_the_list_and_the_chosen_one_becomes_a_draft(ada, ada_client):
    response = post(ada_client, "/promises/new/", lines="Walk\n\n  Call   Gran \nSleep\nWalk")

    assert drafts(ada) == []
    assert lines(ada) == ["Call Gran", "Sleep", "Walk"]
    page = ada_client.get(response.url).content.decode()
    assert "Which one first?" in page
    with acting_as(ada):
        gran = next(one for one in ada.promises.all() if one.statement == "Call Gran")
    left = post(ada_client, response.url, chosen=str(gran.pk), lines="Read", do="stop")
    assert (left.url, drafts(ada)) == ("/promises/", [])
    chosen = post(ada_client, response.url, chosen=str(gran.pk))
    assert chosen.url == f"/promises/{gran.pk}/step/promise/"
    assert drafts(ada) == ["Call Gran"]
    assert lines(ada) == ["Read", "Sleep", "Walk"]


def test_one_line_leads_straight_to_its_promise(ada, ada_client):
    response = post(ada_client, "/promises/new/", lines="Walk")

    with acting_as(ada):
        assert response.url == f"/promises/{ada.promises.get().pk}/step/promise/"
    assert "Walk" in ada_client.get(response.url).content.decode()


def test_a_list_sent_twice_makes_each_line_once(ada, ada_client):
    fields = hidden(ada_client.get("/promises/new/", follow=True).content.decode())

    first = ada_client.post("/promises/new/", fields | {"lines": "Walk\nSleep"})
    again = ada_client.post("/promises/new/", fields | {"lines": "Walk\nSleep"})
    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert lines(ada) == ["Sleep", "Walk"]
    ada_client.post("/promises/new/", fields | {"lines": "Swim\nSleep"})
    assert lines(ada) == ["Sleep", "Swim", "Walk"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("x" * 141, "is longer than 140 characters"),
        ("\n".join(f"Line {n}" for n in range(21)), "Twenty at a time is plenty"),
        ("x" * 4001, "at most 4000"),
    ],
)
def test_too_much_of_a_list_gets_a_sentence(ada, ada_client, lines, sentence):
    response = post(ada_client, "/promises/new/", lines=lines)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert lines in response.content.decode()
    with acting_as(ada):
        assert not ada.promises.exists()


def test_a_forged_choice_is_refused(ada, eve, ada_client):
    theirs = make_draft(eve, "Eve's own")
    mine = make_draft(ada)

    response = post(ada_client, f"/promises/{mine.pk}/step/list/", chosen=str(theirs.pk))

    assert response.status_code == 200
    assert "is not one of the available choices" in response.content.decode()
