"""`manage.py serve`: starts all processes of Selftrust in order and keeps them running.

It starts the embedded database (unless DATABASE_URL names another), runs the migrations, collects
the static files, and loads the application. The web server and one worker fork from this process,
which from then on only supervises: whichever of them dies is forked again, after a pause that grows
while it keeps dying. So it never starts a thread or opens a database connection: what needs one
here runs in a child. Only a data folder that is damaged or not ours ends it. Ctrl-C or SIGTERM ends
the worker and the web server first, so that requests and tasks finish, and the database last. An
error that the user can fix is a CannotStart, which manage.py prints as one sentence.
"""

import errno
import gc
import http.client
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from journal.database import deadlines, direct, pooler, probe
from journal.embedded import keyfiles, processes, static_files
from journal.embedded.errors import CannotStart
from journal.embedded.former_layout import refuse_former_database
from journal.embedded.hardening import refuse_temporary_tables
from journal.embedded.sealed_database import refuse_other_key
from journal.embedded.server import EmbeddedServer
from journal.embedded.signals import Signals
from journal.embedded.supervision import Child, Database, say
from journal.embedded.temporary_server import close_connections
from journal.monitoring import counters
from journal.webserver import application

DOCTOR_WAITS = 5  # seconds that doctor may wait for the database
LOOK_EVERY = 1  # seconds, and whenever a child ends


