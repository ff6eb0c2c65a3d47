"""Notifications on their way: encrypted, signed, once, and not for long."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import http_ece
import pytest
import time_machine
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.utils import timezone
from py_vapid import Vapid02

from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.push import delivery, sending
from journal.push.models import LEASE, PushMessage, PushSubscription
from journal.push.vapid import public_key

pytestmark = pytest.mark.django_db
WORDS = {"title": "Notes", "body": "A moment for yourself?"}


def enqueue(person, hours: float = 2) -> int:
    with acting_as(person):
        until = timezone.now() + timedelta(hours=hours)
        said = delivery.payload(**WORDS)
        return sending.enqueue(person, said, tag=uuid7(), expires_at=until)


def test_each_device_gets_what_only_it_can_read(ada, push_service, phone, laptop):
    phone.store(ada)
    laptop.store(ada)
    assert enqueue(ada) == 2

    assert [sending.send_waiting(), sending.send_waiting()] == [2, 0]

    assert phone.shown(push_service) == laptop.shown(push_service) == [WORDS]
    _path, _headers, body = next(one for one in push_service.got if one[0] == phone.path)
    assert b"moment" not in body
    with pytest.raises((InvalidTag, http_ece.ECEException)):
        laptop.decrypt(body)
    with acting_as(ada):
        assert all(device.sent_at for device in PushSubscription.objects.all())


def test_the_request_is_signed_and_ends_with_the_reminder(ada, push_service, phone):
    phone.store(ada)
    enqueue(ada)
    sending.send_waiting()

    _path, headers, _body = push_service.got[0]
    assert Vapid02.verify(headers["Authorization"])
    assert f"k={public_key()}" in headers["Authorization"].replace(" ", "")
    assert headers["Content-Encoding"] == "aes128gcm"
    assert 7100 < int(headers["TTL"]) <= 7200
    assert len(headers["Topic"]) == 32


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_has_ended_is_forgotten(ada, push_service, phone, laptop, status):
    phone.store(ada)
    laptop.store(ada)
    push_service.answers[phone.path] = status
    enqueue(ada)
    sending.send_waiting()

    with acting_as(ada):
        assert [device.endpoint for device in ada.push_subscriptions.all()] == [
            laptop.posted["endpoint"]
        ]
        assert not PushMessage.objects.exists()


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_a_busy_service_does_not_take_is_tried_again(ada, push_service, phone, status):
    phone.store(ada)
    push_service.answers[phone.path] = status
    enqueue(ada)
    assert [sending.send_waiting(), sending.send_waiting()] == [0, 0]
    assert len(push_service.got) == 1

    push_service.answers.clear()
    with time_machine.travel(timezone.now() + timedelta(minutes=1, seconds=1)):
        assert sending.send_waiting() == 1


def test_what_would_come_too_late_is_dropped(ada, push_service, phone):
    phone.store(ada)
    enqueue(ada)
    with time_machine.travel(timezone.now() + timedelta(hours=2, seconds=1)):
        sending.send_waiting()
    assert push_service.got == []
    with acting_as(ada):
        assert not PushMessage.objects.exists()


def test_a_service_that_goes_on_refusing_ends_the_device(ada, push_service, phone):
    """As after a change of the server's key."""
    phone.store(ada)
    push_service.answers[phone.path] = 403
    for left in (1, 1, 0):
        enqueue(ada)
        sending.send_waiting()
        with acting_as(ada):
            assert ada.push_subscriptions.count() == left


def test_a_refusal_before_a_success_does_not_count(ada, push_service, phone):
    phone.store(ada)
    for status in (403, 403, 201, 403, 403):
        push_service.answers[phone.path] = status
        enqueue(ada)
        sending.send_waiting()
    with acting_as(ada):
        assert ada.push_subscriptions.get().refusals == 2


def test_a_redirect_is_not_followed(ada, push_service, phone):
    phone.store(ada)
    push_service.answers[phone.path] = 302
    enqueue(ada)
    sending.send_waiting()
    assert [path for path, *_rest in push_service.got] == [phone.path]


