"""Browsers as far as the bench needs them."""

import http.client
import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit


class Visitor:
    """A browser as far as cookies and CSRF tokens go, on one connection."""

    def __init__(self, cookie: str, port: int, form: str = "/settings/") -> None:
        self.cookie, self.port = cookie, port
        self.connection = http.client.HTTPConnection("localhost", port)
        page = self.get(form)
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, 200)

    def post(self, path: str, fields: dict[str, str], expect: int) -> str:
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        return self._ask("POST", path, body, expect)

    def htmx(self, path: str, target: str, fields: dict[str, str] | None = None) -> str:
        """A part of a page, as HTMX asks for it."""
        headers = {"HX-Request": "true", "HX-Target": target}
        if fields is None:
            return self._ask("GET", path, None, 200, headers)
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        return self._ask("POST", path, body, 200, headers)

    def search(self, words: str) -> str:
        """As the page asks while someone types: one request."""
        return self.htmx("/search/", "results", {"q": words})

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
            if header.startswith("csrftoken=") and "csrftoken=" not in self.cookie:
                self.cookie = f"{self.cookie}; {header.split(';')[0]}"  # each page sends it again
        if answer.status != expect:
            raise SystemExit(f"{method} {path} answered {answer.status}, not {expect}.")
        return text


@dataclass
class Program:
    """What asks the API with a token, or a peer's page without anything."""

    address: str
    headers: dict[str, str]

    def __call__(self) -> str:
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port or 80)
        connection.request("GET", urlunsplit(("", "", *parts[2:])), headers=self.headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise SystemExit(f"{self.address} answered {answer.status}, not 200.")
        return text


@dataclass
class Tap:
    """The answers to a promise on Today, in turns kept and missed."""

    visitor: Visitor
    promise: str
    day: str
    is_kept: bool = False

    def __call__(self) -> str:
        self.is_kept = not self.is_kept
        answer = {f"{self.promise}-status": "kept" if self.is_kept else "missed"}
        fields = {"date": self.day, "seen": self.day, **answer}
        return self.visitor.htmx("/today/check/", f"said-{self.promise}", fields)


@dataclass
class Typing:
    """Saves that come by themselves while somebody writes, each after the one before."""

    visitor: Visitor
    address: str
    fields: dict[str, str]
    grows: str  # the field that is being written
    version: str = ""

    def __call__(self) -> str:
        self.fields[self.grows] += " on"
        if len(self.fields[self.grows]) > 400:
            self.fields[self.grows] = "And so"
        version = {"version": self.version} if self.version else {}
        found = self.visitor.post(self.address, {**self.fields, **version}, 200)
        self.version = found.partition('data-version="')[2].partition('"')[0]
        return found