def serve() -> None:
    """Runs until a signal ends it; raises CannotStart when it cannot start or go on."""
    signals = Signals()
    listening = _bind(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
    host, port = listening.getsockname()[:2]
    with ExitStack() as running:
        running.callback(listening.close)
        metrics = _metrics_socket(running)
        collecting = None if settings.DEBUG else static_files.start_collecting()
        if collecting is not None:
            running.callback(processes.end, collecting)
        server = None
        if not settings.DATABASE_URL:
            server = EmbeddedServer(
                settings.DATA_DIR,
                connections=settings.CAPACITY.connections,
                archive=settings.WAL_ARCHIVE,
            )
            running.callback(server.stop)
            server.start()
        migrating = processes.fork(_migrate, name="migrate", own_session=True)
        running.callback(processes.end, migrating)
        if collecting is not None:
            _finish(collecting, signals)
        serving = _web_task(listening)
        _finish(migrating, signals)
        if signals.ended:
            return
        inherited = () if settings.DEBUG else (listening.fileno(),)
        web = Child("web server", serving, grace=sum(settings.ENDING) + 2, inherited=inherited)
        running.callback(web.end)
        _wait_for_answer(web, host, port, signals)
        if signals.ended:
            return
        _welcome(port, server)
        worker = Child("worker", partial(call_command, "worker"), grace=settings.ENDING.within + 4)
        running.callback(worker.end)
        at_start = [
            processes.fork(_say_what_is_bad, name="doctor", own_session=True),
            processes.fork(_render_example, name="example", own_session=True),
        ]
        for one in at_start:
            running.callback(processes.end, one)
        supervised: list[Child | Database] = [web, worker]
        if metrics is not None:
            answering = partial(call_command, "metrics", listening=metrics)
            inherited = (metrics.fileno(),)
            supervised.append(child := Child("metrics", answering, grace=1, inherited=inherited))
            running.callback(child.end)
        if server is not None:
            supervised.insert(0, Database(server))
        for child in (web, worker):
            running.callback(child.ask_to_end)  # both before either is waited for
        _watch(supervised, at_start, signals)


def _finish(child: processes.Forked, signals: Signals) -> None:
    """Waits for it, but not once a signal ends everything: then it is killed with the rest, and a
    migration that is not done is rolled back."""
    while child.poll() is None and not signals.ended:
        signals.wait(seconds=LOOK_EVERY)
    if child.returncode:
        sys.exit(1)  # it has said why


def _say_what_is_bad() -> None:
    """Prints what is to be known of the database, and what doctor calls bad, while the web server
    answers already."""
    try:
        for sentence in _said_of_a_pooler():
            say(sentence)
        with deadlines.limited(DOCTOR_WAITS):
            call_command("doctor", bad=True)
    except (SystemExit, DatabaseError, psycopg.Error):
        pass  # it has said so, or the database is away and the supervision begins
    finally:
        close_connections()


def _said_of_a_pooler() -> Iterator[str]:
    parameters = connection.get_connection_params()
    with psycopg.connect(**parameters) as opened:
        if not pooler.stands_between(opened):
            return
    if settings.PREPARE_STATEMENTS and pooler.keeps_statements(parameters):
        yield "A pooler stands in front of the database, and keeps prepared statements apart."
    else:
        yield "A pooler stands in front of the database, so no statement is prepared."
    if not settings.DIRECT_DATABASE:
        yield "Set DATABASE_DIRECT_URL to the database's own address, for backups and updates."
        return
    with psycopg.connect(**direct.parameters()) as opened:
        if pooler.stands_between(opened):
            yield "DATABASE_DIRECT_URL leads to a pooler too. Set it to the database's own address."


def _render_example() -> None:
    """Renders the example pages where the code has changed, behind everything else."""
    os.nice(10)
    try:
        call_command("example_pages", verbosity=0)
    except (DatabaseError, psycopg.Error, OSError) as error:
        say(f"The example pages could not be rendered: {error}")
    finally:
        close_connections()


def _watch(
    supervised: list[Child | Database], at_start: list[processes.Forked], signals: Signals
) -> None:
    while not signals.ended:
        for one in supervised:
            one.look_after()
        for task in at_start:
            task.poll()  # so that none that has ended stays a zombie
        signals.wait(seconds=LOOK_EVERY)


def _migrate() -> None:
    """Runs the migrations, and refuses a database of another layout or under another master key,
    and storages of another database."""
    try:
        direct.use()
        # The pool would keep trying and hide the reason, so this connects without it.
        with psycopg.connect(**connection.get_connection_params()) as opened:
            refuse_other_key(opened)
            refuse_temporary_tables(opened, connection.settings_dict["NAME"])
        refuse_former_database(connection)
        # By name, since importing all of them takes longer than everything else here.
        if not probe.migrations() <= MigrationRecorder(connection).applied_migrations().keys():
            call_command("migrate", interactive=False, verbosity=0)
        call_command("storage", check=True)
    except (DatabaseError, psycopg.Error) as error:
        reason = str(error).strip().split("\n", 1)[0].rstrip(".")
        raise CannotStart(f"The database doesn't work: {reason}.") from error
    finally:
        close_connections()


def _web_task(listening: socket.socket) -> Callable[[], object]:
    """Loads the application, unless it is to be loaded anew after each change."""
    host, port = listening.getsockname()[:2]
    if settings.DEBUG:
        listening.close()  # runserver binds by itself
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        manage = str(settings.BASE_DIR / "manage.py")
        return partial(os.execv, sys.executable, [sys.executable, manage, "runserver", address])
    loaded = application.load("selftrust.wsgi:application")
    gc.collect()
    gc.freeze()  # the collector would write into memory that the children share
    workers, threads = settings.CAPACITY.workers, settings.CAPACITY.threads
    return partial(application.run, loaded, listening, workers=workers, threads=threads)


def _metrics_socket(running: ExitStack) -> socket.socket | None:
    """Where Prometheus asks; with it goes the folder in which all processes count from now on."""
    if settings.MONITORING.metrics_port is None:
        return None
    port = str(settings.MONITORING.metrics_port)
    listening = _bind(settings.MONITORING.metrics_host, port, setting="SELFTRUST_METRICS_PORT")
    running.callback(listening.close)
    # Counts are memory that processes share. On a disk that is full, writing them would kill.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  a folder of its own
    folder = tempfile.TemporaryDirectory(prefix="selftrust-metrics-", dir=memory)
    os.environ[counters.FOLDER] = running.enter_context(folder)
    return listening


def _bind(host: str, port: str, setting: str = "PORT") -> socket.socket:
    """The socket to listen on, bound already, so that no other program takes the port meanwhile;
    clients are refused until the web server listens."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotStart(f"{setting} has to be a number from 1 to 65535, not {port!r}.")
    try:
        found = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)
        family, kind, _, _, target = min(found, key=lambda info: info[0] != socket.AF_INET)
        listening = socket.socket(family, kind)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(target)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} is in use. Choose another, as in `{setting}=8001 make run`."
            ) from error
        raise CannotStart(
            f"Selftrust can't listen on {host}, port {port}: {error.strerror}."
        ) from error
    return listening


def _wait_for_answer(web: Child, host: str, port: int, signals: Signals) -> None:
    """Waits for any response, so that the address printed next works."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + 60
    while not signals.ended and time.monotonic() < deadline:
        if not web.is_running():
            raise CannotStart("The web server can't start; its message is above.")
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
    say(f"Selftrust is at http://localhost:{port}")
    keys = settings.DATA_DIR / "keys"
    made_here = []
    if not os.environ.get("SELFTRUST_OPERATOR_TOKEN"):
        made_here.append(
            f"Operator token: {keyfiles.operator_token(settings.DATA_DIR)}\n"
            f"  Sign up, then enter it at http://localhost:{port}/accounts/operator/\n"
            "  to look after this server.\n"
        )
    if not settings.SELFTRUST_KEY:
        made_here.append(
            f"Recovery key: {keyfiles.master_key(settings.DATA_DIR)}\n"
            "  Everything written here is encrypted with it. Keep it where you keep "
            "passwords, apart\n"
            "  from the backups. Without it nobody can read the journals again, including you.\n"
        )
    if server is not None and server.cluster.parent != server.data_dir:
        made_here.append(
            f"The database is in {server.cluster}, because the system user that\n"
            f"  runs it for root can't enter {server.data_dir}.\n"
        )
    if made_here and not (keys / "shown").exists():
        say(
            f"\nThis is the first start. What follows is shown only once. It's also stored in "
            f"{keys}.\n"
        )
        say("\n".join(made_here))
        (keys / "shown").touch(mode=0o600)
