"""One command: it starts, says where, refuses with a sentence, and ends with everything."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.embedded.conftest import until
from tests.embedded.running import (
    Visitor,
    free_port,
    new_folder,
    postmaster,
    queue_processes,
    served,
    start,
    started_before,
    web_server,
    worker_of,
)


def sentence_of(process) -> str:
    """What a refused start says: one line, no traceback, exit code 1."""
    out, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert "Traceback" not in complaint
    assert complaint.count("\n") == 1
    return complaint.strip()


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows that much")


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[subprocess.Popen, int, Path]]:
    """For those that only look at it."""
    with served() as one:
        yield one


def test_it_answers_and_ends_with_everything_it_started():
    with served() as (server, port, data):
        status, _text = Visitor(port).ask("GET", "/readyz")
        family = psutil.Process(server.pid).children(recursive=True)
        database = psutil.Process(postmaster(data))
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)

        assert status == 200
        assert server.returncode == 0
        assert not database.is_running()
        assert not [process for process in family if process.is_running()]


def test_secrets_and_socket_are_closed_to_others(running):
    _server, _port, data = running
    modes = {
        path.relative_to(data).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in [data / "keys", *(data / "keys").iterdir(), data / "postgres"]
    }

    assert modes.pop("keys") == 0o700
    assert modes.pop("postgres") == 0o700
    assert set(modes.values()) == {0o600}


def test_a_second_start_on_the_same_data_is_refused_and_harms_nothing(running):
    _server, port, data = running
    refusal = sentence_of(start(data, free_port()))

    assert "already" in refusal
    assert Visitor(port).ask("GET", "/readyz")[0] == 200


@on_linux
def test_the_application_is_loaded_before_its_processes_part_and_nothing_that_few_need(running):
    """Or else each of them would hold all of it in memory of its own."""
    queues = until(lambda: queue_processes(running[0]))
    forked = [psutil.Process(running[0].pid), *web_server(running[0]).children(), *queues]
    loaded = [" ".join(map(str, one.memory_maps())) for one in forked]

    assert ["psycopg_binary" in one for one in loaded] == [True] * 5
    assert "Cryptodome" not in loaded[1]
    assert {one.cmdline()[1] for one in forked} == {"manage.py"}  # none is another interpreter


@on_linux
def test_serve_forks_without_threads_and_connections_and_hands_down_only_the_web_servers_socket(
    running,
):
    """A lock or socket that a child held too would outlive a killed `serve`: the next start would
    be refused."""
    serve = psutil.Process(running[0].pid)
    queues = until(lambda: queue_processes(running[0]))
    web, worker = web_server(running[0]), worker_of(running[0])
    listening = [("LISTEN", running[1])]

    assert (serve.num_threads(), worker.num_threads()) == (1, 1)
    assert sockets_of(serve) == listening
    assert [sockets_of(one) for one in (web, worker)] == [listening, []]
    assert [one for one in queues if listening[0] in sockets_of(one)] == []
    assert [Path(file.path).name for file in serve.open_files()] == ["postgres.lock"]
    for child in serve.children():
        if child.name() != "postgres":
            assert [file.path for file in child.open_files()] == []


def sockets_of(process: psutil.Process) -> list[tuple[str, int]]:
    """State and port of each; a connection to the database has no port."""
    return [
        (one.status, one.laddr.port if one.laddr and one.type == 1 and one.family != 1 else 0)
        for one in process.net_connections("all")
    ]


def test_a_port_in_use_is_refused(running):
    _server, port, _data = running
    folder = new_folder()
    refusal = sentence_of(start(folder / "var", port))
    shutil.rmtree(folder)

    assert refusal == f"Port {port} is in use: choose another, as in `PORT=8001 make run`."


def test_a_folder_that_cannot_be_made_is_refused():
    folder = new_folder()
    (folder / "var").write_text("a file where the data folder belongs")
    refusal = sentence_of(start(folder / "var", free_port()))
    shutil.rmtree(folder)

    assert str(folder / "var") in refusal


def test_a_master_key_that_went_missing_is_not_replaced_by_a_new_one():
    folder = new_folder()
    with served(folder / "var"):
        pass
    (folder / "var/keys/selftrust_key").unlink()
    refusal = sentence_of(start(folder / "var", free_port()))
    shutil.rmtree(folder)

    assert "recovery key" in refusal


def test_after_kill_9_of_the_database_what_was_saved_is_there():
    with served() as (_server, port, data):
        ada = Visitor(port)
        ada.sign_up("ada@example.org", "correct horse battery staple")
        saved = {"body": "Still here", "written_on": "2026-11-19"}
        assert ada.ask("POST", "/journal/write/", saved)[0] == 302
        os.kill(postmaster(data), signal.SIGKILL)

        assert "Still here" in until_it_answers(ada, "/journal/")


def test_after_kill_9_of_everything_the_next_start_has_what_was_saved():
    folder = new_folder()
    ada = Visitor(0)
    with served(folder / "var") as (server, ada.port, data):
        ada.sign_up("ada@example.org", "correct horse battery staple")
        saved = {"body": "Still here", "written_on": "2026-11-19"}
        assert ada.ask("POST", "/journal/write/", saved)[0] == 302
        os.kill(postmaster(data), signal.SIGKILL)
        server.kill()
        server.wait()
    with served(folder / "var") as (_server, ada.port, _data):
        assert "Still here" in until_it_answers(ada, "/journal/")
    shutil.rmtree(folder)


def test_only_the_first_start_shows_token_and_recovery_key():
    folder = new_folder()
    started_before(folder / "var")
    (folder / "var/keys/shown").unlink()  # as in the folder of a start that has migrated only
    shown = []
    for _start in range(2):
        with served(folder / "var") as (server, _port, data):
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
            shown.append(server.stdout.read())
    secrets = [(data / "keys" / name).read_text() for name in ("operator_token", "selftrust_key")]
    shutil.rmtree(folder)

    assert [secret.strip() in shown[0] for secret in secrets] == [True, True]
    assert [secret.strip() in shown[1] for secret in secrets] == [False, False]


def until_it_answers(visitor: Visitor, path: str) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            status, text = visitor.ask("GET", path)
        except OSError:
            continue
        if status == 200:
            return text
        assert status == 503, text[:500]
    raise AssertionError("It did not come back.")
