"""The database, or a web worker, is killed while twenty people write; what was acknowledged is
there, once.

A writer whose save was not acknowledged tries again with the same id, as a browser does when its
person presses Save once more.
"""

import html
import os
import random
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import psutil
import psycopg
import pytest

from journal.embedded import server as embedded
from journal.privacy.ownership import uuid7
from tests.embedded.running import Visitor, postmaster, served, web_server

WRITERS, BETWEEN = 20, 100  # so many entries are saved before each kill and at the end
KILLS_OF_DATABASE, KILLS_OF_WORKERS = 25, 50
PATIENCE = 90  # seconds that anything here may take before the drill gives up
CANARY = "Quäkvögelchen"


@dataclass
class Writer:
    """Saves one entry after the other, each again and again until it is acknowledged."""

    visitor: Visitor
    ended: threading.Event
    saved: dict[str, str] = field(default_factory=dict)
    unanswered: list[int] = field(default_factory=list)  # the status, or 0 where no answer came
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    def _write(self) -> None:
        while not self.ended.is_set():
            entry_id, body = str(uuid7()), f"{CANARY} {secrets.token_hex(40)}"
            while (status := self._save(entry_id, body)) != 302:
                self.unanswered.append(status)
            self.saved[entry_id] = body

    def _save(self, entry_id: str, body: str) -> int:
        words = {"id": entry_id, "title": "", "body": body, "written_on": "2026-11-19"}
        try:
            return self.visitor.ask("POST", "/journal/write/", words)[0]
        except (OSError, HTTPException):
            return 0


def writers_as(ada: Visitor, ended: threading.Event) -> list[Writer]:
    writers = [Writer(Visitor(ada.port), ended) for _ in range(WRITERS)]
    for writer in writers:
        writer.visitor.cookies, writer.visitor.token = dict(ada.cookies), ada.token
        writer.start()
    return writers


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "The drill lost its patience."
        time.sleep(0.05)


def more_is_saved(writers: list[Writer]) -> None:
    enough = sum(len(writer.saved) for writer in writers) + BETWEEN
    until(lambda: sum(len(writer.saved) for writer in writers) >= enough)


def came_back(port: int, data: Path, killed: int) -> bool:
    """The app answers again by itself, over a database that is another process."""
    try:
        return Visitor(port).ask("GET", "/readyz")[0] == 200 and postmaster(data) != killed
    except (OSError, HTTPException):
        return False


def kill_database(server: subprocess.Popen, port: int, data: Path) -> None:
    killed = postmaster(data)
    os.kill(killed, signal.SIGKILL)
    until(lambda: came_back(port, data, killed))


def kill_worker(server: subprocess.Popen, port: int, data: Path) -> None:
    """Any of the two that serve; the other goes on."""
    killed = random.choice(web_server(server).children())
    killed.kill()
    until(lambda: not killed.is_running() or killed.status() == psutil.STATUS_ZOMBIE)


def stored(data: Path) -> list[str]:
    """The ids in the database itself, past the app."""
    place = {name.lower(): value for name, value in embedded.connection(data).items()}
    with psycopg.connect(dbname=place.pop("name"), **place) as connection:
        rows = connection.execute("select id::text from entries_entry").fetchall()
    return [entry_id for (entry_id,) in rows]


@pytest.mark.long
@pytest.mark.parametrize(
    ("kill", "kills"), [(kill_database, KILLS_OF_DATABASE), (kill_worker, KILLS_OF_WORKERS)]
)
def test_every_acknowledged_entry_is_there_once(kill, kills):
    with served() as (server, port, data):
        ada, ended = Visitor(port), threading.Event()
        ada.sign_up("ada@example.org", secrets.token_urlsafe(20))
        writers = writers_as(ada, ended)
        for _kill in range(kills):
            more_is_saved(writers)
            kill(server, port, data)
        more_is_saved(writers)
        ended.set()
        for writer in writers:
            writer.thread.join(PATIENCE)
            assert not writer.thread.is_alive()

        saved = {pk: body for writer in writers for pk, body in writer.saved.items()}
        unanswered = [status for writer in writers for status in writer.unanswered]
        assert sorted(stored(data)) == sorted(saved)
        for pk, body in saved.items():
            status, page = ada.ask("GET", f"/journal/{pk}/")
            assert (status, body in html.unescape(page)) == (200, True)
        assert unanswered  # the kills were felt
        assert set(unanswered) <= {0, 503}
        assert server.poll() is None
        log = (data / "postgres.log").read_text(errors="replace")
        server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=30)[0]
        server.complaints.seek(0)
        complaints = server.complaints.read()

    if kill is kill_database:
        assert said.count("The database stopped unexpectedly") == kills
        assert log.count("database system was not properly shut down") == kills
        assert "OperationalError" in complaints
    print(f"\n{len(saved)} entries acknowledged, {len(unanswered)} tries without an answer")  # noqa: T201
    assert CANARY not in said + complaints + log
