"""Mail servers as they can be: one that says nothing, one that is away, one that takes a mail."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

WAITS_FOR = {b"DATA": b"354 go on", b"QUIT": b"221 bye"}


class Called:
    """A socket that never says a word, and how often somebody has called."""

    def __init__(self, taken: socket.socket) -> None:
        taken.setblocking(False)
        self.socket, self.port = taken, taken.getsockname()[1]

    def times(self) -> int:
        count = 0
        with suppress(OSError):
            while True:
                self.socket.accept()[0].close()
                count += 1
        return count


@contextmanager
def silent() -> Iterator[Called]:
    """Takes every connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Called(server)


@contextmanager
def away() -> Iterator[Called]:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield Called(taken)


class _Session(socketserver.StreamRequestHandler):
    server: "Server"

    def handle(self) -> None:
        self.say(b"220 here")
        for line in self.rfile:
            word = line.strip().split(b":")[0].upper()
            if word == b"RCPT TO" and self.server.refusal:
                self.say(self.server.refusal)
                continue
            self.say(WAITS_FOR.get(word, b"250 ok"))
            if word == b"DATA":
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.say(b"250 taken")

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, refusal: bytes = b"") -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken: list[bytes] = []
        self.refusal = refusal

    @property
    def port(self) -> int:
        return self.server_address[1]


@contextmanager
def answering(refusal: bytes = b"") -> Iterator[Server]:
    """Takes mails, or answers each address with a refusal."""
    with Server(refusal) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()
