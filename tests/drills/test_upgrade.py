"""The next version replaces this one, machine by machine, while people read and write: nobody sees
anything but success.

`make test-upgrade`. The next version has one more column, and other styles. In front is what a load
balancer does: it asks each machine for /readyz twice a second, and goes round among those that are
ready.
"""

import itertools
import re
import secrets
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPException
from pathlib import Path

import pytest

from journal.embedded.server import EmbeddedServer
from journal.privacy.ownership import uuid7
from tests.architecture.test_recipes import recipes
from tests.drills.test_kills import until
from tests.embedded.running import (
    ROOT,
    Visitor,
    new_folder,
    served,
    start,
    started_before,
    status,
)
from tests.pgbouncer import addresses

pytestmark = pytest.mark.long

VISITORS, MACHINES, BETWEEN = 6, 2, 60  # so many requests are answered before each step
PATHS = ("/journal/", "/practices/", "/promises/", "/insights/", "/settings/")
STYLES = re.compile(r'href="(/static/css/[^"]+)"')
PAUSE = 3  # seconds, more than a balancer needs to notice


class Balancer:
    """Knows which machines are ready, and says whose turn it is."""

    def __init__(self, ended: threading.Event) -> None:
        self.ports: list[int] = []
        self.ready: tuple[int, ...] = ()
        self.turns, self.ended = itertools.count(), ended
        threading.Thread(target=self._watch, daemon=True).start()

    def next(self) -> int:
        ready = self.ready
        return ready[next(self.turns) % len(ready)]

    def _watch(self) -> None:
        while not self.ended.is_set():
            self.ready = tuple(port for port in self.ports if is_ready(port))
            self.ended.wait(0.5)


def is_ready(port: int) -> bool:
    try:
        return status(port, "/readyz") == 200
    except HTTPException:
        return False


class Person(threading.Thread):
    """Reads and writes, each request on another machine, each page with its styles."""

    def __init__(self, ada: Visitor, balancer: Balancer, ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self.visitor, self.balancer, self.ended = Visitor(0), balancer, ended
        self.visitor.cookies, self.visitor.token = dict(ada.cookies), ada.token
        self.answers: Counter[str] = Counter()
        self.saved: list[str] = []

    def run(self) -> None:
        for path in itertools.cycle(PATHS):
            if self.ended.is_set():
                return
            page = self.ask(200, "GET", path)
            for style in STYLES.findall(page):
                self.ask(200, "GET", style)
            key = str(uuid7())
            words = {"id": key, "title": "", "body": "Going on", "written_on": "2026-11-19"}
            self.ask(302, "POST", "/journal/write/", words)
            self.saved.append(key)

    def ask(self, wanted: int, method: str, path: str, *fields: dict[str, str]) -> str:
        self.visitor.port = self.balancer.next()
        try:
            found, page = self.visitor.ask(method, path, *fields)
        except (OSError, HTTPException) as error:
            found, page = 0, repr(error)
        self.answers["success" if found == wanted else f"{found} {method} {path}"] += 1
        return page


@pytest.fixture
def database() -> Iterator[tuple[Path, str]]:
    """A data folder, and DATABASE_URL."""
    folder = new_folder()
    data = folder / "var"
    started_before(data)
    with EmbeddedServer(data, durable=False):
        yield data, addresses(data, 0)["DATABASE_DIRECT_URL"]
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def next_version(database: tuple[Path, str]) -> Path:
    data, url = database
    code = data.parent / "next"
    left_out = (".*_cache", ".git", ".venv", "__pycache__", "staticfiles", "var", "tests", "docs")
    shutil.copytree(ROOT, code, ignore=shutil.ignore_patterns(*left_out))
    column = recipes()["A new field"][0]
    model = code / column.file
    model.write_text(column.applied(model.read_text()))
    with (code / "static/css/base.css").open("a") as styles:
        styles.write(".next-version { color: inherit; }\n")
    arguments = ("makemigrations", "entries", "--name", "place", "-v0")
    making = start(data, 0, "manage.py", *arguments, code=code, DATABASE_URL=url)
    assert making.wait(120) == 0, making.stderr.read()
    return code


def test_nobody_notices_that_the_next_version_comes(database, next_version):
    data, url = database
    ended = threading.Event()
    how = {"DATABASE_URL": url, "SELFTRUST_END_PAUSE": str(PAUSE), "SELFTRUST_END_WITHIN": "30"}
    with ExitStack() as running:
        balancer = Balancer(ended)

        def comes(code: Path) -> subprocess.Popen:
            machine, port, _data = running.enter_context(served(data, code=code, **how))
            balancer.ports.append(port)
            until(lambda: port in balancer.ready)
            return machine

        old = [comes(ROOT) for _machine in range(MACHINES)]
        ada = Visitor(balancer.ports[0])
        ada.sign_up("ada@example.org", secrets.token_urlsafe(20))
        people = [Person(ada, balancer, ended) for _ in range(VISITORS)]
        for person in people:
            person.start()
        more_is_answered(people)
        took = []
        for machine in old:
            comes(next_version)
            more_is_answered(people)
            machine.send_signal(signal.SIGTERM)
            asked = time.monotonic()
            until(lambda ending=machine: ending.poll() is not None)
            took.append(time.monotonic() - asked)
            assert machine.returncode == 0
            more_is_answered(people)
        ended.set()
        for person in people:
            person.join(60)
        answers = sum((person.answers for person in people), Counter())
        saved = [key for person in people for key in person.saved]
        print(  # noqa: T201
            f"\n{MACHINES} of {MACHINES} machines replaced under {VISITORS} people: "
            f"{answers.total()} requests, {answers.total() - answers['success']} failed; "
            f"an old one took {max(took):.1f} s to end, {PAUSE} s of them to be left out"
        )
        assert set(answers) == {"success"}, answers
        ada.port = balancer.ports[-1]
        ada.ask("GET", "/settings/")
        for key in saved[:: len(saved) // 20]:
            assert ada.ask("GET", f"/journal/{key}/")[0] == 200


def more_is_answered(people: list[Person]) -> None:
    enough = answered(people) + BETWEEN
    until(lambda: answered(people) >= enough)


def answered(people: list[Person]) -> int:
    return sum(person.answers.total() for person in people)
