"""Behind the real PgBouncer, as a practice with two machines would run it (make test-pooler)."""

import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from journal.database.base import Connection
from journal.database.pooler import keeps_statements
from journal.embedded.server import EmbeddedServer
from tests.embedded.conftest import sign_in, until
from tests.embedded.running import Visitor, new_folder, served, start, started_before
from tests.pgbouncer import ABSENT, KEEPS_STATEMENTS, PROGRAM, addresses, pgbouncer

pytestmark = [
    pytest.mark.long,
    pytest.mark.pooler,
    pytest.mark.skipif(not PROGRAM, reason=ABSENT),
]

KEEPS = "A pooler stands in front of the database, and keeps prepared statements apart.\n"
PREPARES_NOTHING = "A pooler stands in front of the database, so no statement is prepared.\n"


@pytest.fixture(scope="module")
def pooled() -> Iterator[tuple[Path, dict[str, str]]]:
    """A data folder, and the addresses of its database: through PgBouncer, and past it."""
    folder = new_folder()
    data = folder / "var"
    started_before(data)
    with EmbeddedServer(data, durable=False), pgbouncer(data) as port:
        yield data, addresses(data, port)
    shutil.rmtree(folder, ignore_errors=True)


def run(data: Path, *command: str, **urls: str) -> tuple[int, str]:
    process = start(data, 0, "manage.py", *command, **urls)
    said, complaints = process.communicate(timeout=300)
    return process.returncode, said + complaints


def test_two_nodes_start_and_everyone_reads_their_own(pooled):
    data, urls = pooled
    nodes = served(data, **urls), served(data, **urls, SELFTRUST_PREPARE_STATEMENTS="off")
    with nodes[0] as (one, port, _data), nodes[1] as (two, other_port, _data):
        wrong: list[str] = []

        def visit(name: str, signed_up: Visitor, where: int) -> None:
            visitor = Visitor(where)
            visitor.cookies, visitor.token = dict(signed_up.cookies), signed_up.token
            visitor.write(f"Only {name} wrote this")
            for path in ("/", "/journal/", "/practices/", "/insights/", "/promises/") * 6:
                status, text = visitor.ask("GET", path)
                if status not in (200, 302):
                    wrong.append(f"{path}: {status}")
                if path == "/journal/" and text.count("wrote this") != text.count(f"Only {name} "):
                    wrong.append("somebody else's words")

        visitors = []
        for name in ("ada", "eve", "mira"):
            signed_up = Visitor(port)
            signed_up.sign_up(f"{name}@example.org", "a long enough password")
            visitors += [
                threading.Thread(target=visit, args=[name, signed_up, where])
                for where in (port, other_port)
            ]
        for thread in visitors:
            thread.start()
        for thread in visitors:
            thread.join()
        for where in (port, other_port):  # mira, whose two entries were written on one each
            signed_up.port = where
            assert signed_up.ask("GET", "/journal/")[1].count("Only mira wrote this") == 2
        for node in (one, two):
            node.send_signal(signal.SIGTERM)
            node.wait(timeout=30)
        assert (KEEPS if KEEPS_STATEMENTS else PREPARES_NOTHING) in one.stdout.read()

    assert wrong == []


def test_a_session_that_postgresql_ends_is_a_lost_connection(pooled):
    """And so a 503. PgBouncer answers a COMMIT with two results then."""
    data, urls = pooled
    with sign_in(data) as direct, Connection.connect(urls["DATABASE_URL"]) as pooled_one:
        pooled_one.execute("set local idle_in_transaction_session_timeout = '50ms'")
        ((session,),) = pooled_one.execute("select pg_backend_pid()").fetchall()
        there = "select from pg_stat_activity where pid = %s"
        until(lambda: not direct.execute(there, [session]).fetchall())

        with pytest.raises(psycopg.OperationalError):
            pooled_one.commit()


def test_whether_it_keeps_statements_is_found_out(pooled):
    data, _urls = pooled
    with pgbouncer(data) as port:
        there = {"host": "127.0.0.1", "port": port, "dbname": "selftrust", "user": "selftrust"}
        assert keeps_statements(there) is KEEPS_STATEMENTS
    if KEEPS_STATEMENTS:
        with pgbouncer(data, "max_prepared_statements = 0") as port:
            assert not keeps_statements({**there, "port": port})


def test_a_backup_is_refused_there_and_made_past_it(pooled):
    data, urls = pooled
    pooler = urls["DATABASE_URL"]

    code, said = run(data, "backup", str(data / "one"), DATABASE_URL=pooler)
    assert code == 1
    assert "a backup can't go through one. Set DATABASE_DIRECT_URL" in said
    assert not (data / "one").exists()

    assert run(data, "backup", str(data / "one"), **urls)[0] == 0
    assert run(data, "rotate_key", **urls)[0] == 0
    assert run(data, "migrate", "-v0", **urls)[0] == 0
    assert (data / "one" / "manifest.json").exists()
