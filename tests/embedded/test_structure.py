"""The tables of an empty database are made at once, and are what the migrations would make."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.database import structure
from journal.embedded import paths
from journal.embedded.server import EmbeddedServer, connection
from tests.embedded.conftest import sign_in, until
from tests.embedded.running import ROOT, cluster_before, environment, free_port, start
from tests.prepared import copy_of, migrations_key

TO_DO = "A migration was changed: run `make structure`."
TABLES = "select count(*) from pg_tables where schemaname = 'public'"
# What pg_dump makes up each time, and a secret of each installation.
MADE_UP = re.compile(r"^\\(un)?restrict .*$|'\\x[0-9a-f]{64}'", re.MULTILINE)
LOADING = f"select 1 from pg_stat_activity where starts_with(query, '{structure.HEADING.strip()}')"


@pytest.fixture
def empty(folder) -> Iterator[EmbeddedServer]:
    cluster_before(folder / "var")
    with EmbeddedServer(folder / "var", durable=False) as server:
        yield server


def test_it_makes_what_the_migrations_make(folder):
    copy_of("structure", migrations_key(), folder / "made", make=_make_both)
    made = {path.name: MADE_UP.sub("", path.read_text()) for path in (folder / "made").iterdir()}

    assert made["written"] == structure.FILE.read_text(), TO_DO
    assert len(made["by migrations"]) > 400_000
    assert made["at once"] == made["by migrations"]


def _make_both(target: Path) -> None:
    target.mkdir()
    written = target / "written"
    by_migrations = _all_that_is_made(target / "1", "-v0", "--write-structure", str(written))
    at_once = _all_that_is_made(target / "2")
    (target / "by migrations").write_text(by_migrations)
    (target / "at once").write_text(at_once)
    for data in (target / "1", target / "2"):
        subprocess.run(["rm", "-r", data], check=True)


def _all_that_is_made(data: Path, *arguments: str) -> str:
    """By `migrate` in a new server: everything in the database, and its roles."""
    command = [sys.executable, "manage.py", "migrate", "--skip-checks", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(data, 0), check=True, capture_output=True)
    with EmbeddedServer(data, durable=False), sign_in(data) as database:
        notes = database.execute("select app, name from django_migrations order by 1, 2").fetchall()
        dumped = _said_by("pg_dump", data, "--inserts", "--exclude-table-data=django_migrations")
        roles = _said_by("pg_dumpall", data, "--roles-only", "--no-role-passwords")
    return "\n".join([*map(".".join, notes), dumped, roles])


def _said_by(program: str, data: Path, *arguments: str) -> str:
    how = connection(data)
    command = [paths.program(program), *arguments, "-h", how["HOST"], "-U", how["USER"]]
    done = subprocess.run(
        [*command, "-d" if program == "pg_dump" else "-l", how["NAME"]],
        env={"PGPASSWORD": how["PASSWORD"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_it_is_for_an_empty_database_and_for_its_own_migrations(empty, monkeypatch, tmp_path):
    there = {name.lower(): value for name, value in connection(empty.data_dir).items()}
    there["dbname"] = there.pop("name")
    with sign_in(empty.data_dir) as database:
        database.execute("create function someones() returns int language sql return 1")
        assert not structure.load(**there)
        database.execute("drop function someones; create view someones as select 1")
        assert not structure.load(**there)
        database.execute("drop view someones")

        older = tmp_path / "structure.sql"
        last = "('search', '0001_tables', now()),\n"
        older.write_text(structure.FILE.read_text().replace(last, ""))
        with monkeypatch.context() as patch:
            patch.setattr(structure, "FILE", older)
            assert not structure.load(**there)
        assert database.execute(TABLES).fetchone() == (0,)

        assert structure.load(**there)
        assert database.execute(TABLES).fetchone()[0] > 90
        assert not structure.load(**there)


def test_an_index_that_lets_others_through_fits_into_the_one_transaction():
    statement = 'CREATE UNIQUE INDEX CONCURRENTLY "one" ON "people_user" ("email");'
    assert structure.to_send(statement) == 'CREATE UNIQUE INDEX "one" ON "people_user" ("email");\n'


def test_a_first_start_that_is_ended_meanwhile_leaves_nothing(empty, folder):
    """It waits for another transaction, which is about to make a table of the same name."""
    with sign_in(empty.data_dir) as other, sign_in(empty.data_dir) as looking:
        other.execute("begin; create table sharing_coachlink (id int)")
        theirs = {
            "DATABASE_URL": f"postgres://selftrust:{other.info.password}@/selftrust",
            "PGHOST": str(empty.sockets),
        }
        serve = start(folder / "machine", free_port(), **theirs)
        until(lambda: looking.execute(f"{LOADING} and wait_event_type = 'Lock'").fetchone())
        serve.send_signal(signal.SIGTERM)

        assert serve.communicate(timeout=60) == ("", "")
        assert serve.returncode == 0
        other.execute("rollback")
        until(lambda: not looking.execute(LOADING).fetchone())
        assert looking.execute(TABLES).fetchone() == (0,)
