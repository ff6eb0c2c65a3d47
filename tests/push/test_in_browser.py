"""From the button on the page to "Kept": the real page and service worker in a whole Chromium.

A browser in a test has no push service, so its subscription is given to the page. What the server
sends is decrypted as the browser would, and handed to the service worker by DevTools.
"""

import json
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Worker

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.promises.models import CheckIn, Promise
from journal.push import sending
from journal.push.models import PushSubscription
from journal.reminders import notifications
from journal.reminders.models import Kind, Reminder, preference_of
from tests.browser import PHONE, QUIET, let_in, violations, watched
from tests.console_watch import Watch
from tests.factories import make_person
from tests.promises.factories import make_promise

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SUBSCRIPTION = """(() => {
  const posted = %s, key = "subscribed";
  const made = (given) => ({
    endpoint: posted.endpoint,
    options: { applicationServerKey: Uint8Array.from(JSON.parse(given)).buffer },
    toJSON: () => ({ endpoint: posted.endpoint, keys: posted }),
    unsubscribe: async () => { localStorage.removeItem(key); return true; },
  });
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    localStorage[key] = JSON.stringify([...applicationServerKey]);
    return made(localStorage[key]);
  };
  PushManager.prototype.getSubscription = async () =>
    localStorage[key] ? made(localStorage[key]) : null;
})()"""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({title, body, actions}) => ({title, body, actions: actions.map(({action}) => action)}))"""
# A click of the person; a test can't make one that the browser trusts, so it waits by itself.
CLICK = """async ([action, taps]) => {
  const [notification] = await registration.getNotifications();
  await Promise.all(Array.from({ length: taps }, () => {
    const click = new NotificationEvent("notificationclick", { notification, action });
    let whole;
    click.waitUntil = (promise) => { whole = promise; };
    dispatchEvent(click);
    return whole;
  }));
}"""

# What a browser does when its push service forgot the subscription.
CHANGED = """async (posted) => {
  PushManager.prototype.subscribe = async () =>
    ({ toJSON: () => ({ endpoint: posted.endpoint, keys: posted }) });
  const change = new ExtendableEvent("pushsubscriptionchange");
  let whole;
  change.waitUntil = (promise) => { whole = promise; };
  dispatchEvent(change);
  await whole;
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM and not os.environ.get("REQUIRE_BROWSER"), reason="chromium is not installed"
    ),
]


@pytest.fixture(scope="module")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """The shell without windows has no notifications."""
    assert CHROMIUM, "REQUIRE_BROWSER is set and there is no chromium"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


class Visit:
    def __init__(self, context: BrowserContext, home: str) -> None:
        self.context, self.home, self.page = context, home, context.new_page()
        self.devtools = context.new_cdp_session(self.page)
        self.registrations: list[dict[str, Any]] = []
        self.devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda said: self.registrations.extend(said["registrations"]),
        )
        self.devtools.send("ServiceWorker.enable")

    def go(self) -> Page:
        self.page.goto("/settings/reminders/")
        self.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        return self.page

    @property
    def worker(self) -> Worker:
        return self.context.service_workers[-1]

    def push(self, said: dict[str, Any]) -> None:
        here = [one for one in self.registrations if one["scopeURL"].startswith(self.home)]
        self.devtools.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": self.home,
                "registrationId": here[-1]["registrationId"],
                "data": json.dumps(said),
            },
        )
        self.page.wait_for_function(f"async () => (await ({SHOWN})()).length")

    def click(self, action: str, *, taps: int = 1) -> None:
        self.worker.evaluate(CLICK, [action, taps])

    def shown(self) -> list[dict[str, Any]]:
        return self.page.evaluate(SHOWN)


@pytest.fixture
def ada(transactional_db):
    return make_person("ada@example.org")


@pytest.fixture
def visit(whole_browser, live_server, ada, phone) -> Iterator[Visit]:
    watch = Watch(live_server.url)
    context = watched(whole_browser, watch, live_server.url, viewport=PHONE)
    context.add_init_script(SUBSCRIPTION % json.dumps(phone.posted))
    context.grant_permissions(["notifications"])
    one = Visit(context, live_server.url)
    let_in(one.page, ada, live_server.url)
    yield one
    context.close()
    assert watch.problems() == []