def test_nothing_is_sent_into_a_private_network(ada, push_service, phone, settings):
    settings.PUSH_TO_OWN_NETWORK = False
    phone.store(ada)
    enqueue(ada)
    assert sending.send_waiting() == 0
    assert push_service.got == []


def test_a_host_that_left_the_list_is_forgotten(ada, push_service, phone, settings):
    phone.store(ada)
    settings.PUSH_HOSTS = ["fcm.googleapis.com"]
    enqueue(ada)
    sending.send_waiting()
    assert push_service.got == []
    with acting_as(ada):
        assert not ada.push_subscriptions.exists()


def test_a_certificate_that_nobody_vouches_for_is_refused(ada, push_service, phone, settings):
    settings.PUSH_CERTIFICATES = None
    phone.store(ada)
    enqueue(ada)
    assert sending.send_waiting() == 0
    assert push_service.got == []


def test_a_service_that_is_silent_holds_up_nobody(ada, push_service, phone, laptop, monkeypatch):
    monkeypatch.setattr(delivery, "TIMEOUT", 0.2)
    phone.store(ada)
    laptop.store(ada)
    push_service.silent.add(phone.path)
    enqueue(ada)
    assert sending.send_waiting() == 1
    with acting_as(ada):
        assert PushMessage.objects.count() == 1


def test_no_log_names_an_endpoint(ada, push_service, phone, laptop, caplog):
    phone.store(ada)
    laptop.store(ada)
    push_service.answers |= {phone.path: 403}
    with caplog.at_level(logging.DEBUG):
        enqueue(ada)
        sending.send_waiting()
        delivery.deliver(delivery.Letter("https://localhost:1/secret", {}, "", "", 0))
    assert caplog.text
    assert "/send/" not in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("column", ["is_active", "deletion_due_at"])
def test_nothing_is_sent_to_an_account_that_ends(ada, push_service, phone, column):
    phone.store(ada)
    enqueue(ada)
    off = False if column == "is_active" else timezone.now()
    type(ada).objects.filter(pk=ada.pk).update(**{column: off})
    sending.send_waiting()
    assert push_service.got == []


def test_a_worker_that_dies_while_sending_leaves_it_to_another(
    ada, push_service, phone, monkeypatch
):
    phone.store(ada)
    enqueue(ada)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "_settle", _die)  # after the push service has taken it
        with pytest.raises(SystemExit):
            sending.send_waiting()
    assert sending.send_waiting() == 0  # the claim of the dead one holds
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert sending.send_waiting() == 1
    topics = {headers["Topic"] for _path, headers, _body in push_service.got}
    assert len(topics) == 1


def _die(*_given):
    raise SystemExit


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(ada, push_service, phone):
    phone.store(ada)
    for _n in range(3):
        enqueue(ada)

    def work(_n: int) -> int:
        try:
            return sending.send_waiting()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 3
    assert len(push_service.got) == 3


def test_endpoint_and_words_stand_sealed_in_the_database(ada, phone):
    phone.store(ada)
    enqueue(ada)
    with connection.cursor() as cursor:
        for table in ("push_pushsubscription", "push_pushmessage"):
            cursor.execute(f"select t::text from {table} t")
            assert cursor.fetchall()
            cursor.execute(f"select convert_to(t::text, 'utf8') from {table} t")
            for (row,) in cursor.fetchall():
                for word in (b"localhost", b"moment", b"Firefox", phone.posted["auth"].encode()):
                    assert word not in bytes(row)


def test_neither_eve_nor_a_coach_sees_a_device(ada, eve, mira, phone):
    phone.store(ada)
    enqueue(ada)
    for other in (eve, mira):
        with acting_as(other):
            assert not PushSubscription.objects.exists()
            assert not PushMessage.objects.exists()


def test_one_look_costs_one_query(ada, phone, django_assert_num_queries):
    phone.store(ada)
    enqueue(ada)
    with time_machine.travel(timezone.now() - timedelta(minutes=1)), django_assert_num_queries(3):
        assert sending.send_waiting() == 0  # savepoint, query, release
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    assert "push_message_by_time" in PushMessage.objects.due(timezone.now()).explain()
