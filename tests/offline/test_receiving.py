"""What a device sends later: each thing once, and never over an answer that it has not shown."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from journal.people import clock
from journal.reflections.daily.models import DailyCheck
from tests.promises.factories import make_promise

OUTBOX = "/offline/outbox/"


@pytest.fixture
def promise(ada):
    return make_promise(ada)


def entry(**fields):
    return {"kind": "entry", "id": str(uuid4()), "body": "On the train to Lund"} | fields


def answer(promise, value, was="", **fields):
    day = clock.today(promise.owner).isoformat()
    return {
        "kind": "answer",
        "day": day,
        "promise": promise.pk,
        "value": value,
        "was": was,
    } | fields


def trust(ada, value, was=""):
    return {"kind": "trust", "day": clock.today(ada).isoformat(), "value": value, "was": was}


def status_of(promise):
    return promise.owner.checkins.get(promise=promise).status


def test_an_entry_arrives_once_with_the_day_and_the_time_of_its_writing(ada, ada_client):
    yesterday = clock.today(ada) - timedelta(days=1)
    made = timezone.now() - timedelta(hours=20)
    sent = entry(written_on=yesterday.isoformat(), at=int(made.timestamp() * 1000))
    assert [ada_client.post(OUTBOX, sent).status_code for _again in range(2)] == [204, 204]
    stored = ada.entries.get()
    assert (str(stored.pk), stored.body, stored.written_on) == (
        sent["id"],
        "On the train to Lund",
        yesterday,
    )
    assert abs(stored.written_at - made) < timedelta(seconds=1)


def test_an_entry_that_arrived_and_was_changed_since_stays_as_it_is(ada, ada_client):
    sent = entry()
    ada_client.post(OUTBOX, sent)
    stored = ada.entries.get()
    stored.body = "Changed at home"
    stored.save()
    assert ada_client.post(OUTBOX, sent).status_code == 204
    assert ada.entries.get().body == "Changed at home"


def test_a_clock_that_runs_ahead_writes_no_entry_of_tomorrow(ada, ada_client):
    later = timezone.now() + timedelta(days=3)
    sent = entry(written_on=later.date().isoformat(), at=int(later.timestamp() * 1000))
    assert ada_client.post(OUTBOX, sent).status_code == 204
    stored = ada.entries.get()
    assert stored.written_on == clock.today(ada)
    assert stored.written_at <= timezone.now()


def test_a_text_that_is_too_long_becomes_several_entries(ada, ada_client):
    sent = entry(body="Words and words. " * 1500)
    for _again in range(2):
        assert ada_client.post(OUTBOX, sent).status_code == 204
    assert ada.entries.count() == 2


def test_somebody_elses_id_is_refused_with_a_sentence(ada_client, eve, eve_client):
    sent = entry()
    eve_client.post(OUTBOX, sent)
    refused = ada_client.post(OUTBOX, sent | {"body": "Mine"})
    assert refused.status_code == 422
    assert "field-error" in refused.content.decode()
    assert eve.entries.get().body == "On the train to Lund"


def test_an_answer_and_trust_arrive_once(ada, ada_client, promise):
    for _again in range(2):
        assert ada_client.post(OUTBOX, answer(promise, "kept")).status_code == 204
        assert ada_client.post(OUTBOX, trust(ada, "4")).status_code == 204
    assert status_of(promise) == "kept"
    assert ada.daily_checks.get().trust == DailyCheck.Trust.MOSTLY


def test_an_answer_recorded_meanwhile_is_shown_and_replaced_only_if_she_says_so(
    ada_client, promise
):
    ada_client.post(OUTBOX, answer(promise, "missed"))
    both = ada_client.post(OUTBOX, answer(promise, "kept"))
    assert both.status_code == 409
    assert "Missed" in both.content.decode()
    assert "Kept" in both.content.decode()
    assert status_of(promise) == "missed"
    assert ada_client.post(OUTBOX, answer(promise, "kept", was="missed")).status_code == 204
    assert status_of(promise) == "kept"


def test_trust_recorded_meanwhile_is_not_replaced(ada, ada_client):
    ada_client.post(OUTBOX, trust(ada, "2"))
    assert ada_client.post(OUTBOX, trust(ada, "5")).status_code == 409
    assert ada.daily_checks.get().trust == 2
    assert ada_client.post(OUTBOX, trust(ada, "5", was="2")).status_code == 204


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "none"},
        {"kind": "entry", "id": "none", "body": "Words"},
        {"kind": "entry", "id": str(uuid4()), "body": " "},
        {"day": "2020-01-01"},
        {"day": "none"},
        {"promise": str(uuid4())},
        {"promise": "none"},
        {"value": "brilliantly"},
        {"value": ""},
    ],
)
def test_what_cannot_be_stored_gets_a_sentence(ada, ada_client, promise, wrong):
    refused = ada_client.post(OUTBOX, answer(promise, "kept") | wrong)
    assert refused.status_code == 422
    assert "field-error" in refused.content.decode()
    assert not ada.checkins.exists()
    assert not ada.entries.exists()


def test_it_takes_nothing_from_a_page_of_another_account(ada_client, eve, eve_client):
    page = eve_client.get(OUTBOX).content.decode()
    account = page.split('name="account" value="')[1].split('"')[0]
    assert ada_client.post(OUTBOX, entry(account=account)).status_code != 204


@pytest.mark.parametrize("promises", [1, 6])
def test_the_questions_take_the_same_queries_for_many(
    ada, ada_client, promises, django_assert_max_num_queries
):
    for _one in range(promises):
        make_promise(ada)
    with django_assert_max_num_queries(12):
        page = ada_client.get(OUTBOX).content.decode()
    assert page.count('data-kind="answer"') == promises
