"""The web server: a process that has loaded the application and forks those that serve it.

    python -m journal.webserver --fd 3 selftrust.wsgi:application

They share one listening socket, and the memory of what was loaded before the fork. One that dies
takes no other with it, and is started again after a growing pause; nothing makes this process give
up. SIGTERM lets running requests finish.
"""

import argparse
import contextlib
import gc
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

from journal.embedded.signals import Signals
from journal.embedded.supervision import Backoff
from journal.webserver.server import GRACE, Server

BACKLOG = 2048


def main() -> None:
    parser = argparse.ArgumentParser()
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--fd", type=int, help="an inherited socket that is bound already")
    where.add_argument("--port", type=int, help="listen on this port of localhost")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("application")
    chosen = parser.parse_args()
    if chosen.fd is not None:
        listening = socket.socket(fileno=chosen.fd)
    else:
        listening = socket.create_server(("127.0.0.1", chosen.port))
    signals = Signals()
    application = load(chosen.application)
    listening.listen(BACKLOG)

    def serve() -> None:
        from django.conf import settings

        from journal.webserver.body_limits import body_limit

        server = Server(
            application,
            listening,
            threads=chosen.threads,
            apart=(*settings.PATHS_WITHOUT_DATABASE, settings.STATIC_URL),
            spool=settings.DATA_DIR / "spool",
            body_limit=body_limit,
        )
        signal.signal(signal.SIGTERM, server.end)
        server.run()

    Workers(serve, chosen.workers).supervise(signals)


def load(application: str) -> Callable[..., Any]:
    """Imports the application and every view, and excludes them from garbage collection, which
    writes into objects and so ends the sharing of their memory."""
    gc.disable()
    module, _colon, name = application.partition(":")
    loaded = getattr(import_module(module), name)
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.enable()
    return loaded


class Workers:
    """Processes forked from this one, each running `serve`."""

    def __init__(self, serve: Callable[[], None], count: int) -> None:
        self._serve = serve
        self._pauses = [Backoff() for _worker in range(count)]
        self._running: dict[int, Backoff] = {}

    def supervise(self, signals: Signals) -> None:
        while not signals.ended:
            self._reap()
            now = time.monotonic()
            waiting = [pause for pause in self._pauses if pause not in self._running.values()]
            for pause in waiting:
                if pause.due <= now:
                    self._start(pause)
            soonest = min((pause.due - now for pause in waiting if pause.due > now), default=5.0)
            signals.wait(seconds=soonest)
        self._end()

    def _start(self, pause: Backoff) -> None:
        pid = os.fork()
        if pid == 0:
            _serve_and_exit(self._serve)
        pause.started()
        self._running[pid] = pause

    def _reap(self) -> None:
        """Collects those that have died, also orphans that a worker left behind."""
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                if pause := self._running.pop(pid, None):
                    pause.died()
                    print("A web worker died and is started again.", file=sys.stderr, flush=True)  # noqa: T201

    def _end(self) -> None:
        for number, grace in ((signal.SIGTERM, GRACE + 1), (signal.SIGKILL, 5)):
            for pid in self._running:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            until = time.monotonic() + grace
            while self._running and time.monotonic() < until:
                pid = os.waitpid(-1, os.WNOHANG)[0]
                self._running.pop(pid, None)
                if not pid:
                    time.sleep(0.02)


def _serve_and_exit(serve: Callable[[], None]) -> None:
    """Runs in the forked process, which never returns into the code of its parent."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else signal.SIG_IGN)
        serve()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
