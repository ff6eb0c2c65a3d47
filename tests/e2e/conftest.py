"""Stories in a real browser against the real server.

`visit` is `manage.py serve` on a data folder of its own, with nothing set up behind the browser's
back; people sign up and write through the pages. The browser itself, and the application in this
process, are in tests/browser.py. Both are watched in the same way.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from journal.people.models import User
from tests.browser import DESK, PHONE, let_in, watched
from tests.console_watch import Watch
from tests.embedded.running import example_before, started_before
from tests.factories import PASSWORD
from tests.page import form_ending, forms_on
from tests.prepared import new_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a server that lives as long as the test run."""
    folder = new_folder("e2e")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started_before(folder / "var")
    example_before(folder / "var")
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
        """A new person in this browser, without drawing the pages that lead there."""
        email = f"{uuid4().hex[:12]}@example.org"
        path, ask = "/accounts/signup/", self.context.request
        form = form_ending(forms_on(path, ask.get(self.site + path).text()), path)
        given = {"email": email, "password1": PASSWORD, "zone": "Europe/Berlin"}
        answer = ask.post(self.site + path, form=form.fields | given)
        assert "/welcome/?id=" in answer.url, answer.text()
        return email

    def sign_up_by_hand(self) -> str:
        email = f"{uuid4().hex[:12]}@example.org"
        page = self.go("/")
        page.get_by_role("link", name="Create an account").click()
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        page.wait_for_url("**/welcome/**")
        return email

    def write(self, body: str, title: str = "", day: str = "") -> Page:
        page = self.go("/journal/write/")
        page.get_by_label("Title (optional)").fill(title)
        page.get_by_label("Your entry").fill(body)
        if day:
            page.get_by_label("Day").fill(day)
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Edit", exact=True).wait_for()
        return page


@pytest.fixture
def visit(browser: Browser, site: str, service_workers: str) -> Iterator:
    """Opens visits: `visit()`, `visit(viewport=PHONE, java_script_enabled=False)`."""
    visits: list[Visit] = []
    watch = Watch(site)

    def open_one(**options) -> Visit:
        # Without motion: a page transition cut short by the next key is reported as an error.
        defaults = {"viewport": DESK, "reduced_motion": "reduce", "timezone_id": "Europe/Berlin"}
        defaults["service_workers"] = service_workers
        context = browser.new_context(locale="en-GB", **{**defaults, **options})
        context.set_default_timeout(15_000)
        visits.append(Visit(context, site, watch))
        return visits[-1]

    yield open_one
    for one in visits:
        one.context.close()
    assert watch.problems() == []


@pytest.fixture
def phone_of(browser: Browser, live_server, transactional_db, service_workers: str) -> Iterator:
    """Opens pages of people made in this process: `phone_of(ada, script=False)`."""
    watch, contexts = Watch(live_server.url), []

    def open_one(person: User, *, script: bool = True, coach: bool = False, **more: Any) -> Page:
        options = {"java_script_enabled": script, "viewport": PHONE, **more}
        options["service_workers"] = service_workers
        context = watched(browser, watch, live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        let_in(page, person, live_server.url, coach=coach)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.problems() == []
