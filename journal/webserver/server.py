"""The server of one process: takes whole requests in without a thread, and hands whole responses
over, so that no client's pace holds a thread or a database connection.

waitress (in one thread, with poll) receives and sends; what does not fit into memory waits in
sealed files. Two pools of threads run the application: a small one for what needs no database, so
that it answers while the other waits for one. Who waits too long for a thread of the other, or
comes when too many do, gets a 503 from a thread that does nothing else.
"""

import os
import resource
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from journal.monitoring import counters
from journal.webserver.channel import Channel
from journal.webserver.requests import IN_MEMORY, Refusal, RequestParser
from journal.webserver.spool import use_sealed_files

UNLIMITED = 1 << 40  # RequestParser.body_limit is the limit
SPARE_FILES = 256  # file descriptors for the database, static files and spools
APART_THREADS = 2
LOOK = 0.05  # seconds


class Server(TcpWSGIServer):
    """`apart` are the starts of paths that need no database. `body_limit` gets the parsed head of a
    request and returns the largest body in bytes, or a Refusal. `pause` and `within` say how it
    ends."""

    channel_class = Channel

    def __init__(
        self,
        application: Callable[..., Any],
        listening: socket.socket,
        *,
        threads: int,
        queue: int,
        queue_seconds: float,
        apart: Sequence[str],
        spool: Path,
        body_limit: Callable[[RequestParser], int | Refusal],
        pause: float = 0,
        within: float = 3,
    ) -> None:
        use_sealed_files(spool)
        adjustments = Adjustments(
            sockets=[listening],
            ident=None,
            clear_untrusted_proxy_headers=False,  # Django and allauth decide which to trust
            recv_bytes=64 * 1024,
            inbuf_overflow=IN_MEMORY,
            outbuf_overflow=IN_MEMORY,
            outbuf_high_watermark=UNLIMITED,  # no thread ever waits for a reader
            max_request_header_size=64 * 1024,
            max_request_body_size=UNLIMITED,
            connection_limit=max_connections(),
            cleanup_interval=1,
            asyncore_use_poll=True,
            log_socket_errors=False,
        )
        where = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            application,
            _sock=listening,
            bind_socket=False,
            sockinfo=where,
            adj=adjustments,
            dispatcher=Pool(threads),
        )
        self.body_limit = body_limit
        self.queue, self.queue_seconds = queue, queue_seconds
        self.apart, self.small_pool = tuple(apart), Pool(APART_THREADS)
        self.shedding = Pool(1)
        self.is_ending, self.pause, self.within = False, pause, within

    def add_task(self, channel: Channel) -> None:
        request = channel.requests[0]
        request.arrived = time.monotonic()
        if request.error:
            channel.refusing = True
        if request.error or request.path.startswith(self.apart):
            self.small_pool.add_task(channel)
        elif len(self.task_dispatcher.queue) < self.queue or is_large(request):
            self.task_dispatcher.add_task(channel)
        else:
            self._shed(channel, "queue_full")

    def _shed(self, channel: Channel, reason: str) -> None:
        counters.turned_away(reason)
        channel.requests[0].shed_at = time.monotonic()
        self.shedding.add_task(channel)

    def _turn(self, seconds: float) -> None:
        """Waits for the network, and then tells those who have waited too long for a thread."""
        wasyncore.poll2(min(seconds, LOOK) if self.task_dispatcher.queue else seconds, self._map)
        for channel in self.task_dispatcher.late(time.monotonic() - self.queue_seconds):
            self._shed(channel, "waited_too_long")

    def maintenance(self, now: float) -> None:
        for channel in list(self.active_channels.values()):
            channel.look_after()

    def run(self) -> None:
        """Serves until `end` is called, and for `pause` seconds more, or until its parent is gone;
        then lets requests finish `within` so many seconds."""
        parent = os.getppid()
        while not self.is_ending and os.getppid() == parent:
            self._turn(1)
        asked = time.monotonic()
        while (left := asked + self.pause - time.monotonic()) > 0 and os.getppid() == parent:
            self._turn(min(1, left))
        self.accepting = False
        self.del_channel()
        until = time.monotonic() + self.within
        while self._is_busy() and time.monotonic() < until:
            wasyncore.poll2(0.05, self._map)
        wasyncore.close_all(self._map)

    def end(self, *_signal: object) -> None:
        self.is_ending = True
        self.pull_trigger()

    def _is_busy(self) -> bool:
        """A request that has come in part counts too."""
        return any(
            channel.request or channel.requests or channel.total_outbufs_len
            for channel in self.active_channels.values()
        )


class Pool(ThreadedTaskDispatcher):
    def __init__(self, threads: int) -> None:
        super().__init__()
        self.queue_logger.disabled = True  # waiting is no news
        self.set_thread_count(threads)

    def late(self, since: float) -> list[Channel]:
        """Takes those out of the queue that have waited since before `since`."""
        if not self.queue:
            return []
        with self.lock:
            heads = [(channel, channel.requests[0]) for channel in self.queue]
            late = [one for one, head in heads if head.arrived < since and not is_large(head)]
            for channel in late:
                self.queue.remove(channel)
        return late


def is_large(request: RequestParser) -> bool:
    """It was let in at its head, and nobody should have to send it twice."""
    return request.body_bytes_received > IN_MEMORY


def max_connections() -> int:
    """Raises the limit of open files as far as an ordinary user may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 16 * 1024 if hard == resource.RLIM_INFINITY else min(hard, 16 * 1024)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(wanted, soft) - SPARE_FILES
