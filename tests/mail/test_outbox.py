"""A mail waits in the outbox, sealed, until a worker has sent it, for an hour at most."""

import base64
import logging
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.core import mail
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.account_deletion import deletion
from journal.mail import tasks
from journal.mail.models import KEPT_FOR, OutboxMessage
from journal.operation.health import database as health
from journal.operation.health.findings import LOOK, OK, Finding
from journal.privacy import keys
from journal.privacy.rls import COACH, PERSON, acting_as
from tests.exchange.factories import work
from tests.mail import smtp_servers
from tests.privacy.stored import bytes_of, put_bytes, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]

CANARY = "zanzibarquokka"
TO = f"{CANARY}@example.org"


def send() -> OutboxMessage:
    send_mail("A subject", f"Words of {CANARY}", None, [TO])
    return OutboxMessage.objects.latest("created_at")


def by_smtp(settings, port: int) -> None:
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.05


def test_a_mail_is_sent_once_and_then_gone():
    send()
    assert mail.outbox == []

    work("mail")
    work("mail")

    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([TO], "A subject", f"Words of {CANARY}")
    assert sent.from_email == "Selftrust <selftrust@localhost>"
    assert not OutboxMessage.objects.exists()


def test_everything_a_mail_can_be_arrives():
    message = EmailMultiAlternatives(
        "A subject", "Text", "from@example.org", ["to@example.org"], ["bcc@example.org"],
        cc=["cc@example.org"], reply_to=["reply@example.org"], headers={"X-One": "1"},
    )  # fmt: skip
    message.attach_alternative("<p>Text</p>", "text/html")
    message.send()

    work("mail")

    (sent,) = mail.outbox
    assert sent.message().as_bytes().count(b"<p>Text</p>") == 1
    assert sent.recipients() == ["to@example.org", "cc@example.org", "bcc@example.org"]
    assert (sent.reply_to, sent.extra_headers["X-One"]) == (["reply@example.org"], "1")


def test_neither_address_nor_text_lies_open():
    row = send()
    ((whole,),) = run("select row_to_json(m)::text from mail_outboxmessage m")
    tasks_of_it = run("select row_to_json(t)::text from django_tasks_database_dbtaskresult t")

    for stored in (whole, str(tasks_of_it), str(bytes_of(row, "sealed"))):
        assert CANARY not in stored
        assert "example.org" not in stored
    assert str(row.pk) in str(tasks_of_it)


def test_bytes_that_are_moved_or_changed_do_not_open():
    first, second = send(), send()
    whole = bytes_of(second, "sealed")
    put_bytes(first, "sealed", whole)
    put_bytes(second, "sealed", whole[:-1] + bytes([whole[-1] ^ 1]))

    for row in OutboxMessage.objects.all():
        with pytest.raises(keys.SealBroken):
            row.unseal()
    work("mail")
    assert mail.outbox == []


