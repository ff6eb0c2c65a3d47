"""The devices of the reminders page: each by itself, tested, removed, and gone with its session."""

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from journal.push import sending, vapid
from journal.push.devices import SESSION_KEY
from journal.push.models import MOST_DEVICES, PushMessage, PushSubscription
from tests.conftest import signed_in
from tests.push.push_service import Device, in_form
from tests.reminders.factories import make_preference

pytestmark = pytest.mark.django_db
PAGE = "/settings/reminders/"
ADD = f"{PAGE}devices/"
ANDROID = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def devices_of(person) -> list[PushSubscription]:
    with acting_as(person):
        return list(PushSubscription.objects.filter(owner=person))


def test_a_device_is_added_once_under_a_name_one_knows(ada, ada_client, phone):
    for _click in range(2):
        answer = ada_client.post(ADD, phone.form, headers={"User-Agent": ANDROID})
        assert answer.status_code == 302
    assert [device.name for device in devices_of(ada)] == ["Firefox on Android"]
    page = ada_client.get(PAGE).content.decode()
    assert "Firefox on Android" in page
    assert "This device" in page


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Safari/537.36", "Chrome on Android"),
        ("", "Unknown browser"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_names_of_devices(ada, ada_client, phone, agent, name):
    ada_client.post(ADD, phone.form, headers={"User-Agent": agent})
    assert [device.name for device in devices_of(ada)] == [name]


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": ""},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "http://localhost/x"},
        {"endpoint": "https://example.org/x"},
        {"endpoint": "\0"},
        {"p256dh": ""},
        {"p256dh": "AAAA"},
        {"p256dh": "BP" + "A" * 85},
        {"p256dh": "\N{SNOWMAN}"},
        {"auth": ""},
        {"auth": "A" * 30},
        {"auth": "!"},
    ],
)
def test_what_no_browser_says_is_refused_in_a_sentence(ada, ada_client, phone, change):
    ada_client.post(ADD, {**phone.form, **in_form(change)})
    page = ada_client.get(PAGE).content.decode()
    assert 'class="toast"' in page
    assert "Notifications are on" not in page
    assert devices_of(ada) == []


def test_an_endpoint_that_is_too_long_is_refused(ada, ada_client, phone):
    long = phone.posted["endpoint"] + "x" * 1000
    ada_client.post(ADD, {**phone.form, **in_form({"endpoint": long})})
    assert devices_of(ada) == []


def test_ten_devices_are_enough(ada, ada_client, push_service):
    for n in range(MOST_DEVICES + 1):
        ada_client.post(ADD, Device(push_service.host, f"d{n}").form)
    assert len(devices_of(ada)) == MOST_DEVICES
    assert "Remove one first" in ada_client.get(PAGE).content.decode()


def test_a_test_goes_to_one_device(ada, ada_client, push_service, phone, laptop):
    device = phone.store(ada)
    laptop.store(ada)
    make_preference(ada, sender_name="Post")
    ada_client.post(f"{ADD}{device.pk}/test/")
    sending.send_waiting()
    assert [said["body"] for said in phone.shown(push_service)] == [
        "This is the test you asked for"
    ]
    assert phone.shown(push_service)[0]["title"] == "Post"
    assert laptop.shown(push_service) == []


def test_the_task_of_a_test_sends_only_that(ada, push_service, phone, laptop):
    waiting = {}
    for one in (phone, laptop):
        waiting[one] = _enqueue(one.store(ada))
    sending.send_one.func(str(waiting[phone].pk), str(ada.pk))
    assert [len(one.shown(push_service)) for one in (phone, laptop)] == [1, 0]


def _enqueue(device: PushSubscription) -> PushMessage:
    from journal.reminders import notifications
    from journal.reminders.models import preference_of

    with acting_as(device.owner):
        notifications.send_test(device, preference_of(device.owner))
        return PushMessage.objects.get(subscription=device)


def test_a_removed_device_gets_nothing_that_was_waiting(ada, ada_client, push_service, phone):
    device = phone.store(ada)
    ada_client.post(f"{ADD}{device.pk}/test/")
    ada_client.post(f"{ADD}{device.pk}/remove/")
    sending.send_waiting()
    assert push_service.got == []
    assert devices_of(ada) == []


def test_eve_neither_tests_nor_removes_a_device_of_adas(ada, eve_client, phone):
    device = phone.store(ada)
    for verb in ("test", "remove"):
        assert eve_client.post(f"{ADD}{device.pk}/{verb}/").status_code == 404
    assert len(devices_of(ada)) == 1


