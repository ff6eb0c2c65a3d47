"""More than the threads can do: whoever comes then is told so at once, and nobody who was let in is
sent away."""

from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler

from journal.monitoring import counters
from journal.webserver import channel
from journal.webserver.requests import IN_MEMORY
from tests.embedded.conftest import until
from tests.webserver.conftest import Site

WORDS = "Said no twice & meant it"
HEAD = "{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{}\r\n"
PARTS = "multipart/form-data; boundary=x"
SHARED = (
    f'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n{WORDS}\r\n'
    '--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n'
    "Content-Type: image/jpeg\r\n\r\nx\r\n--x--\r\n"
)


def request(method: str, path: str, body: str = "", **headers: str) -> bytes:
    if body:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        headers["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return (HEAD.format(method, path, lines) + body).encode()


@pytest.fixture
def full(site) -> Iterator[Site]:
    """The thread is held, and two wait for it."""
    site.server.queue = 2
    site.held = site.send(request("GET", "/held"))
    site.is_held.wait()
    site.waiting = [site.send(request("POST", "/", word)) for word in ("first", "second")]
    until(lambda: len(site.server.task_dispatcher.queue) == 2)
    site.lines = site.application
    yield site
    site.application = site.lines
    site.goes_on.set()
    for client in (site.held, *site.waiting):
        site.rest_of(client)


@pytest.fixture
def reasons(monkeypatch) -> list[str]:
    counted: list[str] = []
    monkeypatch.setattr(counters, "turned_away", counted.append)
    return counted


def test_one_too_many_gets_503_and_those_that_were_let_in_get_their_answer(full, reasons):
    shed = full.answer(request("POST", "/", WORDS))
    assert shed.startswith(b"HTTP/1.1 503")
    assert shed.endswith(WORDS.encode())
    assert full.answer(request("GET", "/apart")).startswith(b"HTTP/1.1 200")

    full.goes_on.set()
    answers = [full.rest_of(client) for client in (full.held, *full.waiting)]
    assert [answer[9:12] for answer in answers] == [b"200"] * 3
    assert [answer.rpartition(b"\n")[2] for answer in answers] == [b"", b"first", b"second"]
    assert full.answer(request("GET", "/")).startswith(b"HTTP/1.1 200")
    assert reasons == ["queue_full"]


def test_whoever_has_waited_for_long_is_told_so(full, reasons):
    upload = full.send(request("POST", "/", "x" * (IN_MEMORY + 1)))
    until(lambda: len(full.server.task_dispatcher.queue) == 3)
    full.server.queue_seconds = 0
    for client, word in zip(full.waiting, (b"first", b"second"), strict=True):
        answer = full.rest_of(client)
        assert answer.startswith(b"HTTP/1.1 503")
        assert answer.endswith(word)

    full.goes_on.set()
    assert full.rest_of(upload).startswith(b"HTTP/1.1 200")
    assert full.rest_of(full.held).startswith(b"HTTP/1.1 200")
    assert reasons == ["waited_too_long"] * 2


def test_where_pages_take_too_long_a_sentence_has_to_do(full, monkeypatch):
    monkeypatch.setattr(channel, "PAGE", 0)
    monkeypatch.setattr(channel, "PAGE_OF_WORDS", 0)
    for asked in (request("GET", "/"), request("POST", "/", WORDS)):
        head, _, sentence = full.answer(asked).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503")
        assert b"\r\nRetry-After: " in head
        assert sentence.endswith(b".\n")


def test_the_page_gives_back_what_was_typed_and_asks_no_database(full):
    """Without this test's leave any query would be an error."""
    full.application = WSGIHandler()
    form = urlencode({"title": "", "body": WORDS, "written_on": "2026-11-19"})
    htmx = {"HX-Request": "true"}
    for asked, has_words in (
        (request("GET", "/today/"), False),
        (request("POST", "/journal/write/", form), True),
        (request("POST", "/journal/write/", form, **htmx), True),
        (request("POST", "/capture/share/", SHARED, **{"Content-Type": PARTS}), True),
        (request("POST", "/accounts/login/", urlencode({"login": WORDS})), False),
        (request("GET", "/api/v1/entries/"), False),
    ):
        head, _, page = full.answer(asked).decode().partition("\r\n\r\n")
        assert head.startswith("HTTP/1.1 503"), asked
        assert "\r\nRetry-After: " in head
        assert "\r\nCache-Control: no-store" in head
        assert (WORDS in unescape(page)) is has_words, asked
        assert ("<html" in page) is not (b"HX-Request" in asked or b"/api/" in asked)
    assert '"status": 503' in page
    for path in ("/healthz", "/offline/"):
        assert full.answer(request("GET", path)).startswith(b"HTTP/1.1 200"), path
