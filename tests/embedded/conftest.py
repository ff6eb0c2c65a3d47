"""Servers of their own, in folders of their own; nothing here uses the suite's database."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from journal.embedded.server import connection
from tests.embedded.running import new_folder


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


def sign_in(data_dir: Path, **changes: str) -> psycopg.Connection:
    """A connection as the app makes it, apart from the changes."""
    how = {name.lower(): value for name, value in connection(data_dir).items()}
    how["dbname"] = how.pop("name")
    return psycopg.connect(**how | changes, autocommit=True)
