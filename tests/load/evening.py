"""What people do in an evening, for locust: `make load` starts it (tests/load/__main__.py).

Runs with locust alone, without Django and without this project's packages. First everyone signs in
by the form, from a network of their own; what is counted begins after that. Of their visits 70 in
100 are to Today with a check-in, 20 are for writing with autosave, and 10 for reading.
"""

import json
import os
import random
import re
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import gevent
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from locust import FastHttpUser, constant, events, task

NODES = os.environ["LOAD_NODES"].split(",")
EMAIL, PASSWORD = os.environ["LOAD_EMAIL"], os.environ["LOAD_PASSWORD"]
RESULT, SESSIONS = Path(os.environ["LOAD_RESULT"]), Path(os.environ["LOAD_SESSIONS"])
PAUSES = tuple(map(float, os.environ["LOAD_PAUSES"].split("-")))  # seconds between two requests
PEOPLE = int(os.environ["LOAD_PEOPLE"])
TURNED_AWAY, HEALTH, SIGN_IN = "turned away", "/healthz", "signing in"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PROMISE = re.compile(r'name="([0-9a-f-]{36})-status"')
DAY = re.compile(r'name="date" value="([\d-]+)"')
ENTRY = re.compile(r'href="(/journal/[0-9a-f-]{36}/)"')
WORDS = "today I said what I would do and then did the small version of it "

numbers = count()
kept = json.loads(SESSIONS.read_text()) if SESSIONS.exists() else {}
visits = ready = 0
everyone_is_here = Event()
at_the_door = BoundedSemaphore(2 * len(NODES))  # a process checks one password at a time


class Person(FastHttpUser):
    host = NODES[0]
    wait_time = constant(0)  # `_pause` comes after every request
    token = ""

    def on_start(self) -> None:
        self.number = next(numbers)
        self.base = NODES[self.number % len(NODES)]
        self.headers = {"X-Forwarded-For": f"10.{self.number >> 8}.{self.number & 255}.1"}
        if cookies := kept.get(str(self.number)):
            self.headers["Cookie"] = cookies
        else:
            with at_the_door:
                self._sign_in()
        while not (found := TOKEN.search(self._ask("/settings/"))):
            gevent.sleep(1)
        self.token = found[1]
        global ready
        ready += 1
        if ready == PEOPLE:
            gevent.spawn(_begin, self.environment)
            everyone_is_here.set()
        everyone_is_here.wait()
        gevent.sleep(random.uniform(0, PAUSES[1]))

    @task(70)
    def today(self) -> None:
        page = self._visit("/today/")
        day = DAY.search(page)
        if day is None:
            return
        said = {"date": day[1], "seen": day[1]}
        for promise in sorted(set(PROMISE.findall(page)))[:3]:
            status = random.choice(["kept", "kept", "missed"])
            self._tap(f"said-{promise}", {**said, f"{promise}-status": status})
        self._tap("said-trust", {**said, "trust": random.choice("2345")})

    def _tap(self, target: str, fields: dict[str, str]) -> None:
        more = {"HX-Request": "true", "HX-Target": target}
        self._ask("/today/check/", fields, "a tap on Today", more)

    @task(20)
    def write(self) -> None:
        new = str(uuid4())
        page = self._visit(f"/journal/write/?id={new}", "/journal/write/")
        if not page:
            return
        entry = {"title": "An evening", "written_on": "2026-11-30", "body": ""}
        version: dict[str, str] = {}
        for _save in range(4):
            entry["body"] += WORDS
            saved = self._ask(f"/journal/{new}/autosave/", {**entry, **version}, "autosave")
            if found := re.search(r'data-version="(\d+)"', saved):
                version = {"version": found[1]}
        self._ask("/journal/write/", {**entry, **version, "id": new}, "saving an entry")

    @task(10)
    def read(self) -> None:
        found = ENTRY.findall(self._visit("/journal/"))
        for address in found[:2]:
            self._ask(address, name="an entry")
        self._ask("/insights/")

    def _sign_in(self) -> None:
        form = {"login": EMAIL.format(self.number), "password": PASSWORD}
        while not any(cookie.name == "sessionid" for cookie in self.client.cookiejar):
            self._ask("/accounts/login/", name=SIGN_IN)
            self._ask("/accounts/login/", form, SIGN_IN)
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.client.cookiejar)
        kept[str(self.number)] = cookies

    def _visit(self, path: str, name: str = "") -> str:
        global visits
        visits += 1
        return self._ask(path, name=name)

    def _ask(
        self,
        path: str,
        fields: dict[str, str] | None = None,
        name: str = "",
        more: dict[str, str] | None = None,
    ) -> str:
        """The page, or nothing if the server turned the request away."""
        how: dict[str, Any] = {"headers": {**self.headers, **(more or {})}}
        how |= {"name": name or path, "catch_response": True, "allow_redirects": False}
        how |= {"data": {"csrfmiddlewaretoken": self.token, **fields}} if fields else {}
        ask = self.client.post if fields else self.client.get
        if not everyone_is_here.is_set():
            how["name"] = SIGN_IN
        with ask(f"{self.base}{path}", **how) as answer:
            text = answer.text or ""
            if answer.status_code == 503 and "Retry-After" in answer.headers:
                answer.request_meta["name"] = TURNED_AWAY
                answer.success()
                text = ""
            elif answer.status_code not in (200, 302) or (
                answer.status_code == 302 and "/accounts/login/" in answer.headers["Location"]
            ):
                answer.failure(f"answered {answer.status_code}")
                text = ""
            else:
                answer.success()
        if found := TOKEN.search(text):
            self.token = found[1]
        if everyone_is_here.is_set():
            gevent.sleep(random.uniform(*PAUSES))
        return text


class Probe(FastHttpUser):
    """Asks each node whether it is there, once a second, like a load balancer."""

    host = NODES[0]
    fixed_count = 1
    wait_time = constant(1)

    @task
    def ask(self) -> None:
        for node in NODES:
            self.client.get(f"{node}/healthz", name=HEALTH)


def _begin(environment: Any) -> None:
    """From here on it counts, also for the one who measures the processors."""
    global visits
    SESSIONS.write_text(json.dumps(kept))
    gevent.sleep(PAUSES[1])  # until all have opened a page
    environment.stats.reset_all()
    visits = 0
    RESULT.with_suffix(".begun").touch()


@events.quitting.add_listener
def _write_result(environment: Any, **_more: Any) -> None:
    rows = {
        entry.name: {
            "requests": entry.num_requests,
            "errors": entry.num_failures,
            "times": {str(ms): number for ms, number in entry.response_times.items()},
        }
        for entry in environment.stats.entries.values()
    }
    said = [str(error.to_dict()) for error in environment.stats.errors.values()]
    RESULT.write_text(json.dumps({"visits": visits, "rows": rows, "said": said}))
