"""A real Chromium in front of the real server: middleware, hashed static files, headers and all.

Debian's chromium is used where it is found; elsewhere these tests are skipped, and say so. With
REQUIRE_BROWSER=1 they fail instead. Every context is watched: a console error, a refusal by the
content security policy, or a request to anyone else fails the test that caused it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from journal.people.models import User
from tests.e2e.watching import Watch
from tests.makers import PASSWORD

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
WAIT_MS = 10_000

NewContext = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        absent = "There is no chromium on this machine (apt-get install chromium)."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(absent, pytrace=False)
        pytest.skip(absent)
    return {"executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """pytest-django's, but static files come from where they really come from: whitenoise."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada(transactional_db, _quick_passwords) -> User:
    """As in the other tests, but there for the server's threads to see too."""
    password = make_password(PASSWORD)
    return User.objects.create(email="ada@example.org", zone="Europe/Berlin", password=password)


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    watch = Watch(live_server.url)
    yield watch
    assert not watch.seen, "\n".join(dict.fromkeys(watch.seen))


@pytest.fixture
def new_context(browser: Browser, live_server, watch: Watch) -> Iterator[NewContext]:
    """Makes a browser as a person would open it, with nothing remembered."""
    contexts = []

    def make(**options: Any) -> BrowserContext:
        options = {"viewport": DESK, "locale": "en-GB", "timezone_id": "Europe/Berlin", **options}
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        return watch.over(context)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def let_in(context: BrowserContext, person: User, home: str) -> None:
    """Signs someone in without the form."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])


@pytest.fixture
def ada_page(ada: User, context: BrowserContext, live_server) -> Page:
    let_in(context, ada, live_server.url)
    return context.new_page()


def sign_up(page: Page, email: str = "ada@example.org") -> None:
    page.goto("/")
    page.get_by_role("link", name="Create an account").first.click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/today/")


def sign_in(page: Page, email: str = "ada@example.org", password: str = PASSWORD) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")


def write(page: Page, body: str, title: str = "") -> str:
    """Writes an entry and returns the path at which it is read."""
    page.goto("/journal/write/")
    page.get_by_label("Title, optional").fill(title)
    page.get_by_label("Your entry").fill(body)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(lambda url: "/write/" not in url)
    return page.url
