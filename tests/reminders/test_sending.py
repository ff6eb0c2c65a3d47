"""What is sent: once, in time, where there is a reason, and nothing that others may not see."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError, connection

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.reminders import mails
from journal.reminders.models import Kind, Reminder, SentReminder
from journal.reminders.sending import send_due
from tests.promises.factories import make_promise
from tests.reminders.factories import (
    make_confirmed,
    make_preference,
    make_reminder,
    run_at,
)

pytestmark = pytest.mark.django_db
EVENING = "2026-11-19T20:30:10+01:00"  # a Thursday, in the zone of the factories


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel("2026-11-19T12:00:00+01:00", tick=False):
        yield


def test_a_reminder_is_sent_once_a_day_and_again_the_next(reachable):
    make_preference(reachable)
    make_reminder(reachable)

    assert [run_at("2026-11-19T20:29:59+01:00"), run_at(EVENING), run_at(EVENING)] == [0, 1, 0]
    assert run_at("2026-11-20T20:30:00+01:00") == 1

    assert [message.to for message in mail.outbox] == [[reachable.email]] * 2


def test_the_mail_says_nothing_that_others_may_not_see(reachable):
    promise = make_promise(reachable)
    make_preference(reachable, sender_name="Post")
    make_reminder(reachable, Kind.PROMISE, promise=promise)
    run_at(EVENING)

    message = mail.outbox[0]
    whole = str(message.message()) + message.body + message.alternatives[0][0]
    assert "Selftrust" not in whole
    assert promise.statement not in whole
    assert message.subject == "A small note for now"
    assert message.from_email.startswith("Post <")
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert link.startswith("https://journal.example.org/t/unsubscribe/")
    assert link in message.body
    assert link in message.alternatives[0][0]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_is_late_is_dropped(reachable):
    make_preference(reachable)
    make_reminder(reachable)
    assert run_at("2026-11-19T22:31:00+01:00") == 0
    assert run_at("2026-11-20T20:30:00+01:00") == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"quiet_from": "20:00", "quiet_until": "07:00"},
        {"paused_until": "2026-11-21"},
        {"origin": ""},
    ],
)
def test_what_holds_for_all_stops_each(reachable, fields):
    make_preference(reachable, **fields)
    make_reminder(reachable)
    assert run_at(EVENING) == 0


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "moment"),
    [
        ("21:00", "07:30", "2026-11-19T21:00:00+01:00"),  # planned before the quiet hours, now in
        ("20:00", "20:45", "2026-11-19T20:50:00+01:00"),  # planned in them, now after
    ],
)
def test_what_is_late_is_not_sent_in_or_after_the_quiet_hours(
    reachable, quiet_from, quiet_until, moment
):
    make_preference(reachable, quiet_from=quiet_from, quiet_until=quiet_until)
    make_reminder(reachable)
    assert run_at(moment) == 0


def test_a_pause_ends_on_its_day(reachable):
    make_preference(reachable, paused_until="2026-11-20")
    make_reminder(reachable)
    assert [run_at(EVENING), run_at("2026-11-20T20:30:00+01:00")] == [0, 1]


def test_nothing_is_sent_to_an_address_that_is_not_confirmed(ada):
    make_preference(ada)
    make_reminder(ada)
    assert run_at(EVENING) == 0


@pytest.mark.parametrize("column", ["is_active", "deletion_due_at"])
def test_nothing_is_sent_to_an_account_that_ends(reachable, column):
    make_preference(reachable)
    make_reminder(reachable)
    off = False if column == "is_active" else clock.now(reachable)
    type(reachable).objects.filter(pk=reachable.pk).update(**{column: off})
    assert run_at(EVENING) == 0


def test_one_a_day_is_the_most_unless_more_are_asked_for(reachable):
    preference = make_preference(reachable)
    for _n in range(3):
        make_reminder(reachable, Kind.PROMISE, promise=make_promise(reachable))

    assert run_at(EVENING) == 1
    with acting_as(reachable):
        preference.most_a_day = 2
        preference.save()
    assert run_at("2026-11-20T20:30:00+01:00") == 2


def test_a_new_zone_moves_what_is_planned(reachable):
    make_preference(reachable)
    make_reminder(reachable)
    reachable.zone = "America/New_York"
    reachable.save(update_fields=["zone"])
    assert run_at(EVENING) == 0
    assert run_at("2026-11-19T20:30:10-05:00") == 1


def test_a_night_with_a_repeated_hour_reminds_once(reachable):
    with time_machine.travel("2026-10-24T12:00:00+02:00", tick=False):
        make_preference(reachable, most_a_day=5)
        make_reminder(reachable, at="02:30")
    nights = ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]
    assert [run_at(night) for night in nights] == [1, 0]


def test_what_fails_is_sent_later(reachable, monkeypatch, caplog):
    """Neither the day nor the next time is noted; the log has the kind of error only."""
    make_preference(reachable)
    reminder = make_reminder(reachable)
    with monkeypatch.context() as patched:
        patched.setattr("journal.reminders.mails.send", _raise)
        assert run_at(EVENING) == 0
    assert f"Reminder {reminder.pk} wasn't sent: ValueError." in caplog.text
    assert "quokka" not in caplog.text
    assert run_at("2026-11-19T20:31:00+01:00") == 1


def _raise(*_given):
    raise ValueError("quokka")


def test_one_that_cannot_be_sent_stops_no_other(reachable, eve, monkeypatch):
    """Ada's is due first, and comes first in each look."""
    eve.zone = reachable.zone
    eve.save(update_fields=["zone"])
    make_confirmed(eve)
    for person, at in ((reachable, "20:29"), (eve, "20:30")):
        make_preference(person)
        make_reminder(person, at=at)

    def refuse_ada(reminder, *given):
        if reminder.owner == reachable:
            raise ValueError
        send(reminder, *given)

    send = mails.send
    monkeypatch.setattr(mails, "send", refuse_ada)
    assert run_at(EVENING) == 1
    assert mail.outbox[0].to == [eve.email]


def test_a_database_that_is_gone_is_not_taken_for_a_reminder_that_fails(reachable, monkeypatch):
    make_preference(reachable)
    make_reminder(reachable)
    monkeypatch.setattr(mails, "send", _lose_the_database)
    with pytest.raises(OperationalError):
        run_at(EVENING)


def _lose_the_database(*_given):
    raise OperationalError


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(reachable):
    make_preference(reachable)
    make_reminder(reachable)
    make_reminder(reachable, Kind.PROMISE, promise=make_promise(reachable))

    def work(_n: int) -> int:
        try:
            return send_due()
        finally:
            connection.close()

    with time_machine.travel(EVENING, tick=False), ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 1
    assert len(mail.outbox) == 1
    with acting_as(reachable):
        assert SentReminder.objects.count() == 1


def test_one_look_costs_two_queries_however_many_there_are(reachable, django_assert_num_queries):
    make_preference(reachable)
    for _n in range(20):
        make_reminder(reachable, Kind.PROMISE, promise=make_promise(reachable))
    with django_assert_num_queries(6):  # savepoint, query, release; notifications likewise
        assert run_at("2026-11-19T12:00:30+01:00") == 0
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    assert "reminder_by_time" in Reminder.objects.due(clock.now(reachable)).explain()