def test_signing_out_ends_notifications_on_that_device_only(ada, phone, laptop):
    here, there = signed_in(ada), signed_in(ada)
    here.post(ADD, phone.form)
    there.post(ADD, laptop.form)
    here.post("/accounts/logout/")
    assert [device.endpoint for device in devices_of(ada)] == [laptop.posted["endpoint"]]


def test_signing_out_everywhere_else_ends_them_there(ada, phone, laptop):
    here, there = signed_in(ada), signed_in(ada)
    here.post(ADD, phone.form)
    there.post(ADD, laptop.form)
    for client in (here, there):
        _row_of_allauth(client, ada)
    here.post("/accounts/sessions/")
    assert [device.endpoint for device in devices_of(ada)] == [phone.posted["endpoint"]]
    assert there.get("/today/").status_code == 302


def _row_of_allauth(client, person) -> None:
    UserSession.objects.get_or_create(
        user=person, session_key=client.session.session_key, defaults={"ip": "127.0.0.1"}
    )


def test_the_session_after_one_that_ran_out_ends_them_too(ada, phone):
    """The page of the new session posts the subscription again, by itself."""
    signed_in(ada).post(ADD, phone.form)
    again = signed_in(ada)
    again.post(ADD, phone.form)
    assert "Notifications are on" not in again.get(PAGE).content.decode()
    again.post("/accounts/logout/")
    assert devices_of(ada) == []


def test_a_session_that_ran_out_leaves_the_device(ada, phone):
    client = signed_in(ada)
    client.post(ADD, phone.form)
    client.session.flush()
    assert len(devices_of(ada)) == 1


RENEW = f"{ADD}renew/"


def test_another_subscription_takes_the_place_of_one_that_ended(ada, phone, laptop):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    session = client.session
    session[SESSION_KEY] = str(phone.store(ada).pk)
    session.save()
    said = client.get(RENEW).json()
    assert said["key"] == vapid.public_key()
    assert client.post(RENEW, laptop.form).status_code == 403

    answer = client.post(RENEW, laptop.form, headers={"X-CSRFToken": said["token"]})

    assert answer.status_code == 204
    (device,) = devices_of(ada)
    assert (device.endpoint, device.name) == (laptop.posted["endpoint"], "Firefox on Android")
    assert client.session[SESSION_KEY] == str(device.pk)


def test_one_that_is_listed_by_itself_leaves_no_second(ada, ada_client, phone, laptop):
    ada_client.post(ADD, phone.form)
    listed = laptop.store(ada)
    assert ada_client.post(RENEW, laptop.form).status_code == 204
    assert [device.pk for device in devices_of(ada)] == [listed.pk]


def test_a_tenth_device_can_be_renewed_too(ada, ada_client, phone, laptop, push_service):
    ada_client.post(ADD, phone.form)
    for n in range(MOST_DEVICES - 1):
        Device(push_service.host, f"d{n}").store(ada)
    assert ada_client.post(RENEW, laptop.form).status_code == 204
    assert len(devices_of(ada)) == MOST_DEVICES


def test_rubbish_in_its_place_changes_nothing(ada, ada_client, phone):
    ada_client.post(ADD, phone.form)
    answer = ada_client.post(RENEW, in_form({**phone.posted, "endpoint": "https://example.org/x"}))
    assert answer.status_code == 422
    assert [device.endpoint for device in devices_of(ada)] == [phone.posted["endpoint"]]


def test_a_device_that_was_removed_does_not_come_back(ada, ada_client, phone, laptop):
    ada_client.post(ADD, phone.form)
    ada_client.post(f"{ADD}{devices_of(ada)[0].pk}/remove/")
    assert ada_client.post(RENEW, laptop.form).status_code == 404
    assert devices_of(ada) == []


def test_the_page_says_what_works(ada, ada_client, settings):
    settings.MAIL_WORKS = False
    page = ada_client.get(PAGE).content.decode()
    assert "This server sends no email. Notifications work" in page
    assert "Email works here." not in page
    assert "no notification can reach you" in page
    assert "Signing out on a device ends them there" in page


def test_ten_devices_cost_no_more_queries_than_one(ada, ada_client, push_service):
    counts = []
    for numbers in (range(1), range(1, 10)):
        for n in numbers:
            Device(push_service.host, f"d{n}").store(ada)
        with CaptureQueriesContext(connection) as queries:
            ada_client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_page_of_unsaved_words_shows_no_subscription(ada, ada_client, phone):
    ada_client.post("/accounts/logout/")
    answer = ada_client.post(ADD, phone.form, follow=True)
    assert phone.posted["auth"] not in answer.content.decode()
    assert phone.posted["endpoint"] not in answer.content.decode()
