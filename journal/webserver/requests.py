"""What the server takes in before a thread sees a request, and within which time."""

import time
from collections.abc import Callable

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.utilities import Error

HEAD_SECONDS = 30  # for the head, and for a body of at most SMALL bytes with it
SMALL = 64 * 1024
WINDOW = 20  # seconds, in each of which a larger body brings at least PACE bytes a second
PACE = 2 * 1024
LONGEST = 30 * 60  # seconds
RETRY_AFTER = "3"  # seconds
IN_MEMORY = 1024 * 1024  # bytes of a request or response


class Refusal(Error):
    """A response without a view. The application renders it as a page where there is a head."""

    def __init__(self, code: int, reason: str, body: str, **headers: str) -> None:
        self.code, self.reason, self.body, self.headers = code, reason, body, headers

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        headers += [(name.replace("_", "-"), value) for name, value in self.headers.items()]
        return f"{self.code} {self.reason}", headers, f"{self.body}\n".encode()


def too_slow() -> Refusal:
    return Refusal(408, "Request Timeout", "That took too long. Please send it again.")


def too_large() -> Refusal:
    return Refusal(413, "Content Too Large", "That's too much at once.")


def no_room() -> Refusal:
    return Refusal(507, "Insufficient Storage", "There's no room on the disk for this right now.")


def too_many() -> Refusal:
    said = "A lot is going on here right now. Please try again in a few seconds."
    return Refusal(503, "Service Unavailable", said, Retry_After=RETRY_AFTER)


class RequestParser(HTTPRequestParser):
    """A request as it arrives: refuses a body that is larger than `body_limit` allows before its
    first byte, and knows when it is too slow. A large one goes on while there is room on the disk;
    `release` is called once the request is over."""

    def __init__(
        self, adj: Adjustments, body_limit: Callable[["RequestParser"], int | Refusal]
    ) -> None:
        super().__init__(adj)
        self._body_limit = body_limit
        self._limit = 0
        self.has_room: Callable[[], bool] = lambda: True
        self.release: Callable[[], None] = lambda: None
        self.started = self._window_started = time.monotonic()
        self._window_bytes = 0
        self.shed_at: float | None = None  # on the monotonic clock

    def received(self, data: bytes) -> int:
        try:
            consumed = super().received(data)
        except OSError:  # the spool's disk is full
            self.refuse(no_room())
            return len(data)
        self._window_bytes += consumed
        if self.error:
            return consumed
        if self.body_bytes_received > self._limit:
            self.refuse(too_large())  # a chunked body, which says no length beforehand
        elif self.body_bytes_received > IN_MEMORY and not self.has_room():
            self.refuse(no_room())
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        limit = 0 if self.body_rcv is None else self._body_limit(self)
        self._limit = limit if isinstance(limit, int) else 0
        if isinstance(limit, Refusal):
            self.refuse(limit)
        elif self.content_length > limit:
            self.refuse(too_large())

    def refuse(self, refusal: Refusal) -> None:
        self.error, self.completed, self.expect_continue = refusal, True, False

    def close(self) -> None:
        super().close()
        self.release()

    def is_too_slow(self, now: float) -> bool:
        """Whether the client took too long, `now` on the monotonic clock."""
        took = now - self.started
        is_small = not self.headers_finished or self._expected() <= SMALL
        if took > (HEAD_SECONDS if is_small else LONGEST):
            return True
        if now - self._window_started < WINDOW:
            return False
        dripped = self._window_bytes < PACE * (now - self._window_started)
        self._window_started, self._window_bytes = now, 0
        return dripped and not is_small

    def _expected(self) -> int:
        """Bytes of the body: as announced, or of a chunked one those that have come already."""
        return self.body_bytes_received if self.chunked else self.content_length
