"""A real browser against the real server, in two ways.

`visit` is for stories: `manage.py serve` on a data folder of its own, with nothing set up behind
the browser's back; people sign up and write through the pages. `tab` is for looking at the pages of
tests/pages.py: the same application in this process, where rows can be made for each page. Both
are watched: a console error, a refusal by the content security policy, or a request to anyone else
fails the test that caused it.

Debian's chromium is used; where it is absent the tests are skipped and say so, unless
REQUIRE_BROWSER=1.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from pytest_django.live_server_helper import LiveServer

from journal.people.models import User
from tests.e2e.console_watch import Watch
from tests.embedded.running import started_before
from tests.factories import PASSWORD
from tests.page import say_it_again
from tests.people.second_steps import showed

ROOT = Path(__file__).resolve().parents[2]
# The first is the same browser without its windows, which takes half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Each context asks for it too, but a page hears of that only after it has begun, and a
    # transition that began meanwhile is then reported as an error.
    "--force-prefers-reduced-motion",
]
# The browser draws its own address bar with pages, one process for each context that costs more
# than most of ours. The others stand for Playwright's list, whose place this one takes.
NOT_NEEDED = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "PreconnectToSearch"]
NOT_NEEDED += ["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"]
NOT_NEEDED += ["HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter"]
NOT_NEEDED += ["PaintHolding", "ThirdPartyStoragePartitioning", "OptimizationHints"]
NOT_NEEDED += ["AvoidCorsURLLoaderRestartOnRedirect", "NetworkTimeServiceQuerying"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    assert CHROMIUM, "REQUIRE_BROWSER is set and there is no chromium"
    return {
        "executable_path": CHROMIUM,
        "args": [*QUIET, f"--disable-features={','.join(NOT_NEEDED)}"],
    }


@pytest.fixture(scope="session")
def _given_back() -> None:
    """While Playwright's event loop runs in this thread, Django keeps another set of connections
    for it. One that was open before, nobody would find again to close: it would be missing in the
    pool, and keep the database from being renamed by those who restore."""
    connections.close_all()


@pytest.fixture(scope="session")
def playwright(_given_back: None, playwright: Playwright) -> Iterator[Playwright]:
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a server that lives as long as the test run."""
    folder = Path(tempfile.mkdtemp(prefix="selftrust-e2e-", dir="/tmp"))
    folder.chmod(0o711)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started_before(folder / "var")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "SELFTRUST_DATA_DIR": str(folder / "var"),
        "SELFTRUST_SIGNUP": "open",
        "SELFTRUST_COACHES": "invitation",
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "PORT": str(port),
    }
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    try:
        line = server.stdout.readline().decode()
        assert line.startswith("Selftrust is at"), (folder / "log").read_text()[-2000:]
        address = line.split()[-1]
        assert urllib.request.urlopen(f"{address}/readyz").read() == b"ready"
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


class Visit:
    """One person at one device."""

    def __init__(self, context: BrowserContext, site: str, watch: Watch) -> None:
        self.context, self.site, self.watch = watch.over(context), site, watch
        self.page = self.tab()

    def tab(self) -> Page:
        return self.context.new_page()

    def forgive(self, text: str) -> None:
        """What the browser said about a trouble that the test made."""
        self.watch.seen = [problem for problem in self.watch.seen if text not in problem]

    def go(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def sign_up(self) -> str:
        email = f"{uuid4().hex[:12]}@example.org"
        page = self.go("/")
        page.get_by_role("link", name="Create an account").click()
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        page.wait_for_url("**/welcome/welcome/")
        return email

    def write(self, body: str, title: str = "", day: str = "") -> Page:
        page = self.go("/journal/write/")
        page.get_by_label("Title, optional").fill(title)
        page.get_by_label("Your entry").fill(body)
        if day:
            page.get_by_label("Day").fill(day)
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Change").wait_for()
        return page


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator:
    """Opens visits: `visit()`, `visit(viewport=PHONE, java_script_enabled=False)`."""
    visits: list[Visit] = []
    watch = Watch(site)

    def open_one(**options) -> Visit:
        # Without motion: a page transition cut short by the next key is reported as an error.
        defaults = {"viewport": DESK, "reduced_motion": "reduce", "timezone_id": "Europe/Berlin"}
        context = browser.new_context(locale="en-GB", **{**defaults, **options})
        context.set_default_timeout(15_000)
        visits.append(Visit(context, site, watch))
        return visits[-1]

    yield open_one
    for one in visits:
        one.context.close()
    assert watch.problems() == []


def closed_at_once(application: Any) -> Any:
    """Each answer is read and closed before it is sent, and its connection given back, whoever has
    left meanwhile. Django's signal would do that, but its test client, asking at the same moment in
    another thread, takes the signal away from all; and a socket that is kept open keeps a thread.
    """

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        response = application(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            response.close()
            connection.close()

    return answer


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """pytest-django's, but static files come from where they really come from: whitenoise."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = closed_at_once
    server.start()
    yield server
    server.stop()


def watched(browser: Browser, watch: Watch, home: str, **options: Any) -> BrowserContext:
    defaults = {"viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce"}
    context = browser.new_context(base_url=home, **{**defaults, **options})
    context.set_default_timeout(15_000)
    return watch.over(context)


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of a browser in front of `live_server`, which has seen nothing yet."""
    watch = Watch(live_server.url)
    context = watched(browser, watch, live_server.url)
    yield context.new_page()
    context.close()
    assert watch.problems() == []


@pytest.fixture(scope="session")
def open_window(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Page, Watch]]:
    watch = Watch(live_server.url)
    context = watched(browser, watch, live_server.url)
    yield context.new_page(), watch
    context.close()


@pytest.fixture
def window(open_window: tuple[Page, Watch]) -> Iterator[Page]:
    """One page for all the tests that only look: style and fonts are loaded once."""
    page, watch = open_window
    yield page
    # A page of the same server that asks nothing: to leave it, for about:blank, and come back would
    # take a new process each time, which then reads axe anew.
    page.goto("/healthz")
    page.context.clear_cookies()
    page.set_viewport_size(DESK)
    assert watch.take_problems() == []


def let_in(tab: Page, person: User, home: str, *, sure: bool = False, coach: bool = False) -> None:
    """Signs someone in without the form."""
    client = Client()
    client.force_login(person)
    if sure:
        say_it_again(client)
    if coach:
        showed(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
