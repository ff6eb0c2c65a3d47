"""`serve` has a worker beside the web server, and starts another where it is killed. The worker has
a process for each queue, and does the same."""

import os
import signal

import psutil

from tests.embedded.conftest import until
from tests.embedded.running import Visitor, postmaster, queue_processes, served, worker_of

PASSWORD = "correct horse battery staple"
RESET = "/accounts/password/reset/"


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
