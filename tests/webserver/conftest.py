"""The web server of one process in a thread, with an application of a few lines and one thread to
run it, so that whoever holds a thread holds everything."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from django.conf import settings

from journal.webserver.environ import REFUSED, SHED
from journal.webserver.server import Server

LARGE = 8 * 1024 * 1024  # bytes, more than the kernel takes of one connection


def application(environ, start_response):
    if status := environ.get(REFUSED):
        start_response(f"{status} Refused", [("Content-Length", "0")])
        return [b""]
    if environ.get(SHED):
        start_response("503 Shed", [])
        return [environ["wsgi.input"].read()]
    if environ["PATH_INFO"] == "/file":
        (file := environ["selftrust.test_file"]).seek(0)
        start_response("200 OK", [("Content-Length", str(LARGE))])
        return environ["wsgi.file_wrapper"](file)
    body = environ["wsgi.input"].read()
    text = b"x" * LARGE if environ["PATH_INFO"] == "/large" else body
    start_response("200 OK", [("Content-Length", str(len(text)))])
    return [text]


class Site:
    """Whoever asks for /held holds the one thread until `goes_on`."""

    def __init__(self, spool: Path, body_limit: int = LARGE) -> None:
        self.application = application
        self.is_held, self.goes_on = threading.Event(), threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.server = Server(
            self.respond,
            self.listening,
            threads=1,
            queue=32,
            queue_seconds=60,
            apart=["/apart", *settings.PATHS_WITHOUT_DATABASE],
            spool=spool,
            body_limit=lambda request: self.body_limit,
        )
        self.body_limit = body_limit
        self.file = (spool / "file").open("w+b")
        self.file.truncate(LARGE)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        self.clients = ExitStack()

    def respond(self, environ, start_response):
        if environ["PATH_INFO"] == "/held":
            self.is_held.set()
            self.goes_on.wait()
        return self.application(environ | {"selftrust.test_file": self.file}, start_response)

    def end(self) -> None:
        self.goes_on.set()
        self.clients.close()
        with suppress(OSError):  # this thread may wake a loop that has just ended
            self.server.end()
        self.thread.join()
        self.server.task_dispatcher.shutdown()
        self.server.small_pool.shutdown()
        self.server.shedding.shutdown()
        self.file.close()

    def send(self, data: bytes) -> socket.socket:
        client = socket.create_connection(self.listening.getsockname(), timeout=30)
        self.clients.callback(client.close)
        client.sendall(data)
        return client

    def answer(self, data: bytes) -> bytes:
        """The whole response to one request, until the server closes."""
        return self.rest_of(self.send(data))

    def rest_of(self, client: socket.socket) -> bytes:
        return b"".join(iter(lambda: client.recv(1 << 20), b""))


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    running = Site(tmp_path)
    yield running
    running.end()
