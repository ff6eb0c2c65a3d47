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
import os
import shutil
import sys

import pytest

from tests.prepared import new_folder

IN_CHARGE = "PYTEST_XDIST_WORKER" not in os.environ

# A run starts a hundred interpreters. Where bytecode is not kept (images of containers often ask
# for that), each would compile all of this project anew, and pytest rewrite all of its asserts.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

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

    def stop(self) -> None:
        self.server.stop()


def pytest_configure(config: pytest.Config) -> None:
    if not IN_CHARGE:
        return
    if "DATABASE_URL" not in os.environ and not config.option.collectonly:
        throw_away = ThrowAwayServer()
        config.pluginmanager.register(throw_away)
        config.add_cleanup(throw_away.stop)
