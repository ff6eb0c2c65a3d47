"""A database with the former tables is refused by `serve` and `migrate`, and not touched."""

import os
import subprocess
import sys

import pytest

from journal.embedded.server import EmbeddedServer
from tests.embedded.conftest import sign_in
from tests.embedded.running import ROOT, free_port, start, started_before
from tests.embedded.test_serve import sentence_of

APPLIED = "select app, name from django_migrations order by 1, 2"
TITLE_FIELD = (
    "This database was made by an earlier Selftrust with different tables. Export each "
    "journal with "
    "the old version and import it with this one. Nothing was changed."
)


@pytest.fixture
def former(folder):
    """The data folder, whose database says which migrations made it."""
    data = folder / "var"
    started_before(data)
    with EmbeddedServer(data, durable=False), sign_in(data) as database:
        database.execute("delete from django_migrations where app = 'people'")
        database.execute(
            "insert into django_migrations (app, name, applied) "
            "values ('people', '0001_initial', now())"
        )
    return data


def test_serve_and_migrate_say_what_to_do_and_change_nothing(former):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["SELFTRUST_DATA_DIR"] = str(former)
    migrate = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert migrate.stderr.strip() == TITLE_FIELD
    assert migrate.returncode == 1
    assert sentence_of(start(former, free_port())) == TITLE_FIELD
    with EmbeddedServer(former, durable=False), sign_in(former) as database:
        people = [row for row in database.execute(APPLIED).fetchall() if row[0] == "people"]
    assert people == [("people", "0001_initial")]
