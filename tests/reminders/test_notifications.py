"""Reminders by notification: one reminder a day over mail and devices, in words anyone may see."""

import pytest
import time_machine
from django.core import mail

from journal.privacy.rls import acting_as
from journal.push.models import PushMessage
from journal.reminders.models import Kind, Reminder, SentReminder
from tests.promises.factories import make_promise
from tests.reminders.factories import make_preference, make_reminder, run_at

pytestmark = pytest.mark.django_db
EVENING = "2026-11-19T20:30:10+01:00"  # a Thursday, in the zone of the factories


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel("2026-11-19T12:00:00+01:00", tick=False):
        yield


def test_one_reminder_goes_to_the_mail_and_to_each_device(reachable, push_service, phone, laptop):
    make_preference(reachable)
    make_reminder(reachable, by_push=True)
    phone.store(reachable)
    laptop.store(reachable)

    assert [run_at(EVENING), run_at(EVENING)] == [1, 0]

    assert len(mail.outbox) == len(phone.shown(push_service)) == 1
    assert phone.shown(push_service) == laptop.shown(push_service)
    with acting_as(reachable):
        assert SentReminder.objects.count() == 1
        assert not PushMessage.objects.exists()


def test_the_most_a_day_holds_over_both_ways(reachable, push_service, phone):
    make_preference(reachable)
    phone.store(reachable)
    make_reminder(reachable)
    promise = make_promise(reachable)
    make_reminder(reachable, Kind.PROMISE, promise=promise, by_mail=False, by_push=True)

    assert run_at(EVENING) == 1
    assert len(mail.outbox) + len(push_service.got) == 1


def test_without_mail_notifications_still_come(ada, push_service, phone, settings):
    settings.MAIL_WORKS = False
    make_preference(ada)
    make_reminder(ada, by_push=True)
    phone.store(ada)
    assert run_at(EVENING) == 1
    assert mail.outbox == []
    assert len(phone.shown(push_service)) == 1


def test_a_reminder_without_a_device_takes_no_place_of_the_day(ada):
    make_preference(ada)
    make_reminder(ada, by_mail=False, by_push=True)
    assert run_at(EVENING) == 0
    with acting_as(ada):
        assert not SentReminder.objects.exists()


def test_a_reminder_of_a_promise_says_nothing_others_may_not_see(ada, push_service, phone):
    make_preference(ada, sender_name="Post")
    phone.store(ada)
    promise = make_promise(ada, "Call the clinic")
    make_reminder(ada, Kind.PROMISE, promise=promise, by_mail=False, by_push=True)
    run_at(EVENING)

    said = phone.shown(push_service)[0]
    assert (said["title"], said["body"]) == ("Post", "A small note for now")
    assert said["open"]["url"] == "/today/"
    assert said["kept"]["url"].startswith("/t/kept/")
    for word in ("clinic", "Selftrust", ada.email, str(promise.pk)):
        assert word not in repr(said)


@pytest.mark.parametrize("kind", [Kind.DAILY, Kind.WEEK])
def test_only_a_promise_can_be_kept_from_a_notification(ada, push_service, phone, kind):
    make_preference(ada)
    phone.store(ada)
    with time_machine.travel("2026-11-22T12:00:00+01:00"):  # a Sunday
        make_reminder(ada, kind, by_mail=False, by_push=True, weekday=6)
    run_at("2026-11-22T20:30:10+01:00")
    assert "kept" not in phone.shown(push_service)[0]


def test_ending_the_mails_of_a_kind_leaves_its_notifications(ada):
    make_reminder(ada, by_push=True)
    with acting_as(ada):
        Reminder.objects.end(Kind.DAILY, "by_mail")
        row = Reminder.objects.get()
    assert (row.by_mail, row.by_push, bool(row.next_at)) == (False, True, True)


def test_a_notification_that_waits_ends_two_hours_after_its_time(ada, push_service, phone):
    make_preference(ada)
    make_reminder(ada, by_mail=False, by_push=True)
    phone.store(ada)
    push_service.answers[phone.path] = 503
    run_at(EVENING)
    run_at("2026-11-19T22:30:01+01:00")
    assert len(push_service.got) == 1
    with acting_as(ada):
        assert not PushMessage.objects.exists()
