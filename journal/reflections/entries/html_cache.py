"""The HTML of entries, which is not made again for each view of a page.

A process remembers what it rendered, sealed under the owner's key like the words it is made of, so
that its memory holds no words for longer than before, and none that open once the key is deleted.
"""

import os
from collections import OrderedDict
from contextlib import suppress
from hashlib import blake2b
from threading import Lock
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from journal.privacy.fields import seal, unseal
from journal.privacy.keys import SealBroken, data_key
from journal.reflections.entries.markdown import Budget, TooMuch, plain_html, to_html

MOST_BYTES = 4 * 1024**2
PER_HTML = 300  # bytes that Python takes for each, about
TOO_MUCH = b""


class SealedHtml:
    """Sealed HTML by place. The one that was not used for longest makes room for a new one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[bytes, bytes] = OrderedDict()
        self._bytes = 0

    def get(self, place: bytes) -> bytes | None:
        with self._lock:
            if place in self._held:
                self._held.move_to_end(place)
            return self._held.get(place)

    def put(self, place: bytes, sealed: bytes) -> None:
        with self._lock:
            self._bytes += PER_HTML + len(sealed)
            if place in self._held:
                self._bytes -= PER_HTML + len(self._held[place])
            self._held[place] = sealed
            while self._bytes > MOST_BYTES:
                _place, oldest = self._held.popitem(last=False)
                self._bytes -= PER_HTML + len(oldest)


cache = SealedHtml()
_secret = os.urandom(32)  # without it, what is remembered would confirm a text that one guesses


def entry_html(owner_id: UUID, body: str, page: Budget | None = None) -> SafeString:
    """The body as HTML, or as plain text where it takes more than its budget, or than what the
    entries before it on the same page left."""
    digest = blake2b(body.encode(), key=_secret, digest_size=16).digest()
    place = b"entry html\0" + owner_id.bytes + digest
    sealed = cache.get(place)
    if sealed == TOO_MUCH:
        return plain_html(body)
    if sealed:
        with suppress(SealBroken):  # of a key that a rolled back transaction made
            return mark_safe(unseal(data_key(owner_id), sealed, place))  # noqa: S308 - our own
    try:
        html = to_html(body, Budget(page=page))
    except TooMuch:
        if page is None or page.left >= 0:
            cache.put(place, TOO_MUCH)
        return plain_html(body)
    cache.put(place, seal(data_key(owner_id), html, place))
    return html
