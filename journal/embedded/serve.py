"""`manage.py serve`: starts all processes of Selftrust in order and keeps them running.

It starts the embedded database (unless DATABASE_URL names another), runs the migrations, collects
the static files, and starts the web server and one worker as child processes. From then on this
process only supervises: it restarts a database or worker that died, and ends everything if the web
server died. Ctrl-C or SIGTERM ends the worker and the web server first, so that requests finish,
and the database last. An error that the user can fix is a CannotStart, which manage.py prints as
one sentence.
"""

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from journal.embedded import keyfiles, processes, static_files
from journal.embedded.errors import CannotStart
from journal.embedded.former_layout import refuse_former_database
from journal.embedded.server import EmbeddedServer
from journal.embedded.signals import Signals
from journal.embedded.temporary_server import close_connections

MIGRATING = 0x5E1F7257  # any number, as long as every start uses the same
WORKERS = 2
THREADS = 4
LOOK_EVERY = 5  # seconds


def serve() -> None:
    """Runs until a signal ends it; raises CannotStart when it cannot start or go on."""
    signals = Signals()
    address, port = _free_address(
        os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    )
    with ExitStack() as running:
        collecting = None if settings.DEBUG else static_files.start_collecting()
        if collecting is not None:
            running.callback(collecting.kill)
        server = None
        if not os.environ.get("DATABASE_URL"):
            server = EmbeddedServer(settings.DATA_DIR)
            running.callback(server.stop)
            server.start()
        _migrate()
        static_files.finish(collecting)
        if signals.ended:
            return
        _free_address(address, str(port))  # again: another program may have taken it meanwhile
        web = processes.start(_web_command(address, port), on_our_death=signal.SIGTERM)
        running.callback(processes.end, web, (signal.SIGTERM, 4))
        _wait_for_answer(web, address, port, signals)
        if signals.ended:
            return
        _welcome(port, server)
        worker = Worker()
        running.callback(worker.end)
        _watch(web, worker, server, signals)


class Worker:
    """`manage.py worker`, restarted when it ends by itself, so that it finishes interrupted tasks.
    If it cannot start, the supervisor tries again every few seconds."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
        self.child = processes.start(command, on_our_death=signal.SIGTERM)

    def look_after(self) -> None:
        if self.child.poll() is not None and time.monotonic() - self.started >= LOOK_EVERY:
            self.start()

    def end(self) -> None:
        processes.end(self.child, (signal.SIGTERM, 1))


def _watch(
    web: subprocess.Popen, worker: Worker, server: EmbeddedServer | None, signals: Signals
) -> None:
    restarts: list[float] = []
    while not signals.ended:
        if web.poll() is not None:
            raise CannotStart(f"The web server ended by itself (exit code {web.returncode}).")
        if server is not None and not server.alive():
            restarts = [moment for moment in restarts if moment > time.monotonic() - 60]
            if len(restarts) == 5:
                raise CannotStart("The database keeps ending by itself; postgres.log says why.")
            restarts.append(time.monotonic())
            _say("The database ended by itself and is being started again.")
            server.start()
        worker.look_after()
        signals.wait(seconds=LOOK_EVERY)


def _migrate() -> None:
    """Runs the migrations; a concurrent second start waits for the first one's lock."""
    try:
        # The pool would keep trying and hide the reason, so this connects without it.
        psycopg.connect(**connection.get_connection_params()).close()
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [MIGRATING])
        refuse_former_database(connection)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, psycopg.OperationalError) as error:
        reason = str(error).strip().split("\n", 1)[0].rstrip(".")
        raise CannotStart(f"The database does not work: {reason}.") from error
    finally:
        close_connections()  # which also releases the lock


def _web_command(address: str, port: int) -> list[str]:
    if settings.DEBUG:
        manage = str(settings.BASE_DIR / "manage.py")
        target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        return [sys.executable, manage, "runserver", target]
    return [
        *(sys.executable, str(Path(__file__).with_name("preload.py")), "--interface", "wsgi"),
        *("--host", address, "--port", str(port), "--no-ws", "--log-level", "error"),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "3"),
        "selftrust.wsgi:application",
    ]


def _free_address(host: str, port: str) -> tuple[str, int]:
    """The address to listen on. Checks that the port is free, since the web server would silently
    share it with another program."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotStart(f"PORT is a number from 1 to 65535, not {port!r}.")
    try:
        found = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)
        family, kind, _, _, target = min(found, key=lambda info: info[0] != socket.AF_INET)
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} is in use: choose another, as in `PORT=8001 make run`."
            ) from error
        raise CannotStart(
            f"Selftrust cannot listen on {host}, port {port}: {error.strerror}."
        ) from error
    return str(target[0]), int(port)


def _wait_for_answer(web: subprocess.Popen, address: str, port: int, signals: Signals) -> None:
    """Waits for any response, so that the address printed next works."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    deadline = time.monotonic() + 60
    while not signals.ended and web.poll() is None and time.monotonic() < deadline:
        try:
            request = http.client.HTTPConnection(address, port, timeout=5)
            request.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            request.getresponse().read()
            return
        except OSError:
            signals.wait(seconds=0.05)
        finally:
            request.close()


def _welcome(port: int, server: EmbeddedServer | None) -> None:
    _say(f"Selftrust is at http://localhost:{port}")
    keys = settings.DATA_DIR / "keys"
    made_here = []
    if not os.environ.get("SELFTRUST_OPERATOR_TOKEN"):
        made_here.append(
            f"Operator token: {keyfiles.operator_token(settings.DATA_DIR)}\n"
            f"  Sign up, then enter it at http://localhost:{port}/accounts/operator/\n"
            "  to look after this installation.\n"
        )
    if not settings.SELFTRUST_KEY:
        made_here.append(
            f"Recovery key: {keyfiles.master_key(settings.DATA_DIR)}\n"
            "  Every word written here is sealed with it. Keep it where you keep passwords, apart\n"
            "  from the backups: without it nobody, you included, can read them again.\n"
        )
    if server is not None and server.cluster.parent != server.data_dir:
        made_here.append(
            f"The database lies in {server.cluster}: the system user that runs it\n"
            f"  for root may not enter {server.data_dir}.\n"
        )
    if made_here and not (keys / "shown").exists():
        _say(f"\nThis is the first start. What follows is shown once; it stays in {keys}.\n")
        _say("\n".join(made_here))
        (keys / "shown").touch(mode=0o600)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  output for the terminal or a log
