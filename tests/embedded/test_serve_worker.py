"""`serve` has a worker beside the web server, and starts another where it is killed. The worker has
a process for each queue, and does the same."""

import os
import signal
import subprocess

import psutil

from tests.embedded.conftest import until
from tests.embedded.running import Visitor, postmaster, served

PASSWORD = "correct horse battery staple"
RESET = "/accounts/password/reset/"


def worker_of(serve: subprocess.Popen) -> psutil.Process | None:
    children = psutil.Process(serve.pid).children()
    return next((child for child in children if child.cmdline()[-1:] == ["worker"]), None)


def queue_processes(serve: subprocess.Popen) -> list[psutil.Process] | None:
    """That of exports, imports and deletions, and that of mails; None until both are there."""
    worker = worker_of(serve)
    children = sorted(worker.children(), key=psutil.Process.create_time) if worker else []
    return children if len(children) == 2 else None


def test_a_long_export_delays_no_mail_and_a_killed_process_is_followed_by_another(tmp_path):
    with served(EMAIL_URL=f"filemail:///{tmp_path}/mails") as (serve, port, _data):
        exports, mails = until(lambda: queue_processes(serve))
        exports.suspend()  # as if it had much to do
        for count in (1, 2):
            someone = Visitor(port)
            someone.ask("GET", RESET)
            assert someone.ask("POST", RESET, {"email": "ada@example.org"})[0] == 302
            until(lambda count=count: len(list(tmp_path.glob("mails/*"))) == count)
            if count == 1:
                mails.kill()
        exports.resume()
        assert exports.is_running()

        worker_of(serve).kill()

        until(lambda: not exports.is_running())  # Linux ends it with its supervisor


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
