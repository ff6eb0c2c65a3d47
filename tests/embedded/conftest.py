"""Servers of their own, in folders of their own; nothing here uses the suite's database."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import psycopg
import pytest

from journal.embedded.server import connection
from tests.embedded.running import Visitor, new_folder, served, written_before


def until(look: Callable, seconds: float = 60):
    """Refresh and again until there is something to see."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            pytest.fail(f"nothing came of {look} in {seconds} seconds")
        time.sleep(0.02)
    return seen


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that every system user may pass through, like an ordinary project folder."""
    path = new_folder()
    yield path
    shutil.rmtree(path, ignore_errors=True)


@dataclass(frozen=True)
class Installation:
    serve: Popen
    ada: Visitor
    data: Path
    mails: Path


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """A running `serve` in which ada wrote, for tests after which it runs on as before."""
    folder = new_folder()
    ada = written_before(folder / "var")
    # Rendering the example waits here for ever, and no restart waits for it.
    fingerprint = folder / "var" / "example" / "fingerprint"
    fingerprint.unlink()
    os.mkfifo(fingerprint)
    mails = folder / "mails"
    with served(folder / "var", EMAIL_URL=f"filemail:///{mails}") as (serve, ada.port, data):
        yield Installation(serve, ada, data, mails)
    shutil.rmtree(folder)


def sign_in(data_dir: Path, **changes: str) -> psycopg.Connection:
    """A connection as the app makes it, apart from the changes."""
    how = {name.lower(): value for name, value in connection(data_dir).items()}
    how["dbname"] = how.pop("name")
    return psycopg.connect(**how | changes, autocommit=True)
