"""A push service on this machine, and browsers that subscribed with it.

The service takes what a real one takes, by HTTPS with a certificate of its own, and a browser
decrypts what reached it (RFC 8291) with keys that never left it.
"""

import json
import os
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.push.forms import PREFIX
from journal.push.models import PushSubscription, hash_endpoint
from journal.push.vapid import encode

UNCOMPRESSED = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint


def make_certificate(folder: Path) -> Path:
    """For localhost, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path = folder / "push-service.pem"
    path.write_bytes(
        certificate.public_bytes(pem[0]) + key.private_bytes(*pem, serialization.NoEncryption())
    )
    return path


def in_form(given: dict[str, str]) -> dict[str, str]:
    return {f"{PREFIX}-{name}": value for name, value in given.items()}


class PushService:
    """Its `answers` are the status of each path, 201 unless said otherwise; a path that is `silent`
    gets none. `got` has the requests."""

    def __init__(self, folder: Path) -> None:
        self.certificate = make_certificate(folder)
        self.answers: dict[str, int] = {}
        self.silent: set[str] = set()
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.let_go = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.host = f"localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.got.append((self.path, dict(self.headers), body))
                if self.path in service.silent:
                    service.let_go.wait(10)
                    return
                status = service.answers.get(self.path, 201)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"https://{service.host}/elsewhere")
                self.end_headers()

            def log_message(self, *_said: Any) -> None:
                pass

        return Handler

    def close(self) -> None:
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()


class Device:
    """A browser with notifications turned on."""

    def __init__(self, host: str, name: str) -> None:
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.path = f"/send/{name}"
        self.posted = {
            "endpoint": f"https://{host}{self.path}",
            "p256dh": encode(self.key.public_key().public_bytes(*UNCOMPRESSED)),
            "auth": encode(self.auth),
        }

    @property
    def form(self) -> dict[str, str]:
        """What the page posts."""
        return in_form(self.posted)

    def store(self, person: User, **fields: Any) -> PushSubscription:
        with acting_as(person):
            return PushSubscription.objects.create(
                owner=person,
                endpoint_hash=hash_endpoint(self.posted["endpoint"]),
                name="Firefox on Android",
                **{**self.posted, **fields},
            )

    def decrypt(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return json.loads(plain)

    def shown(self, service: PushService) -> list[dict[str, Any]]:
        return [self.decrypt(body) for path, _headers, body in service.got if path == self.path]
