"""One command: it starts, says where, refuses with a sentence, and ends with everything."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.contrib.staticfiles.finders import get_finders

from journal.embedded import static_files
from tests.embedded.conftest import until
from tests.embedded.running import (
    Visitor,
    free_port,
    postmaster,
    queue_processes,
    served,
    start,
    started_before,
    web_server,
    worker_of,
    written_before,
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


def test_the_first_start_collects_answers_shows_the_keys_and_ends_with_everything(folder, settings):
    data, static = folder / "var", folder / "static"
    started_before(data)
    (data / "keys/shown").unlink()  # as in the folder of a start that has migrated only
    with served(data, SELFTRUST_STATIC_ROOT=str(static)) as (server, port, _data):
        status, _text = Visitor(port).ask("GET", "/readyz")
        until(lambda: queue_processes(server))
        family = psutil.Process(server.pid).children(recursive=True)
        database = psutil.Process(postmaster(data))
        server.send_signal(signal.SIGINT)
        server.wait(timeout=10)
        shown = server.stdout.read()

    assert status == 200
    assert server.returncode == 0
    assert database in family
    assert not [process for process in family if process.is_running()]
    assert [secret in shown for secret in secrets_of(data)] == [True, True]
    assert {path.suffix for path in static.iterdir()} > {".css", ".br", ".gz"}
    settings.STATIC_ROOT = static
    assert static_files.start_collecting() is None  # the next start does not


def test_a_copy_that_lists_its_files_in_another_order_is_not_collected_anew(monkeypatch):
    before = static_files.fingerprint()
    finders = [*get_finders()]
    for finder in finders:
        found = [*finder.list([])]
        monkeypatch.setattr(finder, "list", lambda _ignored, found=found: reversed(found))
    monkeypatch.setattr(static_files, "get_finders", lambda: reversed(finders))
    assert static_files.fingerprint() == before


def secrets_of(data: Path) -> list[str]:
    names = ("operator_token", "selftrust_key")
    return [(data / "keys" / name).read_text().strip() for name in names]


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

    assert ["psycopg_binary" in one for one in loaded] == [True] * 6
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


def test_a_port_in_use_is_refused_before_anything_is_started(running, folder):
    _server, port, _data = running
    refusal = sentence_of(start(folder / "var", port))

    assert not (folder / "var" / "postgres").exists()
    assert refusal == f"Port {port} is in use. Choose another, as in `PORT=8001 make run`."


def test_a_master_key_that_went_missing_is_not_replaced_by_a_new_one(folder):
    started_before(folder / "var")
    (folder / "var/keys/selftrust_key").unlink()

    assert "recovery key" in sentence_of(start(folder / "var", free_port()))


def test_after_kill_9_of_the_database_and_of_everything_what_was_saved_is_there(folder):
    ada = written_before(folder / "var")
    with served(folder / "var") as (server, ada.port, data):
        ada.ask("GET", "/settings/")
        ada.write("Before the database died")
        os.kill(postmaster(data), signal.SIGKILL)
        assert "Before the database died" in until_it_answers(ada, "/journal/")

        ada.write("Before everything died")
        os.kill(postmaster(data), signal.SIGKILL)
        server.kill()
        server.wait()
    with served(folder / "var") as (server, ada.port, data):
        assert "Before everything died" in until_it_answers(ada, "/journal/")
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
        shown = server.stdout.read()

    assert [secret in shown for secret in secrets_of(data)] == [False, False]


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
