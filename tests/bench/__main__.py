"""`make bench`: what our pages cost beside bare Django, in one run, in turns.

Starts a database and the real server of its own, and measures CPU time (app and PostgreSQL
together) per request from outside. Single figures depend on the machine; the ratios are what
counts. It prints, it does not judge: a timed test would fail on a busy machine.

PEER="1234 http://localhost:9090/page" adds a page of another app that runs here: the number of its
first process, and an address that it answers without a session.
"""

import gzip
import http.client
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import psutil

from tests.bench import start
from tests.bench.visitors import Program, Visitor

ROUNDS, REQUESTS, PORT = 7, 12, 8799
FOLDER = Path(tempfile.mkdtemp(prefix="selftrust-bench-"))
FOLDER.chmod(0o711)
os.environ |= {
    "SELFTRUST_DATA_DIR": str(FOLDER / "var"),
    "SELFTRUST_STATIC_ROOT": str(FOLDER / "static"),
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
}
ENVIRONMENT = dict(os.environ)  # of the servers: the tests' factories, for seeding, change ours


def cpu_seconds(processes: list[psutil.Process]) -> float:
    """By the scheduler's own clock, to the nanosecond; `cpu_times` counts in steps of 10 ms."""
    total = 0
    for process in processes:
        for thread in Path(f"/proc/{process.pid}/task").glob("*/schedstat"):
            total += int(thread.read_text().split()[0])
    return total / 1e9


def family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def measure(pages: dict[str, Callable[[], object]], processes: Callable[[], list]) -> dict:
    """Milliseconds of CPU per request, one list of rounds per page, the pages taking turns."""
    figures: dict[str, list[float]] = {name: [] for name in pages}
    for ask in pages.values():
        ask()
    for _round in range(ROUNDS):
        for name, ask in pages.items():
            before = cpu_seconds(processes())
            for _request in range(REQUESTS):
                ask()
            figures[name].append((cpu_seconds(processes()) - before) / REQUESTS * 1000)
    return figures


def main() -> None:
    from journal.embedded import keyfiles
    from journal.embedded.server import EmbeddedServer

    data = FOLDER / "var"
    keyfiles.master_key(data)
    server = EmbeddedServer(data, durable=False)
    server.start()
    web = bare = None
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from tests.bench import pages, paint, seed

        print("Seeding ...", flush=True)
        began = time.monotonic()
        seed.make_reference_rows()
        few = seed.make_person("few@example.org", 100)
        many = seed.make_person("many@example.org", 20_000)
        kept = seed.make_person("kept@example.org", 20_000)
        seed.make_promises(kept, 50)
        five, lots = (seed.make_person(f"of{n}@example.org", 100) for n in (5, 200))
        seed.make_promises(five, 5)
        seed.make_promises(lots, 200)
        steps = seed.make_week(kept)
        step = seed.make_step(five)
        years = seed.make_person("years@example.org", 0)
        print(f"Three years are {seed.make_years(years):,} rows.", flush=True)
        accents = seed.make_person("accents@example.org", 20_000, accented=True)
        pictures = seed.make_person("photos@example.org", 20_000)
        seed.make_photos(pictures, 20)
        for person in (many, accents):
            seed.make_other_rows(person, 10_000)
        coach, client = seed.make_coach(200)
        token = seed.make_token(many)
        seed.analyze()
        print(f"Seeded in {time.monotonic() - began:.0f} s", flush=True)
        deep = seed.position_of_page(many, 199, 20)
        people = (few, many, accents, kept, years, coach, pictures, five, lots)
        cookies = [seed.cookie_of(person) for person in people]
        tapped = {person.pk: seed.first_promise(person) for person in (five, kept, lots)}
        began = time.monotonic()
        web = serve("selftrust.wsgi:application", PORT, workers=1)
        print(f"Server answers after {time.monotonic() - began:.1f} s", flush=True)
        bare = plain("tests.bench.bare:application", PORT + 3, seed.bench_database())
        visitors = [Visitor(cookie, PORT) for cookie in cookies]
        bare_visitor = Visitor("", PORT + 3, "/insert/")
        asked = pages.whole_pages(bare_visitor, visitors, deep, client, token)
        asked |= pages.parts(visitors, list(tapped.values()), steps, step)
        pids = [web.pid, bare.pid]
        if peer := os.environ.get("PEER"):
            pid, address = peer.split()
            asked["Peer"] = Program(address, {})
            pids.append(int(pid))
        table(asked, pages.rare(visitors), pids)
        weights(visitors[1], visitors[4])
        paint.paints(f"http://localhost:{PORT}", cookies[7])
        for server_of_pages in (web, bare):
            server_of_pages.terminate()
            server_of_pages.wait()
        start.starts()
    finally:
        for started in filter(None, (web, bare)):
            started.terminate()
            started.wait()
        from journal.embedded.temporary_server import close_connections

        close_connections()
        server.stop()
        shutil.rmtree(FOLDER, ignore_errors=True)


