"""Whatever is killed is started again by itself; one running `serve` goes through all of it."""

import os
import signal

from tests.embedded.conftest import until
from tests.embedded.running import (
    Visitor,
    is_alive,
    postmaster,
    queue_processes,
    status,
    web_server,
    worker_of,
)
from tests.factories import PASSWORD

RESET = "/accounts/password/reset/"


def test_a_web_worker_that_dies_again_and_again_takes_no_other_with_it_and_comes_back(
    installation,
):
    serve, ada = installation.serve, installation.ada
    web = web_server(serve)
    for _death in range(3):
        killed, other = until(lambda: len(two := web.children()) == 2 and two)
        killed.kill()
        until(lambda killed=killed: status(ada.port, "/readyz") == 200 and not is_alive(killed))
        assert other.is_running()

    until(lambda: len(web.children()) == 2)
    assert web_server(serve).pid == web.pid


def test_a_web_server_that_is_killed_comes_back_on_the_same_port(installation):
    serve, ada = installation.serve, installation.ada
    for _death in range(2):
        web = web_server(serve)
        web.kill()
        until(lambda killed=web: not is_alive(killed) and status(ada.port, "/readyz") == 200)

    assert serve.poll() is None


def test_a_worker_that_is_killed_is_followed_by_one_that_finishes(installation):
    serve, ada, data = installation.serve, installation.ada, installation.data
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


def test_a_long_export_delays_no_mail_and_a_killed_process_is_followed_by_another(installation):
    serve, port = installation.serve, installation.ada.port
    small, exports, mails = until(lambda: queue_processes(serve))
    for busy in (small, exports):
        busy.suspend()  # as if it had much to do
    for count in (1, 2):
        someone = Visitor(port)
        someone.ask("GET", RESET)
        assert someone.ask("POST", RESET, {"email": "ada@example.org"})[0] == 302
        until(lambda count=count: len(list(installation.mails.glob("*"))) == count)
        if count == 1:
            mails.kill()
    for busy in (small, exports):
        busy.resume()
    assert exports.is_running()

    worker_of(serve).kill()

    until(lambda: not exports.is_running())  # Linux ends it with its supervisor
