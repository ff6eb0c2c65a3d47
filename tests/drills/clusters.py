"""PostgreSQL with a synchronous standby, as a practice with more than one machine runs it.

The programs are those of the embedded server. These clusters are the drill's own: they listen on
this machine's network, trust whoever comes from it, and may be replicated.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg

from journal.embedded import paths, processes
from journal.embedded.server import NAME, SUPERUSER
from tests.embedded.conftest import until
from tests.embedded.running import free_port

TRUST = "host all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n"
# In the file, since pg_rewind starts the server once by itself, and needs all of the log it keeps.
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 64MB
wal_log_hints = on
wal_keep_size = 256MB
"""


class Cluster:
    """One server. At most one of two is the primary; the other follows it, or is down."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log, self.port = folder, log, free_port()
        self.user = paths.system_user(folder.parent)
        self.process: subprocess.Popen | None = None

    def run(self, name: str, *arguments: str) -> None:
        command = [str(paths.program(name, self.user)), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, **self._as_user())
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        program = str(paths.program("postgres", self.user))
        with self.log.open("ab") as said:
            self.process = processes.start(
                [program, "-D", str(self.folder), "-p", str(self.port)],
                on_our_death=signal.SIGINT,
                stdout=said,
                stderr=said,
                **self._as_user(),
            )
        until(self._answers)

    def sql(self, statement: str) -> list[Any]:
        there = {"host": "127.0.0.1", "port": self.port, "dbname": NAME, "connect_timeout": 10}
        with psycopg.connect(**there, user=SUPERUSER, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def set_standbys(self, names: str) -> None:
        """Which standbys have to have what is acknowledged: `*` is any one, empty none."""
        self.sql(f"alter system set synchronous_standby_names = '{names}'")
        self.sql("select pg_reload_conf()")

    def has_its_standby(self) -> bool:
        found = self.sql("select sync_state from pg_stat_replication")
        return found == [("sync",)]

    def promote(self) -> None:
        assert self.sql("select pg_promote(true, 60)") == [(True,)]

    def signal(self, number: signal.Signals) -> None:
        """To all of its processes, as if the machine were gone, or hung."""
        for process in self._all():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def kill(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            self.signal(signal.SIGKILL)
            self.process.wait(60)

    def follow(self, primary: "Cluster", *, rewind: bool) -> None:
        """Becomes the standby of the other: out of what it has, or from nothing."""
        source = f"host=127.0.0.1 port={primary.port} user={SUPERUSER}"
        if rewind:
            where = f"--target-pgdata={self.folder}"
            self.run("pg_rewind", where, f"--source-server={source} dbname={NAME}", "-R")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.run("pg_basebackup", "-D", str(self.folder), "-d", source, "-R", "-c", "fast")
        self.start()
        self.set_standbys("")  # it has copied the primary's

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.signal(signal.SIGCONT)
            processes.end(self.process, (signal.SIGINT, 10), (signal.SIGQUIT, 5))

    def _all(self) -> list[psutil.Process]:
        assert self.process is not None
        there = psutil.Process(self.process.pid)
        return [there, *there.children(recursive=True)]

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text(errors="replace")[-2000:]
        try:
            return bool(self.sql("select 1"))
        except psycopg.OperationalError:
            return False

    def _as_user(self) -> dict[str, Any]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        return {"env": {**environment, "LC_ALL": "C"}, "cwd": "/", **self.user.switch()}


def folder_for_copies(data: Path) -> tuple[Path, paths.SystemUser]:
    home = paths.cluster(data)
    user = paths.system_user(home)
    copies = home.parent / "drill"
    copies.mkdir(mode=0o711)
    os.chown(copies, user.uid, user.gid)
    return copies, user


def copy_of(data: Path, folder: Path) -> None:
    shutil.copytree(paths.cluster(data), folder, symlinks=True)
    paths.hand_over(folder, paths.system_user(folder.parent))
    (folder / "pg_hba.conf").write_text(TRUST)


def address_of(*clusters: Cluster) -> str:
    hosts = ",".join(f"127.0.0.1:{cluster.port}" for cluster in clusters)
    return f"postgres://{NAME}@{hosts}/{NAME}"


@contextmanager
def primary_and_standby(data: Path) -> Iterator[tuple[Cluster, Cluster, str]]:
    """Of the database in a data folder whose own server does not run; and DATABASE_URL."""
    copies, _user = folder_for_copies(data)
    copy_of(data, copies / "one")
    with (copies / "one" / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS)
    one, two = (Cluster(copies / name, data / f"{name}.log") for name in ("one", "two"))
    try:
        one.start()
        two.follow(one, rewind=False)
        one.set_standbys("*")
        until(one.has_its_standby)
        yield one, two, address_of(one, two)
    finally:
        for cluster in (one, two):
            cluster.stop()
