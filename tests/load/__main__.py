"""`make load`: an evening of many people on one node and on two, and more than these can do.

Starts a database of its own, fills it with people who have written for some weeks, and `serve`
against it as against any PostgreSQL server. People sign in by the form. What counts is the CPU time
of app and database for a request, which other work on the machine changes little; the milliseconds
are of this machine, on which locust runs too. It prints, it does not judge.

LOAD_PEOPLE=100 and LOAD_SECONDS=25 are how many people there are, and for how long each part lasts.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal.embedded import keyfiles
from journal.embedded.capacity import Capacity
from journal.embedded.server import EmbeddedServer
from tests.processes import cpu_seconds, pss_megabytes

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = int(os.environ.get("LOAD_PEOPLE", "100"))
SECONDS = int(os.environ.get("LOAD_SECONDS", "25"))
PORTS = [int(port) for port in os.environ.get("LOAD_PORTS", "8797,8798").split(",")]
EMAIL, PASSWORD = "person{}@example.org", "correct horse battery staple"
EVENING, TOO_MUCH = "5-15", "0.2-0.5"  # seconds between two requests of a person
# Of all accounts, those that come on an evening, and of these, in its busiest hour; and how much of
# the machine may be busy then, so that pages stay quick.
COME, IN_THE_HOUR, BUSY = 0.5, 0.4, 0.6
A_VISIT = 0.7 * 5 + 0.2 * 6 + 0.1 * 4  # requests, as evening.py makes them
TURNED_AWAY, HEALTH = "turned away", "/healthz"  # their names there


@dataclass
class Part:
    """What locust counted, and the CPU seconds of everything but locust meanwhile."""

    name: str
    nodes: int
    visits: int
    rows: dict[str, dict[str, Any]]
    said: list[str]
    seconds: float
    cpu: float

    def requests(self, *names: str) -> int:
        return sum(row["requests"] for name, row in self.rows.items() if name in names)

    @property
    def pages(self) -> list[str]:
        return [name for name in self.rows if name not in (TURNED_AWAY, HEALTH)]

    @property
    def errors(self) -> int:
        return sum(row["errors"] for row in self.rows.values())

    def percentile(self, share: float, *names: str) -> float:
        """Milliseconds, of these names together."""
        times: dict[float, int] = {}
        for name in names:
            for ms, number in self.rows.get(name, {"times": {}})["times"].items():
                times[float(ms)] = times.get(float(ms), 0) + number
        at, left = 0.0, share * sum(times.values())
        for at in sorted(times):
            left -= times[at]
            if left <= 0:
                break
        return at


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="selftrust-load-"))
    folder.chmod(0o711)
    data = folder / "var"
    keyfiles.master_key(data)
    server = EmbeddedServer(data, connections=2 * Capacity().connections)
    server.start()
    try:
        environment = _environment(server, folder)
        print(f"Filling a database with {PEOPLE} people ...", flush=True)
        seed = [sys.executable, "-m", "tests.load.seed", str(PEOPLE), EMAIL, PASSWORD]
        subprocess.run(seed, env=environment, cwd=ROOT, check=True)
        parts = []
        for nodes in (1, 2):
            parts += _measured(nodes, environment, folder, server)
        _print(parts)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _environment(server: EmbeddedServer, folder: Path) -> dict[str, str]:
    password = keyfiles.database_password(server.data_dir)
    return {
        **os.environ,
        "SELFTRUST_DATA_DIR": str(server.data_dir),
        "SELFTRUST_STATIC_ROOT": str(folder / "static"),
        "DATABASE_URL": f"postgres://selftrust:{password}@/selftrust",
        "PGHOST": str(server.sockets),
        "TRUSTED_PROXIES": "1",
    }


def _measured(
    nodes: int, environment: dict[str, str], folder: Path, server: EmbeddedServer
) -> list[Part]:
    serves = []
    try:
        for port in PORTS[:nodes]:
            command = [sys.executable, "manage.py", "serve"]
            environment = {**environment, "PORT": str(port)}
            log = (folder / f"serve-{port}.log").open("w")
            serves.append(
                subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
            )
            _wait_for(port)
        assert server.process is not None
        pids = [server.process.pid, *(serve.pid for serve in serves)]
        parts = [
            _part(name, pauses, nodes, folder, pids)
            for name, pauses in (("an evening", EVENING), ("too much", TOO_MUCH))
        ]
        memory = [pss_megabytes(pid) for pid in pids]
        print(f"Memory (PSS): PostgreSQL {memory[0]:.0f} MB, each node", *map(round, memory[1:]))
        return parts
    finally:
        for serve in serves:
            serve.terminate()
        for serve in serves:
            serve.wait()


def _part(name: str, pauses: str, nodes: int, folder: Path, pids: list[int]) -> Part:
    result = folder / f"{name}-{nodes}.json"
    begun = result.with_suffix(".begun")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("LOCUST_")},
        "LOAD_NODES": ",".join(f"http://127.0.0.1:{port}" for port in PORTS[:nodes]),
        "LOAD_PEOPLE": str(PEOPLE),
        "LOAD_EMAIL": EMAIL,
        "LOAD_PASSWORD": PASSWORD,
        "LOAD_RESULT": str(result),
        "LOAD_SESSIONS": str(folder / "sessions.json"),
        "LOAD_PAUSES": pauses,
    }
    command = [*os.environ.get("LOCUST", ".venv/load/bin/locust").split(), "--headless"]
    command += ["-f", str(Path(__file__).with_name("evening.py")), "--only-summary", "-L", "ERROR"]
    command += ["-u", str(PEOPLE + 1), "-r", "20"]
    print(f"{nodes} x {name} ...", flush=True)
    locust = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    while not begun.exists() and locust.poll() is None:
        time.sleep(0.05)
    before, began = cpu_seconds(pids), time.monotonic()
    time.sleep(SECONDS)
    cpu, seconds = cpu_seconds(pids) - before, time.monotonic() - began
    locust.terminate()
    locust.wait()
    return Part(name, nodes, seconds=seconds, cpu=cpu, **json.loads(result.read_text()))


def _wait_for(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not answer.")


def _print(parts: list[Part]) -> None:
    print(
        f"\n{PEOPLE} people, {SECONDS} s each, {os.cpu_count()} cores with locust on them, load of "
        f"{os.getloadavg()[2]:.1f}\n\n"
        "| Nodes | What | Requests a second | Cores used | Requests a second per core "
        "| p50, p95 ms | Errors | Turned away | Their p95 | /healthz, p95 |\n|" + "---|" * 10
    )
    for part in parts:
        taken, away = part.requests(*part.pages), part.requests(TURNED_AWAY)
        middle, late = (part.percentile(share, *part.pages) for share in (0.5, 0.95))
        print(
            f"| {part.nodes} | {part.name} | {taken / part.seconds:.1f} "
            f"| {part.cpu / part.seconds:.2f} | {taken / part.cpu:.0f} "
            f"| {middle:.0f}, {late:.0f} | {part.errors} | {away} "
            f"| {part.percentile(0.95, TURNED_AWAY):.0f} | {part.percentile(0.95, HEALTH):.0f} |"
        )
    evening = parts[0]
    per_core = evening.requests(*evening.pages) / evening.cpu
    accounts = per_core * BUSY * 3600 / (COME * IN_THE_HOUR * A_VISIT)
    print(
        f"\nIf {COME:.0%} of the accounts come on an evening, once, with {A_VISIT:.1f} requests, "
        f"{IN_THE_HOUR:.0%} of\nthese within one hour, and a core is {BUSY:.0%} busy then, it "
        f"carries {round(accounts, -2):,.0f} accounts.\n"
    )
    print("| On one node, of both parts | Requests | p50, p95 ms |\n|---|---|---|")
    for name in sorted({name for part in parts[:2] for name in part.pages}):
        row = [
            f"{part.percentile(0.5, name):.0f}, {part.percentile(0.95, name):.0f}"
            for part in parts[:2]
        ]
        print(f"| {name} | {sum(part.requests(name) for part in parts[:2])} | {' / '.join(row)} |")
    for said in {line for part in parts for line in part.said}:
        print(said)


if __name__ == "__main__":
    main()
