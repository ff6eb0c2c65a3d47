"""The weekly reflection from the first question to the last; begun once, frozen, closed quietly."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from journal.privacy.rls import acting_as
from journal.reflections.week.models import WeeklyReflection
from tests.conftest import signed_in
from tests.page import compact
from tests.promises.factories import answer, make_experiment, make_promise
from tests.reflections.week.factories import (
    EVENING,
    MONDAY,
    PAGE,
    make_reflection,
    make_week,
    reread,
)
from tests.reflections.week.flow_client import ANSWERS, post, step_of, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sunday_evening():
    with time_machine.travel(EVENING, tick=False) as clock:
        yield clock


def only(ada) -> WeeklyReflection:
    with acting_as(ada):
        return ada.weeklyreflections.get()


def none_of(ada) -> bool:
    with acting_as(ada):
        return not ada.weeklyreflections.exists()


def test_from_the_first_question_to_a_promise_for_next_week(ada, ada_client):
    make_week(ada)
    assert walk(ada_client) == f"{PAGE}done/"

    row = only(ada)
    assert row.finished_at is not None
    assert {name: getattr(row, name) for name in ANSWERS} == ANSWERS
    with acting_as(ada):
        promise = row.next_promise
        assert (promise.statement, promise.state) == ("Walk twice", "active")
    assert (promise.starts_on, promise.ends_on) == (date(2026, 11, 23), date(2026, 11, 29))
    assert "Walk twice" in ada_client.get(f"{PAGE}done/").content.decode()


def test_looking_at_a_week_stores_nothing(ada, ada_client):
    make_week(ada)
    for address in ("/week/", PAGE, f"{PAGE}print/", step_of("arrive")):
        assert ada_client.get(address).status_code == 200
    assert ada_client.get(step_of("promises")).url == step_of("arrive")
    assert none_of(ada)


def test_the_first_answer_may_be_left_out_and_still_begins_it(ada, ada_client):
    make_week(ada)
    assert post(ada_client, step_of("arrive")).url == step_of("promises")
    row = only(ada)
    assert row.is_started
    assert row.sentence_of_week == ""


@pytest.mark.parametrize("do", ["back", "stop"])
def test_leaving_without_a_word_begins_nothing(ada, ada_client, do):
    assert post(ada_client, step_of("arrive"), do=do).url == "/week/"
    assert none_of(ada)


def test_a_week_of_a_promise_is_told_beside_the_question_and_nothing_typed_is_lost(ada, ada_client):
    swim = make_week(ada)
    row = make_reflection(ada)
    at = f"{PAGE}tell/{swim.pk}/"
    page = ada_client.get(step_of("promises")).content.decode()
    assert f'formaction="{at}"' in page

    sent = {"version": row.version, "kept_days": "Typed, not sent"}
    page = ada_client.post(at, sent).content.decode()

    assert "<b>12 of 15 kept</b>, 3 small. Life happened once. 1 not recorded" in page
    assert "1 can still be recorded." in page
    assert "Typed, not sent</textarea>" in page
    assert f'name="version" value="{row.version + 1}"' in page
    assert at not in page
    with acting_as(ada):
        assert swim.confirmations.get().week_start == MONDAY
    again = ada_client.post(at, sent)
    assert again.status_code == 200
    assert reread(row).record.tally.missed == 3


def test_another_persons_promise_is_not_there_to_be_told(ada, ada_client, eve):
    make_reflection(ada)
    theirs = make_promise(eve, cadence="times_per_week", times_per_week=3)
    assert ada_client.post(f"{PAGE}tell/{theirs.pk}/", {}).status_code == 404


def test_skipped_and_taken_up_again_as_if_nothing_had_been_said(ada, ada_client):
    answer = ada_client.post(f"{PAGE}skip/", follow=True)
    assert "Week skipped. That’s fine." in answer.content.decode()
    assert only(ada).skipped_at is not None
    assert ada_client.get(step_of("arrive")).url == PAGE
    assert ada_client.post(f"{PAGE}skip/").status_code == 302
    for _twice in range(2):
        assert ada_client.post(f"{PAGE}take-up/").url == PAGE
    assert none_of(ada)


def test_skipping_half_way_keeps_what_was_written(ada, ada_client):
    post(ada_client, step_of("arrive"), sentence_of_week="Crowded")
    ada_client.post(f"{PAGE}skip/")
    ada_client.post(f"{PAGE}take-up/")
    row = only(ada)
    assert (row.skipped_at, row.sentence_of_week) == (None, "Crowded")


def test_what_is_told_cannot_be_skipped(ada, ada_client):
    make_reflection(ada, next_choice="rest")
    assert ada_client.post(f"{PAGE}skip/").status_code == 404


def test_removed_brought_back_and_begun_anew(ada, ada_client):
    post(ada_client, step_of("arrive"), sentence_of_week="Crowded")
    answer = ada_client.post(f"{PAGE}delete/", follow=True)
    assert f'action="{PAGE}restore/"' in answer.content.decode()
    ada_client.post(f"{PAGE}restore/")
    assert only(ada).sentence_of_week == "Crowded"

    ada_client.post(f"{PAGE}delete/")
    page = ada_client.get(PAGE).content.decode()
    assert "You moved what you wrote about this week to the bin." in page
    assert "Crowded" not in page
    post(ada_client, step_of("arrive"), sentence_of_week="Again")
    assert only(ada).sentence_of_week == "Again"
    assert ada_client.post(f"{PAGE}restore/").status_code == 404


def test_resumed_across_midnight_and_across_the_weeks_end(ada, ada_client, sunday_evening):
    make_week(ada)
    sunday_evening.move_to("2026-11-22T23:58:00+01:00")
    post(ada_client, step_of("arrive"), sentence_of_week="Late")
    record = reread(only(ada)).record

    sunday_evening.move_to("2026-11-23T00:03:00+01:00")
    assert post(ada_client, step_of("promises"), kept_days="The book lay there").url == step_of(
        "misses"
    )
    sunday_evening.move_to("2026-11-28T22:00:00+01:00")
    assert "Not finished yet." in ada_client.get(PAGE).content.decode()
    walk(ada_client)

    row = reread(only(ada))
    assert row.record == record
    assert row.finished_at is not None
    with acting_as(ada):
        promise = row.next_promise
    assert (promise.starts_on, promise.ends_on) == (date(2026, 11, 28), date(2026, 12, 4))


def test_after_seven_days_it_closes_quietly(ada, ada_client, sunday_evening):
    make_reflection(ada, sentence_of_week="Crowded")
    sunday_evening.move_to("2026-11-29T00:01:00+01:00")

    page = ada_client.get(PAGE).content.decode()
    assert "This week has closed. What you wrote stays." in page
    assert "Crowded" in page
    assert ada_client.get(step_of("next")).url == PAGE
    today = ada_client.get("/today/").content.decode()
    assert "Your week" not in today
    assert "22 to 28" not in today


def test_what_was_typed_while_it_closed_is_kept(ada, ada_client, sunday_evening):
    row = make_reflection(ada)
    sunday_evening.move_to("2026-11-29T00:01:00+01:00")
    sent = {"version": row.version, "sentence_of_week": "Typed before midnight"}
    ada_client.post(step_of("arrive"), sent)
    assert reread(row).sentence_of_week == "Typed before midnight"


def test_what_was_typed_in_a_week_that_was_not_begun_comes_back(ada, ada_client, sunday_evening):
    sunday_evening.move_to("2026-11-29T00:01:00+01:00")
    answer = ada_client.post(step_of("arrive"), {"sentence_of_week": "Typed before midnight"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This week has closed." in page
    assert "Typed before midnight</textarea>" in page
    assert none_of(ada)


def test_two_devices_change_one_answer(ada, ada_client):
    row = make_reflection(ada)
    at, seen = step_of("arrive"), {"version": row.version}
    assert ada_client.post(at, {**seen, "sentence_of_week": "Here"}).status_code == 302
    answer = ada_client.post(at, {**seen, "sentence_of_week": "There"})
    assert answer.status_code == 409
    assert "Here" in answer.content.decode()
    assert "There" in answer.content.decode()


def test_a_posted_id_says_nothing(ada, ada_client):
    ada_client.post(
        step_of("arrive"), {"id": "018f0000-0000-7000-8000-000000000000", "sentence_of_week": "A"}
    )
    assert str(only(ada).pk) != "018f0000-0000-7000-8000-000000000000"


@pytest.mark.django_db(transaction=True)
def test_begun_ten_times_at_once_it_is_one_week(ada):
    answers = []

    def begin() -> None:
        try:
            answer = signed_in(ada).post(step_of("arrive"), {"sentence_of_week": "Crowded"})
            answers.append(answer.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 10
    assert only(ada).sentence_of_week == "Crowded"


def test_the_misses_say_that_new_terms_stop_two_ways_being_compared(ada, ada_client):
    promise = make_promise(ada, starts_on=MONDAY)
    answer(promise, {MONDAY: "missed"})
    row = make_experiment(promise, starts_on=MONDAY)
    make_reflection(ada, step="misses")
    assert "stops that" in compact(ada_client.get(step_of("misses")))
    sent = {f"change-{promise.pk}": "smaller", f"smaller-{promise.pk}": "Round the block"}
    post(ada_client, step_of("misses"), **sent)
    post(ada_client, step_of("next"), pick="keep")
    with acting_as(ada):
        row.refresh_from_db()
    assert (row.stop_reason, row.ended_on) == ("changed", MONDAY + timedelta(days=7))