def reminded(ada, promise: Promise, phone, push_service) -> dict[str, Any]:
    """What the phone gets for a reminder of this promise today."""
    with acting_as(ada):
        reminder = Reminder(owner=ada, kind=Kind.PROMISE, promise=promise)
        day, until = clock.today(ada), clock.now(ada) + notifications.KEPT_WORKS_FOR
        notifications.send(reminder, preference_of(ada), day, until)
    sending.send_waiting()
    return phone.shown(push_service)[-1]


def recorded(ada) -> list[str]:
    with acting_as(ada):
        return list(CheckIn.objects.filter(owner=ada).values_list("status", flat=True))


def test_from_the_button_on_the_page_to_a_promise_that_is_kept(visit, ada, phone, push_service):
    promise = make_promise(ada)
    page = visit.go()
    page.get_by_role("button", name="Turn on for this device").click()
    page.get_by_text("Notifications are on for this device.").wait_for()
    page.get_by_text("This device", exact=True).wait_for()
    assert not page.get_by_role("button", name="Turn on for this device").is_visible()
    assert violations(page) == []

    visit.push(reminded(ada, promise, phone, push_service))
    said = {"title": "Notes", "body": "A small note for now"}
    assert visit.shown() == [{**said, "actions": ["kept", "open"]}]
    assert recorded(ada) == []

    visit.click("kept", taps=2)
    assert visit.shown() == [{"title": "Notes", "body": "Kept. Recorded.", "actions": []}]
    assert recorded(ada) == ["kept"]


def test_without_a_connection_it_says_so_and_can_be_tapped_again(visit, ada, phone, push_service):
    phone.store(ada)
    visit.go()
    visit.push(reminded(ada, make_promise(ada), phone, push_service))
    visit.worker.evaluate("() => { self.online = fetch; self.fetch = () => Promise.reject(); }")
    visit.click("kept")
    assert visit.shown()[0]["body"] == "Not recorded. There’s no connection."
    assert recorded(ada) == []

    visit.worker.evaluate("() => { self.fetch = online; }")
    visit.click("kept")
    assert [one["body"] for one in visit.shown()] == ["Kept. Recorded."]
    assert recorded(ada) == ["kept"]


def test_open_closes_the_notification_and_records_nothing(visit, ada, phone, push_service):
    phone.store(ada)
    visit.go()
    visit.push(reminded(ada, make_promise(ada), phone, push_service))
    visit.worker.evaluate("() => { clients.openWindow = async (url) => { self.opened = url; }; }")
    visit.click("open")
    assert visit.shown() == []
    assert visit.worker.evaluate("opened") == "/today/"
    assert recorded(ada) == []


def test_a_revoked_permission_is_said(visit, ada, phone):
    phone.store(ada)
    visit.context.clear_permissions()
    visit.context.grant_permissions(["geolocation"])  # and refuses every other
    page = visit.go()
    page.get_by_text("This browser doesn’t allow notifications here.").wait_for()
    assert not page.get_by_role("button", name="Turn on for this device").is_visible()


def test_a_subscription_that_the_browser_ended_is_made_anew(visit, ada, phone, laptop):
    page = visit.go()
    page.get_by_role("button", name="Turn on for this device").click()
    page.get_by_text("Notifications are on for this device.").wait_for()
    visit.worker.evaluate(CHANGED, laptop.posted)

    with acting_as(ada):
        (device,) = PushSubscription.objects.filter(owner=ada)
    assert device.endpoint == laptop.posted["endpoint"]


def test_a_subscription_that_the_server_does_not_list_is_ended(visit, ada, phone):
    """The device was removed elsewhere, or someone else used this browser before."""
    page = visit.go()
    page.get_by_role("button", name="Turn on for this device").click()
    page.get_by_text("Notifications are on for this device.").wait_for()
    with acting_as(ada):
        ada.push_subscriptions.all().delete()
    visit.go().get_by_role("button", name="Turn on for this device").wait_for()
    assert page.evaluate("localStorage.subscribed") is None


def test_the_next_person_in_this_browser_gets_nothing_of_the_first(visit, ada, live_server):
    page = visit.go()
    page.get_by_role("button", name="Turn on for this device").click()
    page.get_by_text("Notifications are on for this device.").wait_for()
    let_in(page, make_person("eve@example.org"), live_server.url)
    page.goto("/journal/")
    page.wait_for_function("() => !localStorage.subscribed && !localStorage.notified")
