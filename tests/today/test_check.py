"""The answers of a day: one tap each, or the whole page at once; the last answer stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client

from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from tests.conftest import signed_in
from tests.factories import make_person
from tests.page import compact
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check

NOW = "2026-11-19T20:00:00+01:00"  # a Thursday evening, where ada lives
TODAY, YESTERDAY = date(2026, 11, 19), date(2026, 11, 18)
LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
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


def stored(person) -> list[tuple]:
    with acting_as(person):
        rows = person.daily_checks.order_by("date")
        return [(row.date, row.trust, row.visit, row.credit) for row in rows]


def answers(promise: Promise) -> list[tuple]:
    with acting_as(promise.owner):
        rows = promise.checkins.order_by("due_on")
        return [(row.due_on, row.status, row.excuse, row.note) for row in rows]


def test_a_tap_is_kept_and_says_so(ada, ada_client):
    response = send(ada_client, "said-trust", trust="4")

    page = compact(response)
    assert response.status_code == 200
    assert page.strip().startswith('<div class="row" id="said-trust">')
    assert '<div data-hx-swap-oob="innerHTML:#said">Saved.</div>' in page
    assert stored(ada) == [(TODAY, 4, "", "")]


def test_each_tap_leaves_the_other_answers_alone(ada, ada_client):
    send(ada_client, "said-trust", trust="4")
    send(ada_client, "said-visit", visit="critic")
    send(ada_client, "said-credit", credit="Rang despite nerves")

    assert stored(ada) == [(TODAY, 4, "critic", "Rang despite nerves")]


def test_without_javascript_the_whole_page_is_kept_at_once(ada, ada_client, walk):
    response = send(
        ada_client,
        trust="2",
        visit="none",
        credit="I said no",
        **{f"{walk.pk}__status": "missed", f"{walk.pk}__note": "Rain", f"{walk.pk}__was": ""},
    )

    assert response.url == "/today/"
    assert stored(ada) == [(TODAY, 2, "none", "I said no")]
    assert answers(walk) == [(TODAY, "missed", "", "Rain")]
    assert f'name="{walk.pk}-status" value="missed" checked' in compact(ada_client.get("/today/"))


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

    assert stored(ada) == [(TODAY, 5, "none", "Rang")]
    assert answers(walk) == [(TODAY, "kept", "", "In the rain")]


def test_nothing_told_is_no_row(ada, ada_client):
    assert send(ada_client).url == "/today/"
    assert send(ada_client, credit="  ", was__credit="").url == "/today/"
    assert stored(ada) == []


def test_undo_gives_back_what_stood_there(ada, ada_client):
    send(ada_client, "said-trust", trust="4")
    page = compact(send(ada_client, "said-trust", trust="1"))
    assert """data-hx-vals='{"trust": "4"}' data-hx-target="#ask-trust\"""" in page

    page = compact(send(ada_client, "ask-trust", trust="4"))

    assert page.strip().startswith('<fieldset class="scale stack stack-s" id="ask-trust">')
    assert 'value="4" checked' in page
    assert "Undone." in page
    assert stored(ada) == [(TODAY, 4, "", "")]


def test_undo_of_the_first_answer_takes_it_away(ada, ada_client):
    page = compact(send(ada_client, "said-visit", visit="boundary"))
    assert """data-hx-vals='{"visit": ""}'""" in page

    page = compact(send(ada_client, "ask-visit", visit=""))

    assert "checked" not in page
    assert stored(ada) == [(TODAY, None, "", "")]


def test_a_promise_is_answered_with_a_tap_and_taken_back_with_another(ada_client, walk):
    row = f"said-{walk.pk}"
    page = compact(send(ada_client, row, **{f"{walk.pk}__status": "missed"}))

    assert page.strip().startswith(f'<div class="said" id="{row}">')
    assert "Next chance: Tomorrow, Friday 20 November." in page
    assert "Note, shrink or pause" in page
    assert "Saved. Walk after lunch: Missed." in page
    assert f'"{walk.pk}-status": "clear"' in page
    assert answers(walk) == [(TODAY, "missed", "", "")]

    page = compact(send(ada_client, f"due-{walk.pk}", **{f"{walk.pk}__status": "clear"}))
    start = f'<li class="due" id="due-{walk.pk}" data-hx-sync="this:queue all">'
    assert page.strip().startswith(start)
    assert "checked" not in page
    assert answers(walk) == []