@pytest.mark.parametrize("role", [PERSON, COACH])
@pytest.mark.parametrize(
    "sql",
    [
        "select from mail_outboxmessage",
        "delete from mail_outboxmessage",
        "update mail_outboxmessage set attempts = 0",
        "insert into mail_outboxmessage (id, sealed, master, created_at, attempts) "
        "values (gen_random_uuid(), '', '', now(), 0)",
    ],
)
def test_no_role_of_the_wall_reaches_the_outbox(ada, role, sql):
    send()
    refused = pytest.raises(Exception, match="permission denied for table mail_outboxmessage")
    with refused as raised, acting_as(ada, role=role):
        run(sql)
    assert isinstance(raised.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_whoever_acts_a_mail_is_stored(ada):
    """An invitation is sent behind the wall, as a person."""
    with acting_as(ada):
        send_mail("A subject", "Words", None, [TO])
        assert run("select current_user")[0] == (PERSON,)

    assert OutboxMessage.objects.count() == 1


def test_what_is_taken_back_is_not_sent():
    with transaction.atomic():
        send()
        transaction.set_rollback(True)

    work("mail")
    assert (mail.outbox, OutboxMessage.objects.count()) == ([], 0)


def test_a_header_that_is_two_is_refused_at_once():
    with pytest.raises(BadHeaderError):
        send_mail("A subject\nBcc: all@example.org", "Words", None, [TO])


# --- servers that do not answer ---------------------------------------------------------------


@pytest.mark.parametrize("server", [smtp_servers.silent, smtp_servers.away])
def test_what_fails_waits_is_tried_again_and_is_sent_once(settings, server, caplog):
    with server() as called, caplog.at_level(logging.INFO):
        by_smtp(settings, called.port)
        row = send()
        work("mail")
        work("mail")  # too early for another attempt
    row.refresh_from_db()
    assert (row.attempts, row.taken_until) == (1, None)

    with smtp_servers.answering() as good, time_machine.travel(timezone.now() + tasks.pause(1)):
        by_smtp(settings, good.port)
        settings.EMAIL_TIMEOUT = 10
        work("mail")
        work("mail")

    (sent,) = good.taken
    assert CANARY.encode() in sent
    assert f"Message-ID: <{row.pk}@localhost>".encode() in sent
    assert not OutboxMessage.objects.exists()
    assert f"Mail {row.pk} wasn't sent on attempt 1" in caplog.text
    assert CANARY not in caplog.text


def test_pauses_grow_to_ten_minutes():
    seconds = [tasks.pause(count).total_seconds() for count in range(1, 9)]
    assert seconds == [10, 20, 40, 80, 160, 320, 600, 600]


def test_after_an_hour_it_is_gone_and_the_operator_hears_of_it(settings, caplog):
    with smtp_servers.away() as called:
        by_smtp(settings, called.port)
        row = send()
        start = timezone.now()
        for minutes in range(0, 60, 5):
            with time_machine.travel(start + timedelta(minutes=minutes)):
                work("mail")
        assert OutboxMessage.objects.get().attempts == 8
        with time_machine.travel(start + KEPT_FOR):
            with pytest.raises(AssertionError, match="Undelivered"):
                work("mail")
            assert not OutboxMessage.objects.exists()
    assert f"Gave up on mail {row.pk} after 8 attempts." in caplog.text
    assert CANARY not in caplog.text + DBTaskResult.objects.failed()[0].traceback
    sentence = "In the last day 1 mail was given up, after an hour of attempts."
    assert list(health.mails()) == [Finding(LOOK, sentence)]


def test_without_a_worker_the_next_mail_and_the_purge_take_what_is_over():
    an_hour_ago = timezone.now() - KEPT_FOR
    for clean_up in (send, lambda: call_command("purge", verbosity=0)):
        old = send()
        OutboxMessage.objects.update(created_at=an_hour_ago)
        clean_up()
        assert not OutboxMessage.objects.filter(pk=old.pk).exists()


def test_the_operator_hears_of_mails_that_wait():
    row = send()
    assert list(health.mails()) == [Finding(OK, "No email is waiting.")]

    row.created_at -= timedelta(minutes=3)
    row.save()
    sentence = (
        "1 mail waits for more than two minutes: does the mail server answer, and is manage.py "
        "worker running?"
    )
    assert list(health.mails()) == [Finding(LOOK, sentence)]


@pytest.mark.parametrize(("refusal", "waits"), [(b"550 unknown", False), (b"451 later", True)])
def test_an_address_that_is_not_there_is_tried_once(settings, caplog, refusal, waits):
    with smtp_servers.answering(refusal) as server:
        by_smtp(settings, server.port)
        settings.EMAIL_TIMEOUT = 10
        send()
        work("mail")

    assert server.taken == []
    assert OutboxMessage.objects.exists() == waits
    assert list(health.mails()) == [Finding(OK, "No email is waiting.")]


def test_a_server_that_answers_byte_by_byte_is_given_up_too():
    def answers_for_ever() -> None:
        while True:
            pass

    with pytest.raises(TimeoutError), tasks.deadline(timedelta(milliseconds=1)):
        answers_for_ever()


# --- workers and keys -------------------------------------------------------------------------


def test_a_mail_that_another_worker_is_sending_is_left_to_it():
    assert send().claim(tasks.LEASE)

    work("mail")

    assert (mail.outbox, OutboxMessage.objects.count()) == ([], 1)


def test_a_mail_of_a_killed_worker_is_sent_by_the_next():
    """Its task was taken and never ended; the mail was not sent."""
    assert send().claim(tasks.LEASE)
    DBTaskResult.objects.update(status="RUNNING")
    tasks.enqueue_unfinished()
    tasks.enqueue_unfinished()
    assert DBTaskResult.objects.filter(status="READY").count() == 1

    with time_machine.travel(timezone.now() + tasks.LEASE):
        work("mail")

    assert (len(mail.outbox), OutboxMessage.objects.count()) == (1, 0)


def test_a_new_master_key_opens_what_waits(tmp_path, settings):
    settings.SELFTRUST_KEY, settings.SELFTRUST_KEY_FILE = "", tmp_path / "selftrust_key"
    settings.SELFTRUST_KEY_FILE.write_text(base64.b64encode(bytes(32)).decode())
    row = send()
    before = row.master

    call_command("rotate_key", new=True, verbosity=0)

    row.refresh_from_db()
    assert row.master != before
    work("mail")
    assert mail.outbox[0].to == [TO]


def test_a_notice_about_an_account_is_sent_although_the_account_is_gone(ada):
    """Whoever changed the password and deleted the account may not be its owner."""
    send_mail("Your password was changed", "If this was not you", None, [ada.email])

    deletion.delete(ada)
    work("mail")

    assert mail.outbox[0].to == ["ada@example.org"]


@pytest.mark.django_db(transaction=True)
def test_a_mail_does_not_wait_for_another_request_that_cleans_up():
    old = send()
    OutboxMessage.objects.update(created_at=timezone.now() - KEPT_FOR)
    with psycopg.connect(**connection.get_connection_params()) as another:
        another.execute("delete from mail_outboxmessage")

        assert send().pk != old.pk
