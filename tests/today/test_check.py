"""The daily check-in: one tap each, or the whole page at once; the last answer stands."""

from datetime import date

import pytest
import time_machine

from journal.privacy.wall import acting_as
from journal.promises.models import Promise
from tests.promises.making import answer, make_promise
from tests.today.making import make_daily_check

NOW = "2026-11-19T20:00:00+01:00"  # a Thursday evening, where ada lives
TODAY, YESTERDAY = date(2026, 11, 19), date(2026, 11, 18)
LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _that_evening():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def walk(ada) -> Promise:
    return make_promise(ada, starts_on=LONG_AGO)


def send(client, target: str = "", **fields):
    """Posts fields; with a target as HTMX does, from a page of today."""
    sent = {"date": "2026-11-19", "seen": "2026-11-19"}
    sent |= {name.replace("__", "-"): value for name, value in fields.items()}
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    return client.post("/today/check/", sent, headers=headers)


def told(person) -> list[tuple]:
    with acting_as(person):
        rows = person.daily_checks.order_by("date")
        return [(row.date, row.trust, row.visit, row.credit) for row in rows]


def answers(promise: Promise) -> list[tuple]:
    with acting_as(promise.owner):
        rows = promise.checkins.order_by("due_on")
        return [(row.due_on, row.status, row.excuse, row.note) for row in rows]


def test_a_tap_is_kept_and_says_so(ada, ada_client):
    response = send(ada_client, "said-trust", trust="4")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.strip().startswith('<div class="row" id="said-trust">')
    assert '<div hx-swap-oob="innerHTML:#said">Saved. Done for today.</div>' in page
    assert told(ada) == [(TODAY, 4, "", "")]


def test_each_tap_leaves_the_other_answers_alone(ada, ada_client):
    send(ada_client, "said-trust", trust="4")
    send(ada_client, "said-visit", visit="critic")
    send(ada_client, "said-credit", credit="Rang despite nerves")

    assert told(ada) == [(TODAY, 4, "critic", "Rang despite nerves")]


def test_without_javascript_the_whole_page_is_kept_at_once(ada, ada_client, walk):
    response = send(
        ada_client,
        trust="2",
        visit="none",
        credit="I said no",
        **{f"{walk.pk}__status": "missed", f"{walk.pk}__note": "Rain", f"{walk.pk}__was": ""},
    )

    assert response.url == "/today/"
    assert told(ada) == [(TODAY, 2, "none", "I said no")]
    assert answers(walk) == [(TODAY, "missed", "", "Rain")]
    assert "Done for today." in ada_client.get("/today/").content.decode()


def test_what_was_not_touched_is_not_said_again(ada, ada_client, walk):
    """This page was made before the phone said otherwise."""
    make_daily_check(ada, trust=5, visit="critic", credit="Rang")
    answer(walk, {TODAY: "kept"}, note="In the rain")

    send(
        ada_client,
        **{"trust": "3", "was__trust": "3", "visit": "none", "was__visit": "", "credit": ""},
        **{"was__credit": "", f"{walk.pk}__status": "missed", f"{walk.pk}__was": "missed:"},
        **{f"{walk.pk}__note": "", f"{walk.pk}__was_note": ""},
    )

    assert told(ada) == [(TODAY, 5, "none", "Rang")]
    assert answers(walk) == [(TODAY, "kept", "", "In the rain")]


def test_nothing_told_is_no_row(ada, ada_client):
    assert send(ada_client).url == "/today/"
    assert send(ada_client, credit="  ", was__credit="").url == "/today/"
    assert told(ada) == []


def test_undo_gives_back_what_stood_there(ada, ada_client):
    send(ada_client, "said-trust", trust="4")
    page = send(ada_client, "said-trust", trust="1").content.decode()
    assert """hx-vals='{"trust": "4"}' hx-target="#ask-trust\"""" in page

    page = send(ada_client, "ask-trust", trust="4").content.decode()

    assert page.strip().startswith('<fieldset class="scale stack stack-s" id="ask-trust">')
    assert 'value="4" checked' in page
    assert "Taken back." in page
    assert told(ada) == [(TODAY, 4, "", "")]


def test_undo_of_the_first_answer_takes_it_away(ada, ada_client):
    page = send(ada_client, "said-visit", visit="boundary").content.decode()
    assert """hx-vals='{"visit": ""}'""" in page

    page = send(ada_client, "ask-visit", visit="").content.decode()

    assert "checked" not in page
    assert told(ada) == [(TODAY, None, "", "")]


def test_a_promise_is_answered_with_a_tap_and_taken_back_with_another(ada_client, walk):
    row = f"said-{walk.pk}"
    page = send(ada_client, row, **{f"{walk.pk}__status": "missed"}).content.decode()

    assert page.strip().startswith(f'<div class="stack stack-xs" id="{row}">')
    assert "That happened." in page
    assert "Next chance: Tomorrow, Friday 20 November." in page
    assert "Saved. Walk after lunch: Missed. Done for today." in page
    assert f'"{walk.pk}-status": "clear"' in page
    assert answers(walk) == [(TODAY, "missed", "", "")]

    page = send(ada_client, f"due-{walk.pk}", **{f"{walk.pk}__status": "clear"}).content.decode()
    assert page.strip().startswith(f'<li class="promise" id="due-{walk.pk}">')
    assert "checked" not in page
    assert answers(walk) == []


def test_a_tap_keeps_the_note_of_another_device(ada_client, walk):
    answer(walk, {TODAY: "missed"}, note="The call ran over")

    send(ada_client, f"said-{walk.pk}", **{f"{walk.pk}__status": "kept_small"})

    assert answers(walk) == [(TODAY, "kept_small", "", "The call ran over")]


def test_life_happened_asks_what_it_was(ada_client, walk):
    key = str(walk.pk)
    page = send(ada_client, f"said-{key}", **{f"{key}__status": "excused"}).content.decode()
    assert "Choose what it was." in page
    assert answers(walk) == []

    send(ada_client, f"said-{key}", **{f"{key}__status": "excused", f"{key}__excuse": "ill"})
    assert answers(walk) == [(TODAY, "excused", "ill", "")]
