"""`serve` has a worker beside the web server, and starts another where it is killed."""

import os
import signal
import subprocess

import psutil

from tests.embedded.conftest import until
from tests.embedded.running import Visitor, postmaster, served

PASSWORD = "correct horse battery staple"


def worker_of(serve: subprocess.Popen) -> psutil.Process | None:
    children = psutil.Process(serve.pid).children()
    return next((child for child in children if child.cmdline()[-1:] == ["worker"]), None)


def test_a_worker_that_is_killed_is_followed_by_one_that_finishes():
    with served() as (serve, port, data):
        killed = until(lambda: worker_of(serve))
        ada = Visitor(port)
        ada.sign_up("ada@example.org", PASSWORD)
        ada.ask("POST", "/journal/write/", {"body": "A quiet day", "written_on": "2026-11-19"})
        ada.ask("POST", "/accounts/reauthenticate/", {"password": PASSWORD})
        killed.kill()
        assert ada.ask("POST", "/settings/export/", {"ask": "1"})[0] == 302

        until(lambda: "Download" in ada.ask("GET", "/settings/export/")[1])

        assert worker_of(serve).pid != killed.pid
        os.kill(postmaster(data), signal.SIGKILL)
        until(lambda: ada.ask("GET", "/settings/export/")[0] == 200)
        ada.ask("GET", "/settings/delete/")
        last = until(lambda: worker_of(serve))
        serve.send_signal(signal.SIGTERM)
        assert serve.wait(30) == 0
        assert not last.is_running() or last.status() == psutil.STATUS_ZOMBIE
