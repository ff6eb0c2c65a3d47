"""Whether the database can be written to, and has the tables that this code needs."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction

# The rows of this function take more than 64 KB of memory, so PostgreSQL has to write a temporary
# file: the one way to find a full disk without writing a row. It takes some milliseconds.
SPILL = "select count(*) from generate_series(1, 5000)"


def is_read_only() -> bool:
    """Whether the database takes no writes. Raises OperationalError when its disk is full, or when
    it does not answer in time (errors.py)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('transaction_read_only'), set_config('work_mem', '64kB', true)"
        )
        read_only = cursor.fetchone()[0] == "on"
        cursor.execute(SPILL)
    return read_only


def lacks_migrations() -> bool:
    """Whether any that came with this code has not run. Those of newer code are no hindrance."""
    with connection.cursor() as cursor:
        cursor.execute("select app, name from django_migrations")
        return not migrations() <= set(cursor.fetchall())


@cache
def migrations() -> set[tuple[str, str]]:
    """All that came with this code, by the names of their files: importing them takes long."""
    return {
        (config.label, path.stem)
        for config in apps.get_app_configs()
        for path in Path(config.path, "migrations").glob("[!_]*.py")
    }
