"""The same two clusters under Patroni, which notices by itself that a primary is gone.

Patroni comes from PyPI into an environment of its own and etcd from Debian (.ci/patroni). Debian's
own Patroni may be older than our PostgreSQL.
"""

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import psutil
import psycopg

from journal.embedded import paths, processes
from journal.embedded.server import SUPERUSER
from tests.drills.clusters import TRUST, Cluster, address_of, copy_of, folder_for_copies
from tests.embedded.conftest import until
from tests.embedded.running import free_port
from tests.processes import family

PATRONI = Path(__file__).resolve().parents[2] / ".venv" / "patroni" / "bin" / "patroni"
ETCD = shutil.which("etcd")
IS_THERE = PATRONI.exists() and ETCD is not None
ABSENT = "Patroni or etcd is not installed (.ci/patroni)"
# The lock of a primary that says nothing is free after `ttl`, the least that Patroni allows. In
# synchronous mode only a standby that has all that was acknowledged may take it.
SHARED = {"ttl": 20, "loop_wait": 1, "retry_timeout": 3, "synchronous_mode": True}
WITHIN = 120  # seconds
SETTINGS = {"max_connections": 100, "shared_buffers": "64MB", "wal_log_hints": "on"}
SETTINGS |= {"wal_keep_size": "256MB", "unix_socket_directories": ""}


class Member(Cluster):
    """One server and the Patroni that starts it. Both are lost together, as with a machine."""

    def __init__(self, folder: Path, log: Path, etcd: int) -> None:
        super().__init__(folder, log)
        self.config = folder.with_suffix(".json")  # YAML, too
        at, self.api = f"127.0.0.1:{self.port}", f"127.0.0.1:{free_port()}"
        person = {"username": SUPERUSER}
        self.config.write_text(
            json.dumps(
                {
                    "scope": "drill",
                    "name": folder.name,
                    "restapi": {"listen": self.api, "connect_address": self.api},
                    "etcd3": {"host": f"127.0.0.1:{etcd}"},
                    "bootstrap": {
                        "dcs": {
                            **SHARED,
                            "postgresql": {"use_pg_rewind": True, "parameters": SETTINGS},
                        }
                    },
                    "postgresql": {
                        "listen": at,
                        "connect_address": at,
                        "data_dir": str(folder),
                        "bin_dir": str(paths.program("postgres", self.user).parent),
                        "pgpass": str(folder.with_suffix(".pgpass")),
                        "authentication": dict.fromkeys(
                            ("superuser", "replication", "rewind"), person
                        ),
                        "pg_hba": TRUST.splitlines(),
                        "basebackup": [{"checkpoint": "fast"}],
                        # After a crash or a rewind that can't be, it begins from nothing.
                        "remove_data_directory_on_rewind_failure": True,
                        "remove_data_directory_on_diverged_timelines": True,
                    },
                }
            )
        )

    def start(self) -> None:
        with self.log.open("ab") as said:
            self.process = processes.start(
                [str(PATRONI), str(self.config)],
                on_our_death=signal.SIGTERM,
                stdout=said,
                stderr=said,
                **self._as_user(),
            )
        until(self._answers, WITHIN)

    def promote(self) -> None:
        """Patroni does."""
        until(self.is_primary, WITHIN)

    def set_standbys(self, names: str) -> None:
        """Patroni does: none while there is none."""

    def follow(self, primary: Cluster, *, rewind: bool) -> None:
        if not rewind:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.start()
        until(primary.has_its_standby, WITHIN)

    def has_its_standby(self) -> bool:
        """Known to etcd, too: no other may be promoted."""
        with suppress(OSError), urlopen(f"http://{self.api}/cluster", timeout=5) as answer:
            roles = {(one["role"], one["state"]) for one in json.load(answer)["members"]}
            return ("sync_standby", "streaming") in roles
        return False

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(60)

    def stop(self) -> None:
        self.kill()  # nothing of the drill is kept

    def _all(self) -> list[psutil.Process]:
        """PostgreSQL is no child of Patroni, which may end without it."""
        found = [] if self.process is None else [self.process.pid]
        with suppress(FileNotFoundError):
            found.append(int((self.folder / "postmaster.pid").read_text().split()[0]))
        return [one for pid in found if psutil.pid_exists(pid) for one in family(pid)]

    def is_primary(self) -> bool:
        with suppress(psycopg.OperationalError):
            return self.sql("select pg_is_in_recovery()") == [(False,)]
        return False

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            return bool(self.sql("select 1"))
        return False


@contextmanager
def under_patroni(data: Path) -> Iterator[tuple[Cluster, Cluster, str]]:
    """As clusters.primary_and_standby."""
    copies, user = folder_for_copies(data)
    with ExitStack() as running:
        etcd = running.enter_context(_etcd(copies, user))
        copy_of(data, copies / "one")
        one, two = (Member(copies / name, data / f"{name}.log", etcd) for name in ("one", "two"))
        running.callback(one.stop)
        running.callback(two.stop)
        one.start()
        until(one.is_primary, WITHIN)
        two.start()
        until(one.has_its_standby, WITHIN)
        yield one, two, address_of(one, two)


@contextmanager
def _etcd(folder: Path, user: paths.SystemUser) -> Iterator[int]:
    clients, peers = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    process = processes.start(
        [
            *(str(ETCD), "--name=drill", f"--data-dir={folder / 'etcd'}", "--unsafe-no-fsync"),
            *(f"--listen-client-urls={clients}", f"--advertise-client-urls={clients}"),
            *(f"--listen-peer-urls={peers}", f"--initial-advertise-peer-urls={peers}"),
            f"--initial-cluster=drill={peers}",
        ],
        on_our_death=signal.SIGTERM,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        **user.switch(),
    )
    try:
        until(lambda: _is_well(clients))
        yield int(clients.rpartition(":")[2])
    finally:
        processes.end(process, (signal.SIGTERM, 5))


def _is_well(address: str) -> bool:
    with suppress(OSError):
        return b'"true"' in urlopen(f"{address}/health", timeout=5).read()
    return False
