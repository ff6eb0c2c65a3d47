"""A real browser in front of the application in this process, where rows can be made for a page.

`tab` is watched: a console error, a refusal by the content security policy, or a request to anyone
else fails the test that caused it. Debian's chromium is used; where it is absent the tests are
skipped and say so, unless REQUIRE_BROWSER=1. Under that, which is CI, a browser test that fails is
run once more and named in the summary as rerun: what fails twice, fails.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from pytest_django.live_server_helper import LiveServer

from journal.people.models import User
from journal.webserver.application import with_room
from tests.console_watch import Watch
from tests.factories import note_browser
from tests.kept_pages import KeptPages, WatchedPage
from tests.page import say_it_again
from tests.people.second_steps import showed

# The first is the same browser without its windows, which takes half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # nor a process that stands in for it
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
AXE = """async () => (await axe.run({resultTypes: ["violations"]})).violations.flatMap(
  (one) => one.nodes.map((node) =>
    `${one.help}: ${node.html.slice(0, 120)} ${node.failureSummary.split("\\n").slice(1)}`))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.flaky(reruns=1))
            elif not CHROMIUM:
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

    return with_room(answer)


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
def service_workers(request: pytest.FixtureRequest) -> str:
    """The site's service worker takes a fifth of a browser's time, to be installed and to stand
    before each page, so it runs only in tests that are marked to be about it."""
    return "allow" if request.node.get_closest_marker("service_worker") else "block"


@pytest.fixture(scope="session")
def kept_pages(browser: Browser) -> KeptPages:
    return KeptPages(browser)


@pytest.fixture
def open_page(kept_pages: KeptPages, service_workers: str) -> Iterator[Callable[..., WatchedPage]]:
    """Opens a watched page of a browser that knows nothing: `open_page(home, viewport=PHONE)`. With
    `fresh`, it serves no other test, before or after; nor does one with a service worker."""
    taken: list[tuple[WatchedPage, bool]] = []

    def take(home: str, *, fresh: bool = False, **options: Any) -> WatchedPage:
        defaults = {"viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce"}
        options = {**defaults, "service_workers": service_workers, **options}
        keep = not fresh and options["service_workers"] == "block"
        one = kept_pages.take(home, options, kept=keep)
        taken.append((one, keep))
        return one

    yield take
    problems = [one for page, keep in taken for one in kept_pages.give_back(page, keep=keep)]
    assert problems == []


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer, service_workers: str) -> Iterator[Page]:
    """A page of a browser in front of `live_server`, which has seen nothing yet."""
    watch = Watch(live_server.url)
    context = watched(browser, watch, live_server.url, service_workers=service_workers)
    yield context.new_page()
    context.close()
    assert watch.problems() == []


def let_in(tab: Page, person: User, home: str, *, sure: bool = False, coach: bool = False) -> None:
    """Signs someone in without the form."""
    client = Client()
    client.force_login(person)
    note_browser(person, client.session.session_key)
    if sure:
        say_it_again(client)
    if coach:
        showed(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])


def violations(tab: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    tab.evaluate(AXE_SCRIPT)
    return tab.evaluate(AXE)
