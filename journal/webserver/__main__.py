"""The web server: a process that has loaded the application and forks those that serve it.

    python -m journal.webserver --fd 3 selftrust.wsgi:application

They share one listening socket, and the memory of what was loaded before the fork. One that dies
takes no other with it, and is started again after a growing pause; nothing makes this process give
up. SIGTERM lets running requests finish.
"""

import argparse
import signal
import socket
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from journal.embedded import forked
from journal.embedded.signals import Signals
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

    workers = [partial(serve) for _worker in range(chosen.workers)]
    forked.supervise(workers, signals, grace=GRACE + 1)


def load(application: str) -> Callable[..., Any]:
    """Imports the application and every view."""
    module, _colon, name = application.partition(":")
    loaded = getattr(import_module(module), name)
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    return loaded


if __name__ == "__main__":
    main()
