"""An address that the mail server refuses: after three times in a row nothing more is tried."""

import pytest
import time_machine
from django.core import mail

from journal.mail import tasks
from journal.mail.models import OutboxMessage
from journal.privacy.rls import acting_as
from journal.reminders import planning
from journal.reminders.models import ReminderPreference
from tests.exchange.factories import work
from tests.mail import smtp_servers
from tests.reminders.factories import make_confirmed, make_preference, make_reminder, run_at

pytestmark = pytest.mark.django_db
EVENINGS = [f"2026-11-{day}T20:30:10+01:00" for day in (19, 20, 21, 22)]


@pytest.fixture(autouse=True)
def _reminded(reachable, settings):
    settings.EMAIL_BACKEND = "journal.mail.backend.EmailBackend"
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 10
    with time_machine.travel("2026-11-19T12:00:00+01:00", tick=False):
        make_preference(reachable)
        make_reminder(reachable)
        yield


def remind(settings, moment: str, answer: bytes = b"") -> int:
    """The sender looks, and the mail worker meets a server that answers like this."""
    with smtp_servers.answering(answer) as server:
        settings.EMAIL_PORT = server.port
        sent = run_at(moment)
        with time_machine.travel(moment, tick=False):
            work("mail")
    return sent


def test_after_three_refusals_in_a_row_nothing_more_is_tried(settings):
    sent = [remind(settings, evening, b"550 unknown") for evening in EVENINGS]
    assert sent == [1, 1, 1, 0]


def test_an_address_that_works_again_starts_from_none(settings, reachable):
    for evening in EVENINGS[:2]:
        remind(settings, evening, b"550 unknown")
    remind(settings, EVENINGS[2])
    with acting_as(reachable):
        assert ReminderPreference.objects.get().refusals == 0


def test_a_new_address_is_tried(settings, reachable):
    for evening in EVENINGS[:3]:
        remind(settings, evening, b"550 unknown")
    reachable.email = "ada@elsewhere.example"
    reachable.save(update_fields=["email"])
    make_confirmed(reachable)
    assert remind(settings, EVENINGS[3]) == 1


def test_a_refusal_says_nothing_of_somebody_else(eve):
    make_preference(eve)
    planning.note_refusal(["ada@example.org"])
    with acting_as(eve):
        assert ReminderPreference.objects.get().refusals == 0


def test_a_deleted_account_is_forgotten_by_the_outbox_too(settings, reachable):
    """What waits for them is still sent within its hour, as every mail; no other is made."""
    reachable.delete()
    assert remind(settings, EVENINGS[0]) == 0
    assert (mail.outbox, OutboxMessage.objects.count()) == ([], 0)


# --- once, whatever happens to the worker of mails ---------------------------------------------


def test_what_may_have_been_sent_is_not_sent_again(settings, caplog):
    """The worker was killed while the mail server was taking the reminder."""
    run_at(EVENINGS[0])
    with time_machine.travel(EVENINGS[0], tick=False) as clock:
        row = OutboxMessage.objects.get()
        assert row.claim(tasks.LEASE)
        clock.shift(tasks.LEASE)
        with smtp_servers.answering() as server:
            settings.EMAIL_PORT = server.port
            work("mail")
        assert server.taken == []
    assert not OutboxMessage.objects.exists()
    assert f"Dropped mail {row.pk}" in caplog.text


def test_a_connection_that_breaks_while_the_server_takes_it_is_not_tried_again(
    settings, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr("smtplib.SMTP.sendmail", _break)
        remind(settings, EVENINGS[0])
    assert not OutboxMessage.objects.exists()


def _break(*_given, **_more):
    raise TimeoutError


def test_a_server_that_is_away_or_asks_to_wait_gets_it_later(settings):
    with smtp_servers.away() as called:
        settings.EMAIL_PORT = called.port
        run_at(EVENINGS[0])
        with time_machine.travel(EVENINGS[0], tick=False):
            work("mail")
    for later, answer, left in (("20:31", b"451 later", 1), ("20:33", b"", 0)):
        with smtp_servers.answering(answer) as server:
            settings.EMAIL_PORT = server.port
            with time_machine.travel(f"2026-11-19T{later}:00+01:00", tick=False):
                work("mail")
        assert OutboxMessage.objects.count() == left
    assert len(server.taken) == 1


def test_what_waits_for_the_mail_server_is_not_sent_in_the_night(settings, reachable):
    with acting_as(reachable):
        ReminderPreference.objects.update(quiet_from="20:45", quiet_until="07:30")
    with smtp_servers.away() as called:
        settings.EMAIL_PORT = called.port
        run_at(EVENINGS[0])
        with time_machine.travel(EVENINGS[0], tick=False):
            work("mail")
    with smtp_servers.answering() as server:
        settings.EMAIL_PORT = server.port
        late = time_machine.travel("2026-11-19T20:45:00+01:00", tick=False)
        with late, pytest.raises(AssertionError, match="Undelivered"):
            work("mail")
    assert server.taken == []
