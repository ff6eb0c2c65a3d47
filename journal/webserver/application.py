"""The processes that serve the application: they fork from one that has loaded it.

They share one listening socket, and the memory of what was loaded before the fork. One that dies
takes no other with it, and is started again after a growing pause; nothing makes this process give
up. SIGTERM lets running requests finish (embedded/ending_settings.py).
"""

import signal
import socket
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from journal.embedded import forked
from journal.embedded.signals import Signals
from journal.webserver.server import Server

BACKLOG = 2048
ROOM = 17_000  # words: 136 KB, for which Python takes 256 KB; what is never touched costs nothing
WSGI = Callable[..., Any]


def load(name: str) -> WSGI:
    """Imports the application (as in `selftrust.wsgi:application`), every view and what templates
    use, and compiles all addresses, for processes that fork from this one."""
    module, _colon, variable = name.partition(":")
    application = getattr(import_module(module), variable)
    from django.template import engines
    from django.urls import get_resolver

    engines.all()
    _ = get_resolver().reverse_dict
    return application


def run(application: WSGI, listening: socket.socket, *, workers: int, threads: int) -> None:
    """Serves on the bound socket until a signal ends this process."""
    from django.conf import settings

    signals = Signals()
    listening.listen(BACKLOG)
    one = partial(_serve, application, listening, threads)
    tasks = [partial(one) for _worker in range(workers)]
    grace = sum(settings.ENDING) + 1
    forked.supervise(tasks, signals, grace=grace, inherited=(listening.fileno(),))


def with_room(function: WSGI) -> WSGI:
    """The function (the application, say), called from a frame so large that Python gives it a
    piece of memory of its own, with room for all the frames inside.

    Python (3.11 at least) takes memory for frames in pieces of 16 KB and gives a piece back as soon
    as its first frame returns. A loop whose calls happen to cross the border of two pieces asks the
    system for memory in every turn: that was a third of what the settings page cost.
    """

    def call(*given: Any, **named: Any) -> Any:
        return function(*given, **named)

    call.__code__ = call.__code__.replace(co_stacksize=ROOM)
    return call


def _serve(application: WSGI, listening: socket.socket, threads: int) -> None:
    from django.conf import settings

    from journal.webserver.body_limits import body_limit

    server = Server(
        with_room(application),
        listening,
        threads=threads,
        queue=settings.CAPACITY.queue,
        queue_seconds=settings.CAPACITY.queue_seconds,
        apart=(*settings.PATHS_WITHOUT_DATABASE, settings.STATIC_URL),
        spool=settings.DATA_DIR / "spool",
        body_limit=body_limit,
        **settings.ENDING._asdict(),
    )
    signal.signal(signal.SIGTERM, server.end)
    server.run()
