"""The database is killed while twenty people write; what was acknowledged is there, once.

The app runs as anyone runs it (`manage.py serve`), in its own folder, and is spoken to over HTTP.
A writer whose save was not acknowledged tries again with the same id, as a browser does when its
person presses Save once more.
"""

import html
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings

from journal.embedded import server
from journal.privacy.ownership import uuid7

pytestmark = pytest.mark.long

WRITERS, KILLS = 20, 3
PATIENCE = 90  # seconds that anything here may take before the drill gives up
CANARY = "Quäkvögelchen"


@dataclass
class Running:
    """A Selftrust of its own, as `make run` starts it."""

    folder: Path
    port: int
    process: subprocess.Popen
    output: Path

    def postmaster(self) -> int:
        return int((self.folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])

    def said(self) -> str:
        return self.output.read_text(errors="replace")


@pytest.fixture
def running() -> Iterator[Running]:
    folder = Path(tempfile.mkdtemp(prefix="selftrust-drill-", dir="/tmp"))
    folder.chmod(0o711)
    output = folder / "output.txt"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "SELFTRUST_DATA_DIR": str(folder / "var"),
        "SELFTRUST_STATIC_ROOT": str(folder / "static"),
        "PORT": str(port),
    }
    with output.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "serve"],
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    selftrust = Running(folder / "var", port, process, output)
    try:
        until(lambda: "Selftrust is at" in selftrust.said() or process.poll() is not None)
        assert process.poll() is None, selftrust.said()
        yield selftrust
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree((folder / "var" / "postgres").resolve().parent, ignore_errors=True)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "The drill lost its patience."
        time.sleep(0.05)


@dataclass
class Browser:
    """Just enough of one: cookies, forms, and one connection after another."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, **data: str) -> tuple[int, str, str]:
        """Status, where it sends us, and the page. Raises OSError where no answer comes."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        body = urlencode({**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, body if method == "POST" else None, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _equals, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location", ""), page
        except http.client.HTTPException as error:
            raise OSError("no answer") from error
        finally:
            connection.close()


@dataclass
class Writer:
    """Saves one entry after the other, each again and again until it is acknowledged."""

    browser: Browser
    number: int
    ended: threading.Event
    saved: dict[str, str] = field(default_factory=dict)
    tries: int = 0
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    def _write(self) -> None:
        while not self.ended.is_set():
            entry_id = str(uuid7())
            body = f"{CANARY} {self.number} {len(self.saved)} {secrets.token_hex(40)}"
            while not self._acknowledged(entry_id, body):
                pass
            self.saved[entry_id] = body

    def _acknowledged(self, entry_id: str, body: str) -> bool:
        self.tries += 1
        words = {"id": entry_id, "title": "", "body": body, "written_on": "2026-11-19"}
        try:
            status, location, _page = self.browser.request("POST", "/journal/write/", **words)
        except OSError:
            return False
        assert status in {302, 500, 503}, f"{status}: {_page}"
        return status == 302 and location == f"/journal/{entry_id}/"


def signed_up(port: int) -> Browser:
    browser = Browser(port)
    browser.request("GET", "/accounts/signup/")
    status, location, page = browser.request(
        "POST",
        "/accounts/signup/",
        email="ada@example.org",
        password1=secrets.token_urlsafe(20),
    )
    assert (status, location) == (302, "/today/"), page
    return browser


def stored(running: Running) -> list[str]:
    """The ids in the database itself, past the app."""
    place = server.connection(running.folder)
    with psycopg.connect(
        host=place["HOST"],
        port=place["PORT"],
        user=place["USER"],
        password=place["PASSWORD"],
        dbname=place["NAME"],
    ) as connection:
        rows = connection.execute("select id::text from reflections_entry").fetchall()
    return [entry_id for (entry_id,) in rows]


def test_every_acknowledged_entry_is_there_once(running, record_property):
    ada, ended = signed_up(running.port), threading.Event()
    writers = [Writer(Browser(running.port, dict(ada.cookies)), n, ended) for n in range(WRITERS)]
    for writer in writers:
        writer.start()

    for _kill in range(KILLS):
        saved, killed = sum(len(writer.saved) for writer in writers), running.postmaster()
        until(lambda saved=saved: sum(len(writer.saved) for writer in writers) >= saved + 100)
        os.kill(killed, signal.SIGKILL)
        until(lambda killed=killed: came_back(running, killed))
    saved = sum(len(writer.saved) for writer in writers)
    until(
        lambda: (
            all(writer.thread.is_alive() for writer in writers)
            and sum(len(writer.saved) for writer in writers) >= saved + 100
        )
    )
    ended.set()
    for writer in writers:
        writer.thread.join(PATIENCE)
        assert not writer.thread.is_alive()

    acknowledged = {pk: body for writer in writers for pk, body in writer.saved.items()}
    tries = sum(writer.tries for writer in writers)
    record_property("acknowledged", len(acknowledged))
    record_property("tries", tries)
    assert sorted(stored(running)) == sorted(acknowledged)
    assert tries > len(acknowledged)  # the kills were felt
    for pk, body in list(acknowledged.items()):
        status, _location, page = ada.request("GET", f"/journal/{pk}/")
        assert status == 200
        assert body in html.unescape(page)
    assert running.process.poll() is None
    assert running.said().count("The database ended by itself") == KILLS
    no_word_in_the_logs(running)


def came_back(running: Running, killed: int) -> bool:
    """The app answers again by itself, over a database that is another process."""
    try:
        status, _location, _page = Browser(running.port).request("GET", "/readyz")
        return status == 200 and running.postmaster() != killed
    except OSError:
        return False


def no_word_in_the_logs(running: Running) -> None:
    log = (running.folder / "postgres.log").read_text(errors="replace")
    for said in (running.said(), log):
        assert CANARY not in said
    assert "database system was not properly shut down" in log
