"""A throw-away database for the tests, and a data folder of their own.

A pytest plugin, loaded by `-p tests.database` before Django reads its settings. It points
SELFTRUST_DATA_DIR at a new folder, so that no test ever sees a real one, and runs an embedded
server there, unless DATABASE_URL names another. With pytest-xdist only the controlling process
does this; its workers inherit the environment. Folder and server go when the run ends, also
after Ctrl-C. The server begins as a copy of one that has run all migrations (tests/prepared.py),
and each process of the run works in its own copy of that server's database (tests/conftest.py).
Run the tests as `python -m pytest`, which puts the project on the import path.
"""

import atexit
import gc
import os
import shutil
import sys
from contextlib import ExitStack

import pytest

from tests.prepared import new_folder

# Set by `make test-pooler`, and then the port of the PgBouncer in front of the server.
POOLER = "TEST_POOLER"
# A server that nobody starts again, and pg_dump, which leaves its session without a search path.
NOT_THROUGH_A_POOLER = ("tests/e2e/test_never_lost.py::test_the_database_stops",)
NOT_THROUGH_A_POOLER += ("tests/privacy/test_canaries.py",)
IN_CHARGE = "PYTEST_XDIST_WORKER" not in os.environ

# A run starts a hundred interpreters. Where bytecode is not kept (images of containers often ask
# for that), each would compile all of this project anew, and pytest rewrite all of its asserts.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

gc.set_threshold(50_000, 20, 50)  # seven thousand tests are collected, and stay until the end

if IN_CHARGE:
    FOLDER = new_folder("tests")
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
    os.environ["SELFTRUST_DATA_DIR"] = str(FOLDER / "var")
    os.environ["SELFTRUST_STATIC_ROOT"] = str(FOLDER / "static")


class ThrowAwayServer:
    """Holds the server between the first and the last moment of the run."""

    def __init__(self) -> None:
        from journal.embedded.server import EmbeddedServer

        self.server = EmbeddedServer(FOLDER / "var", durable=False)
        self.running = ExitStack()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        from journal.embedded.errors import CannotStart
        from tests.embedded.running import started_before

        started_before(FOLDER / "started")
        (FOLDER / "started" / "postgres").rename(FOLDER / "var" / "postgres")  # keeps its own keys
        try:
            self.server.start()
        except CannotStart as refusal:
            pytest.exit(str(refusal), returncode=4)
        if POOLER in os.environ:
            self._put_pooler_in_front()

    def _put_pooler_in_front(self) -> None:
        from tests.pgbouncer import ABSENT, PROGRAM, pgbouncer

        if not PROGRAM:
            pytest.exit(f"No test ran: {ABSENT}.", returncode=0)
        port = self.running.enter_context(pgbouncer(FOLDER / "var"))
        os.environ[POOLER] = str(port)

    def stop(self) -> None:
        self.running.close()
        self.server.stop()


def commits(item: pytest.Item) -> bool:
    """Whether its transactions are several, which a pooler can mix up."""
    marker = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server", "browser", "site", "pooled"}
    return bool((marker and marker.kwargs.get("transaction")) or fixtures & {*item.fixturenames})


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Behind a pooler, those that commit. Backups and restores go past it, and some ask PostgreSQL
    for sessions, which it hides (tests/coaching/interleaving.py)."""
    if POOLER in os.environ:
        past_it = ("tests/operation/", "tests/privacy/test_pool.py", *NOT_THROUGH_A_POOLER)
        left = [
            one
            for one in items
            if not commits(one) or one.nodeid.startswith(past_it) or hasattr(one.module, "Other")
        ]
        config.hook.pytest_deselected(items=left)
        items[:] = [one for one in items if one not in left]


def pytest_configure(config: pytest.Config) -> None:
    if not IN_CHARGE:
        return
    if "DATABASE_URL" not in os.environ and not config.option.collectonly:
        throw_away = ThrowAwayServer()
        config.pluginmanager.register(throw_away)
        config.add_cleanup(throw_away.stop)
