"""The tables of an empty database in one file, so that a first start need not run every migration.

`make structure` runs the migrations in an empty database and writes down what they send: tables,
policies, grants and rows, in their order, and without the names of any database or account.
`manage.py migrate` sends that in one transaction where a database holds nothing at all and the file
ends with exactly the migrations that came with this code. Everywhere else they run one by one.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from journal.database import direct
from journal.database.probe import migrations

FILE = Path(__file__).with_name("structure.sql")
HEADING = "-- What the migrations send to an empty database. `make structure` writes it.\n"
NOT_EMPTY = """
select from pg_class where relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
union all
select from pg_proc where pronamespace::regnamespace::text !~ '^(pg_|information_schema$)'
 limit 1
"""
# What was asked is answered by what was sent next.
ASKS = re.compile(r"\s*(select|savepoint|release)\b", re.IGNORECASE)
NOTES_ONE = 'INSERT INTO "django_migrations"'
CONCURRENTLY = re.compile(r"((?:create|drop) (?:unique )?index) concurrently\b", re.IGNORECASE)
PRESENT = re.compile(r"'[\d-]{10} [\d:.]+\+00:00'::timestamptz")


def load(**changes: Any) -> bool:
    """Whether the tables are there now and were not before. An interruption leaves nothing."""
    statements = FILE.read_text()
    with psycopg.connect(**direct.parameters(**changes)) as opened:
        fits = is_empty(opened) and statements.endswith(all_noted())
        if fits:
            opened.execute(statements)
    return fits


def is_empty(opened: psycopg.Connection[Any]) -> bool:
    return not opened.execute(NOT_EMPTY).rowcount


@contextmanager
def written_to(file: Path) -> Iterator[None]:
    """Writes down what Django sends to the database within the block."""
    sent: list[str] = []

    def note(execute: Callable, statement: str, values: Any, many: bool, context: dict) -> Any:
        if not ASKS.match(statement) and not statement.startswith(NOTES_ONE):
            sent.append(to_send(context["cursor"].cursor.mogrify(statement, values)))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        yield
    file.write_text("".join([HEADING, *sent, all_noted()]))


def to_send(statement: str) -> str:
    """As it goes into one transaction, where nobody has to be let through, at any time."""
    at_once = CONCURRENTLY.sub(r"\1", statement.strip().rstrip(";"))
    return PRESENT.sub("now()", at_once) + ";\n"


def all_noted() -> str:
    """The statement that notes all migrations as run."""
    rows = ",\n".join(f"('{app}', '{name}', now())" for app, name in sorted(migrations()))
    return f"insert into django_migrations (app, name, applied) values\n{rows};\n"
