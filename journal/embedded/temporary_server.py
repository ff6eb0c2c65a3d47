"""A database for the duration of one command.

`manage.py shell` and similar commands work whether or not Selftrust is running: if a server runs on
the data folder they use it, otherwise they start one and stop it at the end.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from journal.embedded.errors import AlreadyRunning

# These commands read no table. All others, our own included, get a database.
WITHOUT_DATABASE = {
    "",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "serve",  # starts its own
    "startapp",
    "version",
}


@contextmanager
def database_for(arguments: list[str]) -> Iterator[None]:
    """Provides a database while the block runs `manage.py` with these arguments."""
    command = arguments[1] if len(arguments) > 1 else ""
    asks_for_help = command.startswith("-") or {"-h", "--help"} & set(arguments)
    if os.environ.get("DATABASE_URL") or command in WITHOUT_DATABASE or asks_for_help:
        yield
        return

    from django.conf import settings

    from journal.embedded.server import EmbeddedServer, wait_for_socket

    server = EmbeddedServer(settings.DATA_DIR)
    try:
        server.start()
    except AlreadyRunning:
        wait_for_socket(settings.DATA_DIR)
    try:
        yield
    finally:
        close_connections()
        server.stop()


def close_connections() -> None:
    """Closes every connection, pooled ones too, so that the server can stop."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
