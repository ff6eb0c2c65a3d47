"""A database that is frozen, locked, read-only or full: 503 with the words back, and no hanging.

A request that waits for ever would end as a timeout of the client here, after 20 seconds.
"""

import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import psutil
import pytest

from journal.privacy.ownership import uuid7
from tests.embedded.conftest import sign_in, until
from tests.embedded.running import Visitor, new_folder, postmaster, served, written_before

BODY = "Said no twice & meant it"
SIGN_IN = {"login": "a", "password": "b"}


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Visitor, Path]]:
    folder = new_folder()
    ada = written_before(folder / "var")
    impatient = {"DJANGO_SETTINGS_MODULE": "tests.embedded.impatient_settings"}
    with served(folder / "var", **impatient) as (_server, ada.port, data):
        ada.ask("GET", "/settings/")
        ada.ask("GET", "/support/")  # its copy is in memory from now on
        yield ada, data
    shutil.rmtree(folder)


@contextmanager
def frozen(data: Path) -> Iterator[None]:
    """Every process of the server is stopped; the kernel goes on accepting connections."""
    server = psutil.Process(postmaster(data))
    stopped = [server, *server.children(recursive=True)]
    for process in stopped:
        process.suspend()
    try:
        yield
    finally:
        for process in [server, *server.children(recursive=True), *stopped]:
            with_signal(process, signal.SIGCONT)


def with_signal(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def write(ada: Visitor) -> tuple[int, str]:
    words = {"id": str(uuid7()), "title": "", "body": BODY, "written_on": "2026-11-19"}
    return ada.ask("POST", "/journal/write/", words)


def gives_the_words_back(answer: tuple[int, str]) -> None:
    status, page = answer
    assert status == 503
    assert BODY in unescape(page)


def works_again(ada: Visitor) -> None:
    until(lambda: ada.ask("GET", "/readyz")[0] == 200)
    until(lambda: write(ada)[0] == 302)


def test_a_frozen_database(running):
    """Forty at once over eight threads do not wait one after the other: at three seconds each
    the last would take fifteen. The first meet a connection of the pool, the others meet none."""
    ada, data = running
    with frozen(data):
        answers = [write(ada), *at_once([lambda: write(like(ada))] * 40)]
        readiness, health, support, signed_in = at_once(
            [
                lambda: like(ada).ask("GET", "/readyz"),
                lambda: like(ada).ask("GET", "/healthz"),
                lambda: like(ada).ask("GET", "/support/"),
                lambda: Visitor(ada.port).ask("POST", "/accounts/login/", SIGN_IN),
            ]
        )
    for answer in answers:
        gives_the_words_back(answer)
    assert len(answers) == 41
    assert (readiness[0], health, support[0]) == (503, (200, "ok"), 200)
    assert signed_in[0] in (403, 503)
    works_again(ada)


def like(ada: Visitor) -> Visitor:
    visitor = Visitor(ada.port)
    visitor.cookies, visitor.token = dict(ada.cookies), ada.token
    return visitor


def at_once(visits: list[Callable[[], tuple[int, str]]]) -> list[tuple[int, str]]:
    with ThreadPoolExecutor(len(visits)) as visitors:
        return [one.result() for one in [visitors.submit(visit) for visit in visits]]


@pytest.mark.parametrize(
    "table", ["entries_entry", "django_session", "people_user", "privacy_datakey"]
)
def test_a_locked_table(running, table):
    """What runs as the person, what is read before there is a role, and the statement that takes
    the role."""
    ada, data = running
    with sign_in(data) as other, other.transaction():
        other.execute(f"lock table {table} in access exclusive mode")
        gives_the_words_back(write(ada))
        # PostgreSQL gave up too, or did so before us. The worker's look for reminders may wait on.
        waiting = (
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
            "and query not like '%reminders_reminder%'"
        )
        until(lambda: other.execute(waiting).fetchall() == [(0,)])
    works_again(ada)


def test_a_locked_table_of_counts(running):
    """Rate limits have a pool of their own."""
    ada, data = running
    someone = Visitor(ada.port)
    someone.ask("GET", "/accounts/login/")
    form = {"login": "ada@example.org", "password": "not it"}
    with sign_in(data) as other, other.transaction():
        other.execute("lock table people_sharedvalue in access exclusive mode")
        assert someone.ask("POST", "/accounts/login/", form)[0] == 503
    assert someone.ask("POST", "/accounts/login/", form)[0] == 200


@pytest.fixture
def other(running) -> Iterator:
    with sign_in(running[1]) as other:
        yield other


def test_a_full_disk_is_said(running, other):
    """PostgreSQL's own error, raised where it would be: at an insert, and at the commit."""
    ada, _data = running
    for when in ("before insert on", "constraint"):
        kind = "trigger full_disk before insert on entries_entry for each row"
        if when == "constraint":
            kind = (
                "constraint trigger full_disk after insert on entries_entry "
                "deferrable initially deferred for each row"
            )
        other.execute(
            "create function full_disk() returns trigger language plpgsql as "
            "$$ begin raise 'could not extend file' using errcode = '53100'; end $$"
        )
        other.execute(f"create {kind} execute function full_disk()")
        answer = write(ada)
        other.execute("drop function full_disk() cascade")
        gives_the_words_back(answer)
        assert "The server’s disk is full." in unescape(answer[1])
    works_again(ada)


def test_a_read_only_database(running, other):
    ada, _data = running
    until(lambda: ada.ask("GET", "/readyz")[0] == 200)
    other.execute("alter database selftrust set default_transaction_read_only = on")
    try:
        end_the_sessions(other)
        until(lambda: ada.ask("GET", "/readyz") == (503, "read-only"))
        gives_the_words_back(write(ada))
        until(lambda: ada.ask("GET", "/journal/")[0] == 200)
    finally:
        other.execute("set transaction_read_only = off")
        other.execute("set default_transaction_read_only = off")
        other.execute("alter database selftrust reset default_transaction_read_only")
        end_the_sessions(other)
    works_again(ada)


def test_no_connection_is_free(running, other):
    ada, _data = running
    other.execute("alter database selftrust connection limit 1")
    try:
        end_the_sessions(other)
        gives_the_words_back(write(ada))
    finally:
        other.execute("alter database selftrust connection limit -1")
    works_again(ada)


def end_the_sessions(other) -> None:
    other.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where pid <> pg_backend_pid() and usename = 'selftrust' and datname = 'selftrust'"
    )
