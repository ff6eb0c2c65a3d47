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
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from journal.embedded.server import EmbeddedServer
from journal.people.models import User
from tests.browser import PHONE, let_in
from tests.console_watch import Watch
from tests.database import POOLER
from tests.embedded.running import example_before, started_before
from tests.factories import PASSWORD
from tests.kept_pages import WatchedPage
from tests.page import form_ending, forms_on
from tests.pgbouncer import addresses, pgbouncer
from tests.prepared import new_folder

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    address: str
    process: subprocess.Popen
    folder: Path  # of all that it writes

    @property
    def data(self) -> Path:
        return self.folder / "var"

    @property
    def log(self) -> Path:
        return self.folder / "log"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """It lives as long as the test run."""
    folder = new_folder("e2e")
    temporary = folder / "tmp"
    temporary.mkdir(mode=0o777)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started_before(folder / "var")
    example_before(folder / "var")
    behind = ExitStack()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if POOLER in os.environ:
        behind.enter_context(EmbeddedServer(folder / "var", durable=False))
        port_of_pooler = behind.enter_context(pgbouncer(folder / "var"))
        environment |= addresses(folder / "var", port_of_pooler)
    environment |= {
        "SELFTRUST_DATA_DIR": str(folder / "var"),
        "SELFTRUST_SIGNUP": "open",
        "SELFTRUST_COACHES": "invitation",
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "PORT": str(port),
        "TMPDIR": str(temporary),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    try:
        line = process.stdout.readline().decode()
        assert line.startswith("Selftrust is at"), (folder / "log").read_text()[-2000:]
        address = line.split()[-1]
        assert urllib.request.urlopen(f"{address}/readyz").read() == b"ready"
        yield Server(address, process, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        behind.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def site(server: Server) -> str:
    return server.address


class Visit:
    """One person at one device."""

    def __init__(self, page: Page, site: str, watch: Watch) -> None:
        self.page, self.site, self.watch = page, site, watch

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def tab(self) -> Page:
        return self.context.new_page()

    def forgive(self, text: str) -> None:
        """What the browser said about a trouble that the test made."""
        self.watch.seen = [problem for problem in self.watch.seen if text not in problem]

    def go(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def send(self, path: str, **given: str) -> str:
        """Fills and sends the form of a page without drawing it; returns where that leads."""
        ask = self.context.request
        form = form_ending(forms_on(path, ask.get(self.site + path).text()), path)
        answer = ask.post(
            self.site + form.action,
            form=form.fields | given,
            headers={"Referer": self.site + path},
            max_redirects=0,
        )
        assert answer.status == 302, answer.text()
        return answer.headers["location"]

    def sign_up(self) -> str:
        """A new person in this browser."""
        email = f"{uuid4().hex[:12]}@example.org"
        given = {"email": email, "password1": PASSWORD, "zone": "Europe/Berlin"}
        self.send("/accounts/signup/", **given)
        return email

    def has_written(self, body: str, **given: str) -> str:
        """The address of an entry that is there."""
        return self.send("/journal/write/", body=body, **given)

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
def visit(open_page: Callable[..., WatchedPage], site: str) -> Callable[..., Visit]:
    """Opens visits: `visit()`, `visit(viewport=PHONE, java_script_enabled=False)`."""

    def open_one(**options: Any) -> Visit:
        one = open_page(site, **{"timezone_id": "Europe/Berlin", **options})
        return Visit(one.page, site, one.watch)

    return open_one


@pytest.fixture
def phone_of(
    open_page: Callable[..., WatchedPage], live_server: LiveServer, transactional_db: None
) -> Callable[..., Page]:
    """Opens pages of people made in this process: `phone_of(ada, script=False)`."""

    def open_one(person: User, *, script: bool = True, coach: bool = False, **more: Any) -> Page:
        options = {"java_script_enabled": script, "viewport": PHONE, **more}
        page = open_page(live_server.url, **options).page
        let_in(page, person, live_server.url, coach=coach)
        return page

    return open_one