def test_a_tap_keeps_the_note_of_another_device(ada_client, walk):
    answer(walk, {TODAY: "missed"}, note="The call ran over")

    send(ada_client, f"said-{walk.pk}", **{f"{walk.pk}__status": "kept_small"})

    assert answers(walk) == [(TODAY, "kept_small", "", "The call ran over")]


def test_a_note_alone_offers_no_undo(ada_client, walk):
    answer(walk, {TODAY: "missed"})
    fields = {f"{walk.pk}__status": "missed", f"{walk.pk}__note": "The call ran over"}

    page = compact(send(ada_client, f"said-{walk.pk}", **fields))

    assert "Saved" in page
    assert "Undo" not in page
    assert answers(walk) == [(TODAY, "missed", "", "The call ran over")]


def test_life_happened_is_saved_and_asks_what_it_was(ada_client, walk):
    key = str(walk.pk)
    page = compact(send(ada_client, f"said-{key}", **{f"{key}__status": "excused"}))
    assert f'name="{key}-excuse"' in page
    assert answers(walk) == [(TODAY, "excused", "", "")]

    send(ada_client, f"said-{key}", **{f"{key}__status": "excused", f"{key}__excuse": "ill"})
    assert answers(walk) == [(TODAY, "excused", "ill", "")]


