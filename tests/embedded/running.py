"""`manage.py serve` as a person starts it, in a process and a data folder of its own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import psutil
import pytest

from journal.embedded.server import EmbeddedServer
from journal.operation.example import pages
from tests.factories import PASSWORD
from tests.prepared import copy_of, migrations_key, new_folder

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "SELFTRUST_DATA_DIR": str(data), "PORT": str(port), "SELFTRUST_SIGNUP": "open"}


def start(
    data: Path,
    port: int,
    *command: str,
    complaints: IO | int = subprocess.PIPE,
    code: Path = ROOT,
    **changes: str,
) -> subprocess.Popen:
    """`manage.py serve`, or another command, with changes to its environment."""
    return subprocess.Popen(
        [sys.executable, *(command or ("manage.py", "serve"))],
        cwd=code,
        env=environment(data, port) | changes,
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
    )


class Visitor:
    """A client that keeps its cookies and CSRF token, and opens a connection per request."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        connection = HTTPConnection("localhost", self.port, timeout=20)
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}) if fields else None
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": jar, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, value = header.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text):
            self.token = found.group(1)
        connection.close()
        return answer.status, text

    def sign_up(self, email: str, password: str) -> None:
        self.ask("GET", "/accounts/signup/")
        status, text = self.ask(
            "POST", "/accounts/signup/", {"email": email, "password1": password}
        )
        assert status == 302, text[:2000]
        self.ask("GET", "/settings/")

    def write(self, body: str) -> None:
        entry = {"title": "", "body": body, "written_on": "2026-11-19"}
        assert self.ask("POST", "/journal/write/", entry)[0] == 302


def started_before(data: Path) -> None:
    """A data folder as the first start leaves it: initdb and all the migrations take longer than
    most of what is tested with it."""
    copy_of("started", migrations_key(), data, make=_start_and_end)


def _start_and_end(data: Path) -> None:
    with served(data, fresh=True):
        pass


def written_before(data: Path) -> Visitor:
    """A data folder in which ada wrote; she is signed in and asks the port that she is given."""
    this_week = f"{date.today():%G-%V}"  # her session ends after two
    copy_of("written", f"{migrations_key()}-{this_week}", data, make=_write_and_end)
    ada = Visitor(0)
    ada.cookies = json.loads((data / "cookies.json").read_text())
    return ada


def _write_and_end(data: Path) -> None:
    with served(data) as (_server, port, _data):
        ada = Visitor(port)
        ada.sign_up("ada@example.org", PASSWORD)
        ada.write("Still here")
    (data / "cookies.json").write_text(json.dumps(ada.cookies))


def cluster_before(data: Path) -> None:
    """A data folder after the first start of its database, which holds nothing."""

    def make(data: Path) -> None:
        with EmbeddedServer(data, durable=False):
            pass

    copy_of("cluster", migrations_key(), data, make)


def example_before(data: Path) -> None:
    """The example pages of this code, which each start would render anew: half of its time."""

    def make(_target: Path) -> None:
        command = [sys.executable, "manage.py", "example_pages", "-v0"]
        subprocess.run(command, cwd=ROOT, env=environment(data, 0), check=True)

    if not (data / "example" / pages.FINGERPRINT).exists():
        shutil.rmtree(data / "example", ignore_errors=True)  # half of one
        copy_of("example", pages.fingerprint()[:16], data / "example", make)


@contextmanager
def served(
    data: Path | None = None, *, fresh: bool = False, code: Path = ROOT, **changes: str
) -> Iterator[tuple[subprocess.Popen, int, Path]]:
    """The process, its port and its data folder, once it says where it listens; `fresh`, where the
    first start is what the test is about."""
    folder = None if data else new_folder()
    data = data or folder / "var"
    if not fresh and not data.exists():
        started_before(data)
    if not fresh:
        example_before(data)
    port = free_port()
    # A file, since a pipe that nobody reads would fill up and hold the server.
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115
    server = start(data, port, complaints=log, code=code, **changes)
    server.complaints = log
    try:
        line = server.stdout.readline()
        assert line == f"Selftrust is at http://localhost:{port}\n", line
        yield server, port, data
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def child_of(serve: subprocess.Popen, name: str) -> psutil.Process | None:
    """The process that `serve` has forked under this name; only Linux shows names."""
    if sys.platform != "linux":
        pytest.skip("only Linux shows names of processes")
    children = psutil.Process(serve.pid).children()
    return next((child for child in children if child.name() == name), None)


def web_server(serve: subprocess.Popen) -> psutil.Process:
    web = child_of(serve, "web server")
    assert web is not None
    return web


def worker_of(serve: subprocess.Popen) -> psutil.Process | None:
    return child_of(serve, "worker")


def queue_processes(serve: subprocess.Popen) -> list[psutil.Process] | None:
    """Two of exports, imports and deletions, and that of mails and reminders; None until all are
    there."""
    worker = worker_of(serve)
    children = sorted(worker.children(), key=psutil.Process.create_time) if worker else []
    return children if len(children) == 3 else None


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def postmaster(data: Path) -> int:
    return int((data / "postgres/postmaster.pid").read_text().split("\n", 1)[0])


def status(port: int, path: str) -> int:
    """Of the answer; 0 without one."""
    try:
        return Visitor(port).ask("GET", path)[0]
    except OSError:
        return 0
