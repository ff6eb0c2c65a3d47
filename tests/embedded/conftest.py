"""Servers and whole installations of their own, in folders of their own.

These tests start processes, so nothing here uses the suite's database or Django's test client.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from journal.embedded.server import EmbeddedServer, connection

PROJECT = Path(__file__).parents[2]
OURS = ("SELFTRUST_", "DATABASE_URL", "SECRET_KEY", "EMAIL_URL", "HOST", "PORT")


def until(look: Callable, seconds: float = 60):
    """Look again and again until there is something to see."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            pytest.fail(f"nothing came of {look} in {seconds} seconds")
        time.sleep(0.02)
    return seen


def is_running(pid: int) -> bool:
    """A process that ended but was not yet collected by its parent counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Installation:
    """One `manage.py serve` on a data folder and port of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.data = folder / "var"
        self.port = free_port()
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)} | {
            "SELFTRUST_DATA_DIR": str(self.data),
            # Those that the suite collected at its start; a start that collects is one test.
            "SELFTRUST_STATIC_ROOT": os.environ["SELFTRUST_STATIC_ROOT"],
            "PORT": str(self.port),
            **environment,
        }
        self.process: subprocess.Popen | None = None

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Another command beside it, or a start that is expected to end."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def begin(self) -> None:
        self.printed = self.data.parent / "printed"
        with self.printed.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=PROJECT,
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def start(self) -> str:
        """Start it, and return what it printed by the time it answered."""
        self.begin()
        until(lambda: "http://" in self.printed.read_text() or self.process.poll() is not None)
        return until(self.printed.read_text)

    def get(self, path: str) -> int:
        """The status of an answer; 0 without one."""
        try:
            with urllib.request.urlopen(
                f"http://localhost:{self.port}{path}", timeout=20
            ) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def database_process(self) -> int:
        return int((self.data / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that every system user may pass through, like an ordinary project folder."""
    path = Path(tempfile.mkdtemp(prefix="selftrust-", dir="/tmp"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def server(folder) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(folder / "var", durable=False) as server:
        yield server


@pytest.fixture
def installation(folder) -> Iterator[Installation]:
    installation = Installation(folder)
    yield installation
    if installation.process is not None and installation.process.poll() is None:
        installation.end()


def sign_in(data_dir: Path, **changes: str) -> psycopg.Connection:
    """A connection as the app makes it, apart from the changes."""
    how = {name.lower(): value for name, value in connection(data_dir).items()}
    how["dbname"] = how.pop("name")
    return psycopg.connect(**how | changes, autocommit=True)
