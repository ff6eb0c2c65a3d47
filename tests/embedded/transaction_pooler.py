"""A pooler in transaction mode, as PgBouncer before 1.21: few sessions for any number of clients.

A client holds a session only while its transaction is open, and the next one may get another
session. Nothing is known of prepared statements.
"""

import contextlib
import os
import secrets
import socket
import struct
import threading
from pathlib import Path

import psycopg

from tests.embedded.conftest import sign_in

SESSIONS = 4  # of which each node of a test may hold one while it renders the example
NOT_HERE = {80877103, 80877104}  # TLS, GSSAPI
TOLD = ("server_version", "client_encoding", "standard_conforming_strings", "TimeZone")
TOLD += ("DateStyle", "integer_datetimes")


class TransactionPooler:
    def __init__(self, data: Path) -> None:
        self.sessions = [sign_in(data) for _ in range(SESSIONS)]
        self.free = list(self.sessions)
        self.change = threading.Condition()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()
        for session in self.sessions:
            session.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self.listener.accept()
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        held: list[psycopg.Connection] = []
        with contextlib.suppress(OSError, EOFError), client:
            self._greet(client)
            while (message := _message(client))[0] != ord("X"):
                if not held:
                    held.append(self._take())
                with socket.socket(fileno=os.dup(held[0].fileno())) as server:
                    server.setblocking(True)
                    server.sendall(message)
                    if message[:1] in (b"Q", b"S") and _relay(server, client) == b"I":
                        self._give_back(held.pop())
        for session in held:  # the client left in the middle of a transaction
            with socket.socket(fileno=os.dup(session.fileno())) as server:
                server.sendall(b"Q" + struct.pack("!I", 13) + b"rollback\0")
                _relay(server, None)
            self._give_back(session)

    def _greet(self, client: socket.socket) -> None:
        while True:
            (length,) = struct.unpack("!I", _exactly(client, 4))
            body = _exactly(client, length - 4)
            if struct.unpack("!I", body[:4])[0] not in NOT_HERE:
                break
            client.sendall(b"N")
        client.sendall(_packed(b"R", struct.pack("!I", 0)))
        for name in TOLD:
            value = self.sessions[0].info.parameter_status(name) or ""
            client.sendall(_packed(b"S", f"{name}\0{value}\0".encode()))
        client.sendall(_packed(b"K", secrets.token_bytes(8)) + _packed(b"Z", b"I"))

    def _take(self) -> psycopg.Connection:
        with self.change:
            self.change.wait_for(lambda: self.free)
            return self.free.pop()

    def _give_back(self, session: psycopg.Connection) -> None:
        with self.change:
            self.free.insert(0, session)  # so that the next transaction gets the other one
            self.change.notify()


def _relay(server: socket.socket, client: socket.socket | None) -> bytes:
    """Passes an answer on, up to ReadyForQuery; returns the state of the transaction."""
    while True:
        message = _message(server)
        if client is not None:
            client.sendall(message)
        if message[:1] == b"Z":
            return message[5:6]


def _message(source: socket.socket) -> bytes:
    head = _exactly(source, 5)
    return head + _exactly(source, struct.unpack("!I", head[1:])[0] - 4)


def _exactly(source: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        if not (piece := source.recv(size - len(found))):
            raise EOFError
        found += piece
    return found


def _packed(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!I", len(body) + 4) + body
