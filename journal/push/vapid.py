"""The key by which push services know this installation (VAPID, RFC 8292).

A browser binds its subscription to the public half. With another key, every device has to turn
notifications on again.
"""

import base64
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


@cache
def public_key() -> str:
    """The public half as browsers take it: an uncompressed point, in base64url."""
    raw = decode(settings.VAPID_KEY)
    key = ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1()).public_key()
    return encode(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Raises ValueError for text that is not base64url."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