# --- what cannot be kept


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"trust": "9"}, "Choose one of the five."),
        ({"trust": "0"}, "Choose one of the five."),
        ({"trust": "four"}, "Choose one of the five."),
        ({"visit": "ghost"}, "Choose one of the three."),
        ({"credit": "x" * 201}, "This holds up to 200 characters."),
        ({"credit": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(ada, ada_client, fields, sentence):
    sent = {"date": "2026-11-19", "seen": "2026-11-19", "credit": "Rang despite nerves", **fields}

    response = ada_client.post("/today/check/", sent)

    page = compact(response)
    assert response.status_code == 200
    assert page.count(sentence) >= 1
    assert sent["credit"].replace("\x00", "") in page.replace("\x00", "")


def test_what_is_fine_is_kept_beside_what_is_not(ada, ada_client, walk):
    send(ada_client, trust="9", visit="none", credit="Rang", **{f"{walk.pk}__status": "kept"})

    assert stored(ada) == [(TODAY, None, "none", "Rang")]
    assert answers(walk) == [(TODAY, "kept", "", "")]


def test_a_row_that_comes_back_shows_what_was_typed(ada_client, walk):
    key = str(walk.pk)
    fields = {f"{key}__status": "missed", f"{key}__note": "x" * 501, f"{key}__was": ""}

    page = compact(send(ada_client, **fields))

    assert f'name="{key}-status" value="missed" checked' in page
    assert "x" * 501 in page
    assert "at most 500" in page
    assert answers(walk) == []


@pytest.mark.parametrize("status", ["perfect", ""])
def test_an_answer_that_is_none(ada_client, walk, status):
    response = send(ada_client, **{f"{walk.pk}__status": status})

    assert response.status_code == 200
    assert answers(walk) == []


@pytest.mark.parametrize("key", ["01a00000-0000-7000-8000-000000000000", "nobody", "", "\x00"])
def test_a_forged_promise_is_not_there(ada, ada_client, key):
    page = send(ada_client, trust="4", **{f"{key}__status": "kept"})

    assert stored(ada) == [(TODAY, 4, "", "")]
    assert page.status_code == (200 if key.startswith("01") else 302)


def test_eves_promise_cannot_be_told_from_none(ada, eve, ada_client):
    hers = make_promise(eve)
    forged = compact(send(ada_client, **{f"{hers.pk}__status": "kept"}))
    tapped = send(ada_client, f"said-{hers.pk}", **{f"{hers.pk}__status": "kept"})

    assert "One promise on this page is not there any more." in forged
    assert (tapped.status_code, tapped["HX-Redirect"]) == (204, "/today/")
    assert answers(hers) == []


def test_a_promise_that_is_not_due_that_day(ada, ada_client):
    mondays = make_promise(ada, starts_on=LONG_AGO, cadence="weekdays", weekdays=[0])

    page = compact(send(ada_client, **{f"{mondays.pk}__status": "kept"}))

    assert "Nothing was due on that day." in page
    assert answers(mondays) == []


def test_who_is_signed_out_gets_their_words_back_and_nothing_is_stored(db, client):
    page = send(client, credit="Rang despite nerves")

    assert page.status_code == 403
    assert "Rang despite nerves" in compact(page)


# --- many at once


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_row_and_no_error():
    with time_machine.travel(NOW, tick=False):
        ada = make_person("ada@example.org", zone="Europe/Berlin")
        walk = make_promise(ada, starts_on=LONG_AGO)
        cookies = signed_in(ada).cookies

        def tap(number: int) -> int:
            try:
                fields = {"trust": str(number % 5 + 1), f"{walk.pk}__status": "kept"}
                client = Client()
                client.cookies = cookies
                return send(client, f"said-{walk.pk}", **fields).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(tap, range(20)))

        assert statuses == [200] * 20
        assert [row[0] for row in stored(ada)] == [TODAY]
        assert answers(walk) == [(TODAY, "kept", "", "")]
        send(signed_in(ada), "said-trust", trust="2")
        assert stored(ada) == [(TODAY, 2, "", "")]


# --- two pages


@pytest.mark.parametrize("name", ["credit", "visit_words"])
@pytest.mark.parametrize("by", ["page", "tap"])
def test_words_of_another_page_are_shown_before_they_are_replaced(ada, ada_client, by, name):
    row = make_daily_check(ada, TODAY, **{name: "Rang despite nerves"})
    stale, target = {f"was-{name}": "", name: "Walked"}, f"said-{name}" if by == "tap" else ""

    def kept():
        with acting_as(ada):
            row.refresh_from_db()
        return getattr(row, name)

    page = compact(send(ada_client, target, **stale))
    assert "“Rang despite nerves”" in page
    assert kept() == "Rang despite nerves"
    assert f'name="was-{name}" value="Rang despite nerves"' in page

    send(ada_client, target, **{**stale, f"was-{name}": "Rang despite nerves"})
    assert kept() == "Walked"


def test_words_of_a_visit_are_kept_with_the_day(ada, ada_client):
    send(ada_client, "said-visit_words", visit_words="On the stairs")
    assert "On the stairs</textarea>" in compact(send(ada_client, "ask-visit", visit=""))
    refused = compact(send(ada_client, visit_words="x" * 201))
    assert "x" * 201 in refused
    assert 'id="visit_words-error"' in refused


@pytest.mark.parametrize("target", ["", "said"])
def test_a_note_of_another_page_is_shown_before_it_is_replaced(ada_client, walk, target):
    answer(walk, {TODAY: "missed"}, note="The call ran over")
    key, target = str(walk.pk), target and f"said-{walk.pk}"
    stale = {f"{key}-was": "missed:", f"{key}-was_note": "", f"{key}-note": "Rain"}
    stale[f"{key}-status"] = "missed"

    page = compact(send(ada_client, target, **stale))
    assert "“The call ran over”" in page
    assert answers(walk) == [(TODAY, "missed", "", "The call ran over")]

    send(ada_client, target, **{**stale, f"{key}-was_note": "The call ran over"})
    assert answers(walk) == [(TODAY, "missed", "", "Rain")]


def test_a_page_that_did_not_touch_the_note_keeps_the_one_of_another(ada_client, walk):
    answer(walk, {TODAY: "missed"}, note="The call ran over")
    key = str(walk.pk)
    stale = {f"{key}-was": "missed:", f"{key}-was_note": "", f"{key}-note": ""}

    send(ada_client, **stale, **{f"{key}-status": "kept_small"})

    assert answers(walk) == [(TODAY, "kept_small", "", "The call ran over")]
