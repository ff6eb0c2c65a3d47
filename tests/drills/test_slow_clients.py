"""500 clients that send slowly and 500 that read slowly, beside one who writes in her journal.

Prints how long her pages took, idle and beside them; what counts is that all of them came.
"""

import resource
import socket
import statistics
import threading
import time
from contextlib import ExitStack

import pytest

from tests.embedded.running import Visitor, served

EACH, PAGES = 500, 200
FILES = 8192


def p95_of_today(ada: Visitor) -> float:
    """Milliseconds; of pages that all came."""
    took = []
    for _page in range(PAGES):
        began = time.perf_counter()
        assert ada.ask("GET", "/today/")[0] == 200
        took.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(took, n=20)[-1]


def drip(senders: list[socket.socket], ended: threading.Event) -> None:
    """Each sends a byte of its body every few seconds; who was refused begins anew elsewhere."""
    while not ended.wait(3):
        for sender in senders:
            try:
                sender.send(b"x")
            except OSError:
                sender.close()


@pytest.mark.long
def test_everyone_else_goes_on_beside_a_thousand_slow_clients():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(FILES, hard)), hard))
    # Everyone queues here, so that only who holds a thread could be in the way.
    queue = {"SELFTRUST_QUEUE": "2000", "SELFTRUST_QUEUE_SECONDS": "60"}
    with served(**queue) as (_server, port, _data), ExitStack() as clients:
        ada = Visitor(port)
        ada.sign_up("ada@example.org", "correct horse battery staple")
        idle = p95_of_today(ada)

        def client(head: str) -> socket.socket:
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            one.connect(("127.0.0.1", port))
            clients.callback(one.close)
            one.sendall(f"{head} HTTP/1.1\r\nHost: localhost\r\n".encode())
            return one

        senders = []
        for number in range(EACH):
            path = ("/accounts/login/", "/journal/write/", "/support/")[number % 3]
            senders.append(client(f"POST {path}"))
            if number % 2:
                senders[-1].sendall(b"Content-Length: 90000\r\n\r\nx")
        for _reader in range(EACH):
            client("GET /accounts/signup/").sendall(b"\r\n")
        ended = threading.Event()
        dripping = threading.Thread(target=drip, args=(senders, ended))
        dripping.start()
        try:
            beside = p95_of_today(ada)
            assert Visitor(port).ask("GET", "/healthz")[0] == 200
            assert Visitor(port).ask("GET", "/support/")[0] == 200
        finally:
            ended.set()
            dripping.join()

    print(  # noqa: T201  the figures of the drill
        f"\np95 of Today: {idle:.0f} ms idle, {beside:.0f} ms beside {2 * EACH} slow clients"
    )
