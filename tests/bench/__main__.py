"""`make bench`: what our pages cost beside bare Django, in one run, in turns.

Starts a database and the real server of its own, and measures CPU time (app and PostgreSQL
together) per request from outside. Single figures depend on the machine; the ratios are what
counts. It prints, it does not judge: a timed test would fail on a busy machine.
"""

import gzip
import http.client
import os
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
from urllib.parse import urlencode
from uuid import uuid4

import psutil

ROUNDS, REQUESTS, PORT = 7, 12, 8799
FOLDER = Path(tempfile.mkdtemp(prefix="selftrust-bench-"))
FOLDER.chmod(0o711)
os.environ |= {
    "SELFTRUST_DATA_DIR": str(FOLDER / "var"),
    "SELFTRUST_STATIC_ROOT": str(FOLDER / "static"),
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
}


class Visitor:
    """A browser as far as cookies and CSRF tokens go, on one connection."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self.connection = http.client.HTTPConnection("localhost", PORT)
        page = self.get("/settings/")
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, 200)

    def post(self, path: str, fields: dict[str, str], expect: int) -> str:
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        return self._ask("POST", path, body, expect)

    def search(self, words: str) -> str:
        """As the page asks while someone types: one request."""
        typing = {"HX-Request": "true", "HX-Target": "results"}
        fields = {"csrfmiddlewaretoken": self.token, "q": words}
        return self._ask("POST", "/search/", urlencode(fields), 200, typing)

    def _ask(
        self,
        method: str,
        path: str,
        body: str | None,
        expect: int,
        more: dict[str, str] | None = None,
    ) -> str:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        headers |= more or {}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (BrokenPipeError, http.client.RemoteDisconnected):
            self.connection.close()  # it waited for its turn longer than the server does
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or []:
            if header.startswith("csrftoken="):
                self.cookie = f"{self.cookie}; {header.split(';')[0]}"
        if answer.status != expect:
            raise SystemExit(f"{method} {path} answered {answer.status}, not {expect}.")
        return text


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


def pss_megabytes(processes: list[psutil.Process]) -> float:
    total = 0
    for process in processes:
        text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE).group(1))
    return total / 1024


def main() -> None:
    from journal.embedded import keyfiles
    from journal.embedded.server import EmbeddedServer

    data = FOLDER / "var"
    keyfiles.master_key(data)
    server = EmbeddedServer(data, durable=False)
    server.start()
    web = None
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from tests.bench import seed

        print("Seeding ...", flush=True)
        seed.make_reference_rows()
        few = seed.make_person("few@example.org", 100)
        many = seed.make_person("many@example.org", 20_000)
        kept = seed.make_person("kept@example.org", 20_000)
        seed.make_promises(kept, 50)
        years = seed.make_person("years@example.org", 0)
        print(f"Three years are {seed.make_years(years):,} rows.", flush=True)
        accents = seed.make_person("accents@example.org", 20_000, accented=True)
        pictures = seed.make_person("photos@example.org", 20_000)
        seed.make_photos(pictures, 20)
        for person in (many, accents):
            seed.make_other_rows(person, 10_000)
        coach, brief = seed.make_coach(200)
        seed.analyze()
        deep = seed.position_of_page(many, 199, 20)
        people = (few, many, accents, kept, years, coach, pictures)
        cookies = [seed.cookie_of(person) for person in people]
        began = time.monotonic()
        web = serve("selftrust.wsgi:application", PORT, workers=1)
        print(f"Server answers after {time.monotonic() - began:.1f} s", flush=True)
        visitors = [Visitor(cookie) for cookie in cookies]
        table(visitors, deep, brief, web)
        weights(visitors[1], visitors[4])
        web.terminate()
        web.wait()
        memory(cookies[1])
        memory_of_the_worker()
    finally:
        if web:
            web.terminate()
            web.wait()
        from journal.embedded.temporary_server import close_connections

        close_connections()
        server.stop()
        shutil.rmtree(FOLDER, ignore_errors=True)


def serve(application: str, port: int, *, workers: int) -> subprocess.Popen:
    """As `manage.py serve` starts it, with one thread, so that the pages take turns."""
    command = [sys.executable, "-m", "journal.webserver", "--port", str(port)]
    command += ["--workers", str(workers), "--threads", "1", application]
    web = subprocess.Popen(command)
    wait_for(port)
    return web


def plain(application: str, port: int) -> subprocess.Popen:
    """The same server as it comes: one process that loads the application by itself."""
    web = subprocess.Popen([sys.executable, "-m", "waitress", f"--port={port}", application])
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


def memory(cookie: str) -> None:
    """Two workers of ours beside two of a minimal Django, after each answered some requests.

    Ours part from a process that has loaded the application; those of a minimal Django do not,
    since nobody does so unless they think of it. By itself is ours without that.
    """
    ports = (PORT + 1, PORT + 2)
    ours = [serve("selftrust.wsgi:application", PORT + 1, workers=2)]
    figures = {"Selftrust": _memory_after_requests(ours, ports[:1], "/journal/", cookie)}
    for name, application, path in (
        ("minimal Django", "tests.bench.minimal:application", "/"),
        ("by itself", "selftrust.wsgi:application", "/journal/"),
    ):
        two = [plain(application, port) for port in ports]
        figures[name] = _memory_after_requests(two, ports, path, cookie)
    together, alone, minimal = figures["Selftrust"], figures["by itself"], figures["minimal Django"]
    print(
        f"\nMemory of two workers (PSS): {together:.0f} MB, a minimal Django {minimal:.0f} MB: "
        f"{together / minimal:.2f} x   <= 1.5 x\n"
        f"Each having loaded everything for itself: {alone:.0f} MB: {alone / minimal:.2f} x"
    )


def _memory_after_requests(
    servers: list[subprocess.Popen], ports: tuple[int, ...], path: str, cookie: str
) -> float:
    """PSS in MB; ends the servers."""
    try:
        for port in ports * 20:  # a connection each, so that every worker answers
            connection = http.client.HTTPConnection("localhost", port)
            connection.request("GET", path, headers={"Cookie": cookie})
            assert connection.getresponse().status == 200
            connection.close()
        return sum(pss_megabytes(family(psutil.Process(web.pid))) for web in servers)
    finally:
        for web in servers:
            web.terminate()
            web.wait()


def memory_of_the_worker() -> None:
    """All processes of `manage.py worker`, which run beside the web server."""
    manage = str(Path(__file__).parents[2] / "manage.py")
    worker = subprocess.Popen([sys.executable, manage, "worker"])
    time.sleep(5)
    all_of_it = family(psutil.Process(worker.pid))
    print(f"Memory of the worker's {len(all_of_it)} (PSS): {pss_megabytes(all_of_it):.0f} MB")
    worker.terminate()
    worker.wait()


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


def table(visitors: list[Visitor], deep: str, brief: str, web: subprocess.Popen) -> None:
    few, many, accents, kept, years, coach, pictures = visitors
    year = f"{date.today():%Y}"
    entry = {"title": "Bench", "body": "Words that are written down.", "written_on": "2026-01-02"}
    row = {"title": "Bench", "body": "Words that are written down.", "day": "2026-01-02"}
    pages: dict[str, Callable[[], object]] = {
        "H8, bare Django": lambda: many.get("/bench/h8/"),
        "Today, 100 entries": lambda: few.get("/today/"),
        "Today, 20,000 entries": lambda: many.get("/today/"),
        "Today, and 50 promises": lambda: kept.get("/today/"),
        "Journal, 100 entries": lambda: few.get("/journal/"),
        "Journal, 20,000 entries": lambda: many.get("/journal/"),
        "Journal, 20 photos": lambda: pictures.get("/journal/"),
        "Journal, a month": lambda: many.get(f"/journal/?month={date.today():%Y-%m}"),
        "Journal, a year": lambda: many.get(f"/journal/year/{year}/"),
        "Book of a year": lambda: many.get("/journal/book/"),
        "Journal, page 200": lambda: many.get(f"/journal/{deep}"),
        "Insights, three years": lambda: years.get("/insights/"),
        "Insights, of a year": lambda: years.get("/insights/?window=year"),
        "Figures, of a year": lambda: years.get("/insights/figures.csv?window=year"),
        "Coach, 200 clients": lambda: coach.get("/coach/"),
        "Coach, a brief": lambda: coach.get(brief),
        "Insert, bare Django": lambda: many.post("/bench/insert/", row, 302),
        "Create an entry": lambda: many.post("/journal/write/", {**entry, "id": str(uuid4())}, 302),
        "Search, frequent word": lambda: many.search("crowded"),
        "Search, frequent, accents": lambda: accents.search("crowded"),
    }
    rare: dict[str, Callable[[], object]] = {
        "Search, absent, ASCII": lambda: many.search("zeppelin"),
        "Search, absent, accents": lambda: accents.search("zeppelin"),
    }
    postmaster = int((FOLDER / "var/postgres/postmaster.pid").read_text().split("\n", 1)[0])

    def processes() -> list[psutil.Process]:
        return family(psutil.Process(web.pid)) + family(psutil.Process(postmaster))

    figures = measure(pages, processes)
    global REQUESTS
    REQUESTS = 2
    figures |= measure(rare, processes)
    reference = statistics.median(figures["H8, bare Django"])
    insert = statistics.median(figures["Insert, bare Django"])
    budgets = {
        "Today, 20,000 entries": "<= 1.0 x H8",
        "Today, and 50 promises": "<= 1.0 x H8",
        "Journal, 20,000 entries": "<= 0.8 x H8",
        "Journal, 20 photos": "<= 1.1 x without",
        "Journal, page 200": "<= 1.15 x page 1",
        "Insights, three years": "<= 2.5 x H8",
        "Insights, of a year": "<= 2.5 x H8",
        "Coach, 200 clients": "<= 3 x H8",
        "Coach, a brief": "<= 3 x H8",
        "Create an entry": "<= 2 x insert",
        "Search, frequent word": "<= 15 ms",
        "Search, frequent, accents": "<= 15 ms",
        "Search, absent, ASCII": "<= 250 ms",
        "Search, absent, accents": "<= 250 ms",
    }
    print(f"\n{'CPU of app and PostgreSQL':26}{'ms':>8}{'x H8':>8}{'x insert':>10}   budget")
    for name, rounds in figures.items():
        middle = statistics.median(rounds)
        ratios = f"{middle / reference:8.2f}{middle / insert:10.2f}"
        print(f"{name:26}{middle:8.2f}{ratios}   {budgets.get(name, '')}")


if __name__ == "__main__":
    main()
