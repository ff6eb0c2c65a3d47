"""Done for today: said once, with one sentence of evidence, and nothing is asked any more."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.lessons.factories import make_lesson, make_use
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check
from tests.today.test_check import answers, send, stored
from tests.today.test_today import (
    LONG_AGO,
    TODAY,
    _frozen_clock,  # noqa: F401
    ago,
    page,
    statements,
)

OFTEN = {ago(days): "kept" for days in range(1, 15)}


def close(person, days: int = 0) -> None:
    make_daily_check(person, ago(days), done_at=timezone.now() - timedelta(days=days))


def closed_page(ada) -> str:
    close(ada)
    found = page(signed_in(ada))
    assert "<h1>Done for today</h1>" in found
    return found


def test_the_button_saves_everything_and_closes_the_day(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)

    sent = {f"{walk.pk}__status": "kept", f"{walk.pk}__was": "", "credit": "Rang"}
    assert send(ada_client, do="done", **sent).url == "/today/"

    found = page(ada_client)
    assert "<h1>Done for today</h1>" in found
    assert "<textarea" not in found
    assert "Saved." not in found
    assert stored(ada) == [(TODAY, None, "", "Rang")]
    assert [one[:2] for one in answers(walk)] == [(TODAY, "kept")]


def test_pressed_twice_it_is_one_row(ada, ada_client):
    for _time in range(2):
        send(ada_client, do="done")

    with acting_as(ada):
        assert ada.daily_checks.get().done_at is not None


def test_what_cannot_be_saved_leaves_the_day_open(ada, ada_client):
    found = send(ada_client, do="done", credit="x" * 201).content.decode()

    assert "x" * 201 in found
    with acting_as(ada):
        assert not ada.daily_checks.exists()


def test_an_answer_can_still_be_changed(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    answer(walk, {TODAY: "kept"})
    assert 'href="/today/?change=1"' in closed_page(ada)

    assert f'name="{walk.pk}-status" value="kept" checked' in page(ada_client, "/today/?change=1")


def test_the_next_day_is_open_again(ada):
    close(ada)

    with time_machine.travel("2026-11-20T09:00:00+01:00"):
        assert "Done for today</h1>" not in page(signed_in(ada))


def test_a_promise_made_since_then_opens_the_day_again(ada, ada_client):
    close(ada)

    with time_machine.travel("2026-11-19T21:00:00+01:00"):
        make_promise(ada)
        assert "Done for today</h1>" not in page(signed_in(ada))


# --- what it says


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["kept", "missed", "kept"], "2 kept, 1 missed. All 3 recorded."),
        (["missed", "missed"], "2 missed. Tomorrow is separate."),
        (["kept_small"], "1 kept small."),
        (["kept", "excused"], "1 kept, life happened once. All 2 recorded."),
    ],
)
def test_the_answers_are_counted(ada, given, sentence):
    for number, status in enumerate(given):
        answer(make_promise(ada, f"Promise {number}", starts_on=TODAY), {TODAY: status})

    found = closed_page(ada)

    assert sentence in found
    assert "Nothing else is due." in found
    assert found.count("tally-stroke") == len(given)


def test_what_is_still_open_can_be_recorded_tomorrow(ada):
    make_promise(ada, "Phone in the kitchen", starts_on=LONG_AGO)

    found = closed_page(ada)

    assert "Phone in the kitchen can be recorded tomorrow." in found
    assert "Nothing else is due" not in found


def test_without_promises_the_trust_is_the_tally(ada):
    make_daily_check(ada, trust=3)

    assert closed_page(ada).count("tally-stroke") == 3


def test_who_wants_no_numbers_gets_none(ada):
    ada.numbers_hidden_since = timezone.now()
    ada.save(update_fields=["numbers_hidden_since"])
    answer(make_promise(ada, starts_on=LONG_AGO), {**OFTEN, TODAY: "kept"})

    found = closed_page(ada)

    assert "1 kept" not in found
    assert "kept 15 of 15" not in found


# --- one sentence of evidence

RETURN, COUNT, LESSON = "back at the next chance", "times in the last 4 weeks", "A lesson helped on"


def evidence_of(ada) -> list[str]:
    found = closed_page(ada)
    return [one for one in (RETURN, COUNT, LESSON) if one in found]


def test_a_return_after_a_miss_comes_first(ada):
    answer(make_promise(ada, starts_on=LONG_AGO), {**OFTEN, ago(1): "missed", TODAY: "kept_small"})

    assert evidence_of(ada) == [RETURN]


def test_then_how_often_a_promise_was_kept(ada):
    answer(make_promise(ada, starts_on=LONG_AGO), {**OFTEN, ago(3): "kept_small", TODAY: "kept"})

    assert "kept 15 of 15 times in the last 4 weeks, 1 of them small." in closed_page(ada)


@pytest.mark.parametrize("status", ["missed", "kept"])
def test_few_days_or_mostly_misses_are_no_evidence(ada, status):
    few = {day: status for day in OFTEN if status == "missed" or day > ago(9)}
    answer(make_promise(ada, starts_on=LONG_AGO), few)

    assert evidence_of(ada) == []


def test_then_a_lesson_that_helped(ada):
    make_use(make_lesson(ada), used_on=ago(2))
    make_use(make_lesson(ada, "It was of no use"), "did_not_help", used_on=ago(1))

    found = closed_page(ada)

    assert "A lesson helped on Tuesday:" in found
    assert "I promise a time" in found


def test_no_kind_is_said_on_two_days_running(ada):
    answer(make_promise(ada, starts_on=LONG_AGO), {**OFTEN, TODAY: "kept"})
    make_use(make_lesson(ada), used_on=ago(2))
    assert evidence_of(ada) == [COUNT]

    close(ada, 1)
    assert evidence_of(ada) == [LESSON]

    close(ada, 2)
    assert evidence_of(ada) == [COUNT]


def test_it_takes_few_statements_with_1_promise_and_with_50(ada, eve):
    for person, n in ((ada, 50), (eve, 1)):
        for number in range(n):
            answer(make_promise(person, f"Promise {number}", starts_on=LONG_AGO), OFTEN)
        close(person)

    assert statements(signed_in(ada)) == statements(signed_in(eve)) == 5
