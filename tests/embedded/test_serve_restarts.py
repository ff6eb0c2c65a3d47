"""Whatever is killed is started again by itself; one running `serve` goes through all of it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.conftest import until
from tests.embedded.running import (
    Visitor,
    is_alive,
    new_folder,
    postmaster,
    served,
    status,
    web_server,
    worker_of,
    written_before,
)
from tests.factories import PASSWORD


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[subprocess.Popen, Visitor, Path]]:
    folder = new_folder()
    ada = written_before(folder / "var")
    # Rendering the example waits here for ever, and no restart waits for it.
    fingerprint = folder / "var" / "example" / "fingerprint"
    fingerprint.unlink()
    os.mkfifo(fingerprint)
    with served(folder / "var") as (serve, ada.port, data):
        yield serve, ada, data
    shutil.rmtree(folder)


def test_a_web_worker_that_dies_again_and_again_takes_no_other_with_it_and_comes_back(running):
    serve, ada, _data = running
    web = web_server(serve)
    for _death in range(3):
        killed, other = until(lambda: len(two := web.children()) == 2 and two)
        killed.kill()
        until(lambda killed=killed: status(ada.port, "/readyz") == 200 and not is_alive(killed))
        assert other.is_running()

    until(lambda: len(web.children()) == 2)
    assert web_server(serve).pid == web.pid


def test_a_web_server_that_is_killed_comes_back_on_the_same_port(running):
    serve, ada, _data = running
    for _death in range(2):
        web = web_server(serve)
        web.kill()
        until(lambda killed=web: not is_alive(killed) and status(ada.port, "/readyz") == 200)

    assert serve.poll() is None


def test_a_worker_that_is_killed_is_followed_by_one_that_finishes(running):
    serve, ada, data = running
    killed = until(lambda: worker_of(serve))
    ada.ask("GET", "/accounts/reauthenticate/")
    ada.ask("POST", "/accounts/reauthenticate/", {"password": PASSWORD})
    killed.kill()
    assert ada.ask("POST", "/settings/export/", {"ask": "1"})[0] == 302

    until(lambda: "Download" in ada.ask("GET", "/settings/export/")[1])

    assert worker_of(serve).pid != killed.pid
    os.kill(postmaster(data), signal.SIGKILL)
    until(lambda: ada.ask("GET", "/settings/export/")[0] == 200)
    until(lambda: worker_of(serve))