def serve(application: str, port: int, *, workers: int) -> subprocess.Popen:
    """As `manage.py serve` starts it, with one thread, so that the pages take turns."""
    command = [sys.executable, "-m", "journal.webserver", "--port", str(port)]
    command += ["--workers", str(workers), "--threads", "1", application]
    web = subprocess.Popen(command, env=ENVIRONMENT)
    wait_for(port)
    return web


def plain(application: str, port: int, more: dict[str, str] | None = None) -> subprocess.Popen:
    """The same server as it comes: one process that loads the application by itself."""
    command = [sys.executable, "-m", "waitress", f"--port={port}", application]
    web = subprocess.Popen(command, env={**ENVIRONMENT, **(more or {})})
    wait_for(port)
    return web


def weights(visitor: Visitor, years: Visitor) -> None:
    """What a first visit to each page carries."""
    print(f"\n{'Page weight':26}{'KB':>8}{'gzip':>8}")
    found = {"Search, found": visitor.search("crowded")}
    for name, path in (
        ("Today", "/today/"),
        ("Journal", "/journal/"),
        ("Write", f"/journal/write/?id={uuid4()}"),
    ):
        found[name] = visitor.get(path)
    found["Insights, of a year"] = years.get("/insights/?window=year")
    for name, text in found.items():
        raw = text.encode()
        print(f"{name:26}{len(raw) / 1024:8.1f}{len(gzip.compress(raw)) / 1024:8.1f}")


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("localhost", port, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server did not answer.")


def table(
    pages: dict[str, Callable[[], object]],
    rare: dict[str, Callable[[], object]],
    servers: list[int],
) -> None:
    postmaster = int((FOLDER / "var/postgres/postmaster.pid").read_text().split("\n", 1)[0])

    def processes() -> list[psutil.Process]:
        return [one for pid in [postmaster, *servers] for one in family(psutil.Process(pid))]

    figures = measure(pages, processes)
    global REQUESTS
    REQUESTS = 2
    figures |= measure(rare, processes)
    reference = statistics.median(figures["H8, bare Django"])
    insert = statistics.median(figures["Insert, bare Django"])
    budgets = {
        "Today, 20,000 entries": "<= 0.9 x H8",
        "Today, and 50 promises": "<= 1.5 x H8",
        "Today, and 200 promises": "<= 2 x H8",
        "Promises, 200": "<= 2 x H8",
        "Tap on Kept, of 50": "<= 0.6 x H8",
        "Autosave of an entry": "<= 0.8 x H8",
        "Autosave of a step": "<= 0.8 x H8",
        "A step": "<= 0.8 x H8",
        "A promise": "<= 2 x H8",
        "Write": "<= 2 x H8",
        "Practices": "<= 2 x H8",
        "Lessons": "<= 2 x H8",
        "Settings": "<= 2 x H8",
        "Search, its page": "<= 2 x H8",
        "Sunday, promises, of 50": "<= 1.8 x H8",
        "Sunday, evidence, of 50": "<= 1.8 x H8",
        "Sunday, next, of 50": "<= 1.8 x H8",
        "Journal, 20,000 entries": "<= 0.8 x H8",
        "Journal, 20 photos": "<= 1.1 x without",
        "Journal, page 200": "<= 1.15 x page 1",
        "Insights, three years": "<= 2.5 x H8",
        "Insights, of a year": "<= 2.5 x H8",
        "Coach, 200 clients": "<= 2.5 x H8",
        "Coach, a client": "<= 2.5 x H8",
        "Coach, a brief": "<= 2.5 x H8",
        "Coach, shared entries": "<= 2.5 x H8",
        "Coach, whom to suggest to": "<= 2.5 x H8",
        "Coach, library": "<= 2.5 x H8",
        "Create an entry": "<= 2 x insert",
        "Search, frequent word": "<= 15 ms",
        "Search, frequent, accents": "<= 15 ms",
        "Search, absent, ASCII": "<= 250 ms",
        "Search, absent, accents": "<= 250 ms",
    }
    print(f"\n{date.today():%-d %B %Y}, {machine()}\n")
    print("| CPU of app and PostgreSQL | ms | x H8 | x insert | aim |\n|---|---|---|---|---|")
    for name, rounds in figures.items():
        middle = statistics.median(rounds)
        ratios = f"{middle / reference:.2f} | {middle / insert:.2f}"
        print(f"| {name} | {middle:.1f} | {ratios} | {budgets.get(name, '')} |")


def machine() -> str:
    """As docs/performance.md has it above the table, which can be pasted there."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    name = model.group(1) if model else platform.machine()
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"{cores} cores of {name}, Python {platform.python_version()}, load {load:.0f}"


if __name__ == "__main__":
    main()
