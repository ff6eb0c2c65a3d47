"""One connection of a client, as waitress serves it, with our deadlines and refusals."""

import io
import socket
import time
from contextlib import suppress
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from journal.webserver.environ import ARRIVED, ENDING, REFUSED, SHED
from journal.webserver.requests import RequestParser, too_many, too_slow

IDLE = 75  # seconds without any byte, in either direction
DRAIN = 5  # seconds
# How long a request that is shed may wait for its page, in seconds; then a sentence has to do. One
# with a body may wait for longer, since the page gives back what was typed.
PAGE, PAGE_OF_WORDS = 0.1, 0.4


class Task(WSGITask):
    def execute(self) -> None:
        if self.channel.server.is_ending:
            self.set_close_on_finish()  # the next request is not for this process
        super().execute()

    def get_environment(self) -> dict[str, Any]:
        ours = {ARRIVED: self.request.arrived, ENDING: self.channel.server.is_ending}
        return super().get_environment() | ours


class SheddingTask(Task):
    """As many as there is time for get the page of the application, with what was typed."""

    def execute(self) -> None:
        waited = time.monotonic() - self.request.shed_at
        if waited < (PAGE_OF_WORDS if self.request.body_rcv is not None else PAGE):
            super().execute()
        else:
            self.complete = True
            self.request.error = too_many()
            ErrorTask.execute(self)

    def get_environment(self) -> dict[str, Any]:
        return super().get_environment() | {SHED: True}


class RefusalTask(WSGITask):
    """The application renders the page of an error; without a head, a sentence has to do."""

    def execute(self) -> None:
        self.set_close_on_finish()
        if self.request.headers_finished and hasattr(self.request, "path"):
            super().execute()
        else:
            self.complete = True
            ErrorTask.execute(self)

    def get_environment(self) -> dict[str, Any]:
        environ = super().get_environment()
        environ.pop("CONTENT_TYPE", None)
        nothing = {"CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()}
        return environ | nothing | {REFUSED: self.request.error.code}


class Channel(HTTPChannel):
    error_task_class = RefusalTask
    request: RequestParser | None
    will_close: bool
    close_when_flushed: bool
    refusing = False  # an error ends this connection; what still arrives is thrown away
    drains_until = 0.0  # on the monotonic clock

    def task_class(self, channel: "Channel", request: RequestParser) -> Task:
        return (Task if request.shed_at is None else SheddingTask)(channel, request)

    def parser_class(self, adj: Adjustments) -> RequestParser:
        return RequestParser(adj, self.server.body_limit)

    def received(self, data: bytes) -> bool:
        return False if self.refusing else super().received(data)

    def handle_close(self) -> None:
        super().handle_close()
        if self.request is not None:
            self.request.close()
            self.request = None

    def handle_write(self) -> None:
        if not (self.refusing and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif self.connected and not self.total_outbufs_len:
            # A close while the client still sends would reset the connection, and the client might
            # never read the answer.
            self.close_when_flushed = False
            self.drains_until = time.monotonic() + DRAIN
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)

    def look_after(self) -> None:
        """Ends what takes too long; the server calls this every second."""
        now = time.monotonic()
        if self.drains_until:
            self.will_close = self.will_close or now > self.drains_until
        elif self.requests:
            return
        elif self.request is None or self.total_outbufs_len:
            self.will_close = self.will_close or time.time() - self.last_activity > IDLE
        elif self.request.is_too_slow(now):
            with self.requests_lock:
                self.refusing = True
                self.request.refuse(too_slow())
                self.requests.append(self.request)
                self.request = None
            self.server.add_task(self)
