"""Behind a pooler in transaction mode: nothing is prepared, and no start waits for ever."""

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connection as django_connection
from psycopg.conninfo import conninfo_to_dict

from journal.database import direct, locks
from journal.database.base import Cursor, DatabaseWrapper
from journal.database.pooler import PROBE, keeps_statements, stands_between
from journal.database.url import settings_of
from journal.embedded import migration_lock
from journal.embedded.errors import CannotStart
from journal.embedded.server import EmbeddedServer, connection
from tests.embedded.conftest import sign_in
from tests.embedded.running import Visitor, new_folder, served, started_before
from tests.embedded.transaction_pooler import SESSIONS, TransactionPooler

LINE = "A pooler stands in front of the database, so no statement is prepared.\n"


@pytest.fixture(scope="module")
def pooled() -> Iterator[tuple[Path, str]]:
    """A data folder whose database answers behind a pooler, and the address of that."""
    folder = new_folder()
    started_before(folder / "var")
    with EmbeddedServer(folder / "var", durable=False):
        pooler = TransactionPooler(folder / "var")
        yield folder / "var", f"postgres://selftrust@127.0.0.1:{pooler.port}/selftrust"
        pooler.close()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_pooler_is_recognised_and_a_server_is_not_taken_for_one(pooled):
    data, url = pooled
    with psycopg.connect(url, autocommit=True) as behind, sign_in(data) as direct:
        assert stands_between(behind)
        assert not stands_between(direct)


def test_a_prepared_statement_is_lost_there(pooled):
    """Or else the test below would say nothing."""
    lost = pytest.raises(psycopg.errors.InvalidSqlStatementName)
    with psycopg.connect(pooled[1], autocommit=True) as one, lost:
        one.execute("select 1 where 1 = %s", [1], prepare=True)


def test_no_statement_is_prepared_there_and_asking_leaves_none_behind(pooled):
    _data, url = pooled
    there = conninfo_to_dict(url)

    assert not keeps_statements({**there, "cursor_factory": Cursor})
    assert not keeps_statements(there)  # known by now

    with ExitStack() as all_taken:
        for _session in range(SESSIONS):
            session = all_taken.enter_context(psycopg.connect(url))
            assert session.execute(PROBE).fetchall() == []


@pytest.fixture
def wrapper(pooled, django_db_blocker) -> Iterator[DatabaseWrapper]:
    """Django's connection through the pooler."""
    made = django_connection.copy(alias="pooled")
    made.settings_dict.update(settings_of(pooled[1]))
    made.settings_dict["OPTIONS"] = {"prepare_threshold": 0}
    with django_db_blocker.unblock():
        yield made
        made.close()


def test_rows_are_fetched_in_chunks_outside_of_a_transaction_too(wrapper, pooled):
    with wrapper.chunked_cursor() as cursor:  # before anything else was asked
        cursor.execute("select generate_series(1, 9)")
        rows = cursor.fetchmany(4)
        with psycopg.connect(pooled[1]) as other:
            other.execute("select 1")
            rows += cursor.fetchall()

    assert [number for (number,) in rows] == [*range(1, 10)]
    assert wrapper.connection.prepare_threshold is None


def test_a_lock_does_not_wait_for_a_full_pooler_and_goes_past_it(
    pooled, wrapper, monkeypatch, settings
):
    data, url = pooled
    own = connection(data)
    settings.DIRECT_DATABASE = {}
    monkeypatch.setattr(direct, "connection", wrapper)
    patient = locks.ANSWERS_WITHIN
    monkeypatch.setattr(locks, "ANSWERS_WITHIN", 0.3)
    with ExitStack() as all_taken:
        for _session in range(SESSIONS):
            all_taken.enter_context(psycopg.connect(url)).execute("select 1")

        late = pytest.raises(psycopg.OperationalError, match="did not answer in time")
        with late, locks.try_lock(1):
            pytest.fail("no session was free")

        monkeypatch.setattr(locks, "ANSWERS_WITHIN", patient)
        settings.DIRECT_DATABASE = {**own, "OPTIONS": {}}
        with locks.try_lock(1) as free, locks.try_lock(1) as again:
            assert (free, again) == (True, False)

        said: list[str] = []
        monkeypatch.setattr(migration_lock, "PATIENCE", 0.2)
        held = locks.try_lock(migration_lock.MIGRATING)
        too_long = pytest.raises(CannotStart, match="hasn't finished")
        with held, too_long, migration_lock.migrating(said.append):
            pytest.fail("somebody else is migrating")
        assert said == ["Another start is updating the tables. Waiting for it to finish."]


def test_two_nodes_start_and_people_write_and_read(pooled):
    data, url = pooled
    with (
        served(data, DATABASE_URL=url) as (one, port, _data),
        served(data, DATABASE_URL=url) as (two, other_port, _data),
    ):
        ada = Visitor(port)
        ada.sign_up("ada@example.org", "a long enough password")
        answers: list[int] = []

        def visit(where: int) -> None:
            visitor = Visitor(where)
            visitor.cookies, visitor.token = dict(ada.cookies), ada.token
            for number in range(4):
                words = {"title": "", "body": f"Day {number}", "written_on": "2026-11-19"}
                answers.append(visitor.ask("POST", "/journal/write/", words)[0])
                answers.extend(visitor.ask("GET", path)[0] for path in ("/", "/journal/"))

        visitors = [threading.Thread(target=visit, args=[p]) for p in (port, other_port) * 2]
        for thread in visitors:
            thread.start()
        for thread in visitors:
            thread.join()
        for node in (one, two):
            node.send_signal(signal.SIGTERM)
            node.wait(timeout=30)
            assert LINE in node.stdout.read()

    assert len(answers) == 48
    assert set(answers) == {200, 302}
