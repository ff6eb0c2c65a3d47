"""One request to a push service: encrypted for the device (RFC 8291), signed by us (RFC 8292).

No redirect is followed, no proxy asked, and of the answer only its status is read.
"""

import http.client
import json
import logging
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from journal.push import endpoints
from journal.push.models import PushMessage, topic_of

log = logging.getLogger(__name__)

TIMEOUT = 10  # seconds, for connecting and for each answer
TOKEN_LASTS = 12 * 60 * 60  # seconds; push services accept up to a day
UNREACHABLE = 0  # in place of a status


@dataclass(frozen=True)
class Letter:
    """What a thread needs to send a message, without the database."""

    endpoint: str
    keys: dict[str, str]
    payload: str
    topic: str
    seconds: int  # how long the push service may keep it for a device that is off

    @classmethod
    def from_message(cls, message: PushMessage, now: Any) -> "Letter":
        """Decrypts the message, so it needs the data key of its owner."""
        device = message.subscription
        return cls(
            endpoint=device.endpoint,
            keys={"p256dh": device.p256dh, "auth": device.auth},
            payload=message.payload,
            topic=topic_of(message.tag),
            seconds=int((message.expires_at - now).total_seconds()),
        )


class Connection(http.client.HTTPSConnection):
    """Connects to the address that was checked, and then checks the certificate for the host."""

    def connect(self) -> None:
        address = endpoints.address_of(self.host, self.port)
        raw = socket.create_connection((address, self.port), self.timeout)
        self.sock = _tls().wrap_socket(raw, server_hostname=self.host)


def deliver(letter: Letter) -> int:
    """The status that the push service answered, or UNREACHABLE. Neither raises nor logs an
    address: an endpoint lets whoever knows it reach the device."""
    if not endpoints.is_allowed(letter.endpoint):  # the list may be shorter than when it was stored
        return http.client.GONE
    try:
        return _post(letter)
    except (OSError, http.client.HTTPException) as error:
        log.warning("A push service couldn't be reached: %s.", type(error).__name__)
        return UNREACHABLE


def _post(letter: Letter) -> int:
    parts = urlsplit(letter.endpoint)
    connection = Connection(parts.hostname or "", parts.port or endpoints.HTTPS, timeout=TIMEOUT)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {
        **_signed(f"https://{parts.netloc}"),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(letter.seconds),
        "Topic": letter.topic,
        "Urgency": "normal",
    }
    try:
        connection.request("POST", path or "/", _encrypted(letter), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _encrypted(letter: Letter) -> bytes:
    # Loaded here because it brings 30 MB that only the process that sends needs.
    from pywebpush import WebPusher

    pusher = WebPusher({"endpoint": letter.endpoint, "keys": letter.keys})
    return pusher.encode(letter.payload.encode(), content_encoding="aes128gcm")["body"]


def _signed(audience: str) -> dict[str, str]:
    from py_vapid import Vapid02

    claims = {
        "aud": audience,
        "exp": int(time.time()) + TOKEN_LASTS,
        "sub": settings.PUSH_CONTACT,
    }
    return Vapid02.from_raw(settings.VAPID_KEY.encode()).sign(claims)


def _tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.PUSH_CERTIFICATES)


def payload(**said: Any) -> str:
    """What the service worker gets (static/worker/push.js)."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
