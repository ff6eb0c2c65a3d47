"""A process that was asked to end: readiness first, then the requests in flight, then the end."""

import pytest

from journal.webserver.environ import ENDING
from tests.webserver.conftest import Site

GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"


class Ending(Site):
    def respond(self, environ, start_response):
        if environ["PATH_INFO"] == "/readyz":
            status = "503 Ending" if environ[ENDING] else "200 Ready"
            start_response(status, [("Content-Length", "0")])
            return [b""]
        return super().respond(environ, start_response)


@pytest.fixture
def site(tmp_path):
    running = Ending(tmp_path)
    running.server.pause = running.server.within = 60  # each test ends it earlier
    yield running
    running.server.pause = running.server.within = 0
    running.end()


def test_it_goes_on_answering_but_says_that_it_is_not_ready(site):
    client = site.send(GET % b"/readyz")
    assert client.recv(1000).startswith(b"HTTP/1.1 200 ")

    site.server.end()

    client.sendall(GET % b"/readyz")
    said = site.rest_of(client)  # the connection is closed, so that the next one goes elsewhere
    assert said.startswith(b"HTTP/1.1 503 ")
    assert b"Connection: close" in said
    assert site.answer(GET % b"/").startswith(b"HTTP/1.1 200 ")  # whoever has not noticed yet


def test_a_request_that_has_come_in_part_is_answered(site):
    site.server.pause = 0
    client = site.send(POST + b"12345")
    idle = site.send(GET % b"/")
    idle.recv(1000)

    site.server.end()

    while site.server.accepting:
        pass
    client.sendall(b"67890")
    assert site.rest_of(client).endswith(b"\r\n\r\n1234567890")
    site.thread.join(30)
    assert not site.thread.is_alive()  # without waiting for who asks nothing
