"""`python -m tests.bench.memory`: what is in memory once many kinds of page were asked for, by four
at once, as the example person. `make bench` ends with it.

First all of `serve`, where what is loaded once is shared by nine processes. Then two web processes
with what they part from, alone, and in the same way two of a bare Django (bare.py). As PSS: what
several processes share is divided among them.
"""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.processes import family, own_megabytes, pss_megabytes

PORT, REQUESTS, AT_ONCE = 8794, 400, 4
ROOT = Path(__file__).parents[2]
OURS = [
    *("/today/", "/journal/", "/journal/write/", "/promises/", "/practices/", "/lessons/"),
    *("/settings/", "/search/", "/insights/", "/insights/?window=year", "/boundaries/"),
    "/sharing/",
]
BARE = ["/h8/", "/insert/"]
PARTS = ("web server", "worker", "postgres")  # the names of processes


def memory() -> None:
    place = Path(tempfile.mkdtemp(prefix="selftrust-memory-"))
    place.chmod(0o711)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled at a start leaves holes
    os.environ |= {
        "SELFTRUST_DATA_DIR": str(place / "var"),
        "SELFTRUST_STATIC_ROOT": str(place / "static"),
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "PORT": str(PORT),
    }
    environment = dict(os.environ)  # the tests' factories, for seeding, change ours
    try:
        demo = [sys.executable, "manage.py", "demo"]
        subprocess.run(demo, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        with _running(["manage.py", "serve"], environment, PORT) as serve:
            cookie, database = _seeded()
            time.sleep(75)  # until connections that only the start needed are closed again
            before = _by_part(serve.pid, "Pss")
            _ask(OURS, cookie)
            after, private = _by_part(serve.pid, "Pss"), _by_part(serve.pid, "Private_Dirty")
            print(f"\n| MB | just started | after {REQUESTS} requests | private |")
            print("|---|---|---|---|")
            for part in ("serve itself", *PARTS):
                figures = f"{before[part]:.0f} | {after[part]:.0f} | {private[part]:.0f}"
                print(f"| {part} | {figures} |")
            ours = _alone("selftrust.wsgi:application", environment, OURS, cookie)
            bare = _alone("tests.bench.bare:application", environment | database, BARE, cookie)
            print(f"\nTwo web processes alone: {ours:.0f} MB, of a bare Django {bare:.0f} MB:")
            print(f"{ours / bare:.2f} x   <= 1.4 x")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _seeded() -> tuple[str, dict[str, str]]:
    """The session of the example person, and the database for the reference, with its rows."""
    import django

    django.setup()
    from journal.embedded.temporary_server import close_connections
    from journal.people.models import User
    from tests.bench import seed

    seed.make_reference_rows()
    database = seed.bench_database()
    cookie = seed.cookie_of(User.objects.get(email="nora@example.org"))
    close_connections()
    return cookie, database


def _alone(application: str, environment: dict[str, str], paths: list[str], cookie: str) -> float:
    port = PORT + 1
    command = ["-m", "journal.webserver", "--port", str(port), application]
    with _running(command, environment, port) as web:
        _ask(paths, cookie, port)
        return pss_megabytes(web.pid)


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], port: int
) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("The server did not answer.")
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _answers(port: int) -> bool:
    try:
        _get("/healthz", "", port)
        return True
    except OSError:
        return False


def _ask(paths: list[str], cookie: str, port: int = PORT) -> None:
    asked = [paths[number % len(paths)] for number in range(REQUESTS)]
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        list(visitors.map(lambda path: _get(path, cookie, port), asked))


def _get(path: str, cookie: str, port: int) -> None:
    """On a connection of its own, so that every process answers some."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status not in (200, 302):
        raise SystemExit(f"{path} answered {answer.status}.")


def _by_part(pid: int, kind: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for process in family(pid):
        names = [one.name() for one in (process, *process.parents())]
        part = next((name for name in names if name in PARTS), "serve itself")
        found[part] += own_megabytes(process, kind)
    return found


if __name__ == "__main__":
    memory()
