"""A database for the duration of one command.

`manage.py shell` and similar commands work whether or not Selftrust is running: if a server runs on
the data folder they use it, otherwise they start one and stop it at the end.
"""

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
    "recover",  # starts its own
    "serve",  # starts its own
    "startapp",
    "version",
}

# These commands run although the master key is another one than what is sealed: they say so, bring
# their own, or write no word. All others, our own included, are refused then.
WITH_ANY_KEY = {
    *("dbshell", "doctor", "makemigrations", "migrate", "restore", "rotate_key", "shell"),
    *("showmigrations", "sqlmigrate"),
}


@contextmanager
def database_for(arguments: list[str]) -> Iterator[None]:
    """Provides a database while the block runs `manage.py` with these arguments."""
    command = arguments[1] if len(arguments) > 1 else ""
    asks_for_help = command.startswith("-") or {"-h", "--help"} & set(arguments)
    if command in WITHOUT_DATABASE or asks_for_help:
        yield
        return

    from django.conf import settings

    from journal.embedded.server import EmbeddedServer, wait_for_socket

    if settings.DATABASE_URL:
        _check_key(command)
        yield
        return
    server = EmbeddedServer(settings.DATA_DIR, archive=settings.WAL_ARCHIVE)
    try:
        server.start()
    except AlreadyRunning:
        wait_for_socket(settings.DATA_DIR)
    try:
        _check_key(command)
        yield
    finally:
        close_connections()
        server.stop()


def _check_key(command: str) -> None:
    import psycopg
    from django.db import connection

    from journal.embedded.sealed_database import refuse_other_key

    if command in WITH_ANY_KEY:
        return
    try:
        with psycopg.connect(**connection.get_connection_params()) as opened:
            refuse_other_key(opened)
    except psycopg.Error:
        return  # the command will say what is wrong with the database


def close_connections() -> None:
    """Closes every connection, pooled ones too, so that the server can stop."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
