"""Without a connection: Chromium's own service worker, its caches and its database, in front of the
application in this process."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from journal.offline import worker
from journal.people.models import User
from tests.browser import PHONE, let_in, violations, watched
from tests.console_watch import Watch
from tests.e2e.typing import kept_in_browser
from tests.factories import PASSWORD
from tests.promises.factories import make_promise


class Device:
    """A person's browser."""

    def __init__(self, browser: Browser, watch: Watch, home: str) -> None:
        self.context = watched(browser, watch, home, viewport=PHONE, timezone_id="Europe/Berlin")
        self.page, self.home = self.context.new_page(), home

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def sign_in(self, person: User) -> None:
        let_in(self.page, person, self.home)

    def sign_in_by_hand(self, person: User) -> None:
        page = self.go("/accounts/login/")
        page.get_by_label("Email").fill(person.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(re.compile("/today/"))

    def tick(self) -> None:
        page = self.go("/settings/")
        page.get_by_label("Keep unsent text on this device").check()
        page.get_by_text("Ticked.").wait_for()
        page.wait_for_function("() => navigator.serviceWorker.ready")
        self.go("/today/")
        self.has_questions()

    def has_questions(self) -> None:
        """Until today's questions are on the device."""
        self.page.wait_for_function(
            """() => new Promise((resolve) => {
              const opened = indexedDB.open("outbox");
              opened.onsuccess = () => {
                const all = opened.result.transaction("device").objectStore("device").getAllKeys();
                all.onsuccess = () => { opened.result.close(); resolve(all.result.length > 1); };
              };
            })"""
        )

    def go_offline(self, path: str = "/today/") -> Page:
        self.context.set_offline(True)
        return self.go(path)

    def come_back(self) -> None:
        self.context.set_offline(False)

    def write(self, text: str) -> None:
        self.page.get_by_label("Your entry").fill(text)
        self.page.get_by_role("button", name="Keep it here").click()
        self.page.locator("#kept-entry", has_text="Kept on this device").wait_for()

    def answer(self, promise: str, value: str) -> None:
        self.page.get_by_role("group", name=promise).get_by_label(value, exact=True).check()

    def keep_answers(self) -> None:
        self.page.get_by_role("button", name="Keep the check-in here").click()
        self.page.locator("#kept-check-in", has_text="Kept on this device").wait_for()

    def is_all_sent(self) -> None:
        self.page.get_by_text("Nothing is waiting.").wait_for()

    def left(self) -> str:
        return kept_in_browser(self.page)


@pytest.fixture
def device(browser: Browser, live_server, transactional_db) -> Iterator[Device]:
    watch = Watch(live_server.url)
    one = Device(browser, watch, live_server.url)
    yield one
    one.context.close()
    problems = watch.problems()
    assert [one for one in problems if "ERR_INTERNET_DISCONNECTED" not in one] == []


@pytest.fixture
def ada_device(device: Device, ada: User) -> Device:
    device.sign_in(ada)
    return device


def test_an_evening_on_the_train(ada_device: Device, ada: User):
    """Two answers and an entry, each stored once and in order when the connection is back."""
    walk, call = make_promise(ada, "Walk after lunch"), make_promise(ada, "Call Gran")
    ada_device.tick()
    page = ada_device.go_offline()
    page.get_by_role("heading", name="You can still write").wait_for()
    ada_device.answer("Walk after lunch", "Kept")
    ada_device.answer("Call Gran", "Missed")
    ada_device.keep_answers()
    ada_device.write("Zanzibar, from the train")
    assert page.locator("#waiting > li").all_inner_texts()[-1].startswith("Entry, 4 words")
    assert violations(page) == []
    assert "anzibar" not in ada_device.left()
    ada_device.go("/journal/")  # closed and opened again
    page.get_by_text("3 things wait here.").wait_for()
    assert not ada.entries.exists()

    sent = []
    page.on("request", lambda one: one.method == "POST" and sent.append(one.post_data_json["kind"]))
    ada_device.come_back()
    ada_device.is_all_sent()
    ada_device.go("/offline/")
    ada_device.is_all_sent()
    assert sent == ["answer", "answer", "entry"]
    assert [one.body for one in ada.entries.all()] == ["Zanzibar, from the train"]
    statuses = {one.promise_id: one.status for one in ada.checkins.all()}
    assert statuses == {walk.pk: "kept", call.pk: "missed"}


def test_the_next_page_sends_it_and_a_lost_answer_makes_no_second_entry(ada_device, ada):
    ada_device.tick()
    page = ada_device.go_offline()
    ada_device.write("Once")
    page.get_by_label("Your entry").fill("Not finished")
    page.wait_for_function("() => localStorage.waiting === '2'")
    page.goto("about:blank")
    ada_device.come_back()
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            return route.abort("internetdisconnected")
        return route.continue_()

    page.route("**/offline/outbox/", lose)
    ada_device.go("/journal/")
    page.wait_for_function("() => localStorage.waiting === '2'")
    while not lost:
        page.wait_for_event("requestfailed")
    ada_device.go("/journal/")
    page.get_by_text("is in your journal now").wait_for()
    assert lost == [204]
    assert sorted(one.body for one in ada.entries.all()) == ["Not finished", "Once"]


def test_an_answer_recorded_meanwhile_waits_for_hers(ada_device, ada, ada_client):
    promise = make_promise(ada, "Walk after lunch")
    ada_device.tick()
    page = ada_device.go_offline()
    ada_device.answer("Walk after lunch", "Kept")
    ada_device.keep_answers()
    ada_client.post("/today/check/", {f"{promise.pk}-status": "missed"})
    ada_device.come_back()
    page.get_by_text("“Missed” was recorded meanwhile").wait_for()
    assert violations(page) == []
    assert ada.checkins.get().status == "missed"
    page.get_by_role("button", name="Record “Kept”").click()
    ada_device.is_all_sent()
    assert ada.checkins.get().status == "kept"


def test_a_new_worker_takes_over_while_she_types(ada_device, ada, monkeypatch):
    page = ada_device.go("/journal/write/")
    page.wait_for_function("() => navigator.serviceWorker.ready")
    before = page.evaluate("caches.keys()")
    page.get_by_label("Your entry").fill("Half a sent")
    page.evaluate("window.isSamePage = true")
    monkeypatch.setattr(worker, "FILES", worker.FILES[:-1])
    worker._source.cache_clear()
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    page.wait_for_function(
        "before => caches.keys().then((now) => now.length === 1 && now[0] !== before[0])",
        arg=before,
    )
    page.get_by_label("Your entry").press_sequentially("ence")
    worker._source.cache_clear()
    assert page.evaluate("window.isSamePage")
    expect(page.get_by_label("Your entry")).to_have_value("Half a sentence")
    page.get_by_text("Saved ").wait_for()


def test_signing_out_asks_and_leaves_nothing(ada_device, ada):
    make_promise(ada, "Feed the quokka")
    ada_device.tick()
    page = ada_device.go_offline()
    ada_device.write("Zanzibar")
    page.route("**/offline/outbox/", lambda route: route.abort("internetdisconnected"))
    ada_device.come_back()
    ada_device.go("/today/")
    page.locator(".account-menu summary").click()
    page.locator(".account-menu").get_by_role("button", name="Sign out").click()
    page.get_by_text("1 thing you made without a connection hasn’t been sent").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Send first").click()
    page.get_by_text("Not everything could be sent.").wait_for()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    left = ada_device.left()
    assert "anzibar" not in left
    assert "quokka" not in left
    assert page.evaluate("indexedDB.databases()") == []
    assert not ada.entries.exists()


def test_send_first_sends_before_she_signs_out(ada_device, ada):
    ada_device.tick()
    page = ada_device.go_offline()
    ada_device.write("Zanzibar")
    page.goto("about:blank")
    ada_device.come_back()
    ada_device.go("/accounts/logout/")
    page.get_by_role("button", name="Send first").click()
    page.get_by_text("Everything is in your journal now.").wait_for()
    assert ada.entries.get().body == "Zanzibar"


def test_another_person_finds_nothing_and_receives_nothing(ada_device, ada, eve):
    make_promise(ada, "Feed the quokka")
    ada_device.tick()
    page = ada_device.go_offline()
    ada_device.write("Zanzibar")
    page.goto("about:blank")
    ada_device.come_back()
    ada_device.context.clear_cookies(name="sessionid")
    ada_device.sign_in(eve)
    ada_device.go("/today/")
    page.wait_for_function("() => indexedDB.databases().then((found) => found.length === 0)")
    assert not any(word in ada_device.left() for word in ("anzibar", "quokka"))
    page = ada_device.go_offline()
    page.get_by_role("heading", name="No connection", exact=True).wait_for()
    assert not eve.entries.exists()
    assert not ada.entries.exists()


def test_a_session_that_ran_out_shows_nothing_and_loses_nothing(ada_device, ada):
    make_promise(ada, "Feed the quokka")
    ada_device.tick()
    page = ada_device.go_offline()
    ada_device.write("Zanzibar")
    page.get_by_label("Your entry").fill("Half a zanzibar")
    page.wait_for_function("() => localStorage.waiting === '2'")
    ada_device.context.clear_cookies(name="sessionid")
    ada_device.come_back()
    page.get_by_text("Sign in, and it will be sent.").wait_for()
    page = ada_device.go_offline()
    page.get_by_text("Sign in to send 1 thing.").wait_for()
    assert not any(word in page.inner_text("body") for word in ("anzibar", "quokka", "Entry, "))
    expect(page.get_by_label("Your entry")).to_have_value("")
    assert not ada.entries.exists()
    ada_device.come_back()
    ada_device.sign_in_by_hand(ada)
    page.get_by_text("is in your journal now").wait_for()
    assert sorted(one.body for one in ada.entries.all()) == ["Half a zanzibar", "Zanzibar"]


def test_signing_out_this_device_from_elsewhere_ends_its_key(device, browser, ada):
    device.sign_in_by_hand(ada)
    device.tick()
    device.go_offline()
    device.write("Zanzibar")
    elsewhere = Device(browser, Watch(device.home), device.home)
    elsewhere.sign_in_by_hand(ada)
    page = elsewhere.go("/accounts/sessions/")
    page.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("button", name="Sign out everywhere else").wait_for(state="detached")
    elsewhere.context.close()
    device.page.goto("about:blank")
    device.come_back()
    page = device.go("/today/")
    page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert page.evaluate("indexedDB.databases()") == []
    assert not ada.entries.exists()


def test_unless_ticked_the_page_only_says_what_is_missing(ada_device):
    page = ada_device.go("/today/")
    page.wait_for_function("() => navigator.serviceWorker.ready")
    page = ada_device.go_offline()
    page.get_by_role("heading", name="No connection", exact=True).wait_for()
    assert page.get_by_role("textbox").count() == 0
    assert page.evaluate("indexedDB.databases()") == []
    page.get_by_role("link", name="A minute for you").click()
    page.get_by_role("heading", name="A minute for you").wait_for()
    page.get_by_role("link", name="See who you can call").click()
    page.get_by_role("heading", name="Need support now?").wait_for()
    assert violations(page) == []


def test_no_private_page_is_ever_in_a_cache_and_after_the_pause_that_locks_nothing_is_shown(
    ada_device, ada
):
    ada.lock_after = 5
    ada.save(update_fields=["lock_after"])
    make_promise(ada, "Feed the quokka")
    ada_device.tick()
    for path in ("/promises/", "/journal/", "/settings/", "/support/", "/insights/"):
        ada_device.go(path)
    kept = ada_device.page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys())
              found.push(new URL(url).pathname);
          return found.filter((path) => !path.startsWith("/static/")).sort();
        }"""
    )
    assert kept == sorted(worker.PAGES)
    assert not any(word in ada_device.left() for word in ("quokka", ada.email))

    page = ada_device.page
    page.clock.install()
    ada_device.go_offline()
    page.get_by_text("Feed the quokka").first.wait_for()
    ada_device.write("Zanzibar")
    page.clock.fast_forward("06:00")
    page.get_by_text("Sign in to send 1 thing.").wait_for()
    assert not any(word in page.inner_text("body") for word in ("quokka", "Entry, 1 word"))


def test_a_full_browser_says_so_and_nothing_waits_longer_than_two_weeks(ada_device):
    ada_device.tick()
    page = ada_device.go_offline()
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error('full'); }; }")
    page.get_by_label("Your entry").fill("Zanzibar")
    page.get_by_role("button", name="Keep it here").click()
    page.get_by_text("This browser can’t keep it").wait_for()
    page.get_by_role("button", name="Copy your text").wait_for()
    expect(page.get_by_label("Your entry")).to_have_value("Zanzibar")

    ada_device.go("/today/")
    ada_device.write("Zanzibar")
    page.clock.set_system_time(datetime.now() + timedelta(days=15))
    ada_device.go("/offline/")
    page.get_by_text("Nothing is waiting.").wait_for()
    page.wait_for_function("() => localStorage.waiting === '0'")
