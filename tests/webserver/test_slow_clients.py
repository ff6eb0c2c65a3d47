"""One thread serves everyone here, so a client that held it would leave the others waiting."""

import pytest

from journal.webserver import requests
from journal.webserver.requests import PACE, WINDOW, RequestParser
from tests.webserver.conftest import LARGE

ONE = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
UNFINISHED = {
    "half a head": b"GET / HTTP/1.1\r\nHo",
    "no body": HEAD + b"Content-Length: 1000\r\n\r\n",
    "one byte of a body": HEAD + b"Content-Length: 1000\r\n\r\nx",
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nx",
    "chunks without an end": HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
    "waiting to continue": HEAD + b"Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
}


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED)
def test_clients_that_never_finish_their_request_hold_nobody(site, sent):
    for _client in range(20):
        site.send(sent)

    assert site.answer(ONE).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("path", [b"/large", b"/file"])
def test_clients_that_never_read_their_response_hold_nobody(site, path):
    for _client in range(5):
        site.send(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert site.answer(ONE).startswith(b"HTTP/1.1 200")


def test_a_large_response_and_a_file_arrive_whole(site):
    for path in (b"/large", b"/file"):
        answer = site.answer(
            b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )

        assert len(answer.partition(b"\r\n\r\n")[2]) == LARGE


def test_what_needs_no_database_has_threads_of_its_own(site):
    """The others wait for a lock here, as they would for a database that does not answer."""
    with site.server.task_dispatcher.lock:
        assert site.answer(ONE.replace(b"GET /", b"GET /apart")).startswith(b"HTTP/1.1 200")


def test_a_request_that_is_late_gets_408(site, monkeypatch):
    """The server looks once a second, so all of them are late together."""
    monkeypatch.setattr(requests, "HEAD_SECONDS", 0)
    late = {name: site.send(sent) for name, sent in list(UNFINISHED.items())[:-1]}

    for name, client in late.items():
        assert b" 408 " in site.rest_of(client), name


class TestPace:
    def parser(self, head: bytes, body: int = 0) -> RequestParser:
        parser = RequestParser(_adjustments(), lambda _head: LARGE)
        parser.received(head)
        parser.received(b"x" * body)
        return parser

    def test_a_small_body_has_as_long_as_a_head(self):
        parser = self.parser(HEAD + b"Content-Length: 65536\r\n\r\n", 60_000)

        assert not parser.is_too_slow(parser.started + 29)
        assert parser.is_too_slow(parser.started + 31)

    def test_a_larger_body_may_take_longer_as_long_as_it_keeps_its_pace(self):
        parser = self.parser(HEAD + b"Content-Length: 5000000\r\n\r\n", 1)
        now = parser.started
        for _window in range(20):
            parser.received(b"x" * (PACE * WINDOW + 1))  # the clock's fractions are rounded
            now += WINDOW
            assert not parser.is_too_slow(now)

        parser.received(b"x" * PACE)
        assert parser.is_too_slow(now + WINDOW + 1)

    def test_no_body_may_take_longer_than_half_an_hour(self):
        parser = self.parser(HEAD + b"Content-Length: 5000000\r\n\r\n", 1_000_000)

        assert parser.is_too_slow(parser.started + 30 * 60 + 1)

    def test_chunks_count_as_a_small_body_until_they_are_large(self):
        head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        assert self.parser(head).is_too_slow(self.parser(head).started + 31)
        large = self.parser(head + b"fffff\r\n", 100_000)
        assert not large.is_too_slow(large.started + 31)


def _adjustments():
    from waitress.adjustments import Adjustments

    return Adjustments()
