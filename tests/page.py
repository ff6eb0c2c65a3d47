"""One page of tests/pages.py, and how Django's test client sees it."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from django.core.cache import cache
from django.http.response import HttpResponseBase
from django.test import Client

from journal.people.models import User
from tests.factories import PASSWORD
from tests.markup import Form, forms_of, parse
from tests.people.second_steps import showed


@dataclass(frozen=True)
class Page:
    name: str
    path: str | Callable[[User], str]
    visitor: bool = False  # opened by someone who is not signed in
    sure: bool = False  # who has just said the password once more
    coach: bool = False  # who has shown a second step in this session
    send: str = ""
    fill: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def __str__(self) -> str:
        return self.name

    @property
    def stock(self) -> bool:
        """Django's own admin: how its HTML is written, and what it calls things, is not ours."""
        return self.name.startswith("admin")

    def path_for(self, ada: User) -> str:
        return self.path if isinstance(self.path, str) else self.path(ada)


def visit(client: Client, page: Page, ada: User) -> HttpResponseBase:
    """The page as Django's test client sees it: its form sent if it has one, redirects followed."""
    path = page.path_for(ada)
    if page.sure:
        say_it_again(client)
    if page.coach:
        showed(client)
    response = client.get(path, follow=True)
    if page.send:
        form = form_ending(forms_in(response), page.send)
        response = client.post(form.action, {**form.fields, **page.fill}, follow=True)
    assert response.status_code == page.status, f"{page}: {response.status_code}"
    return response


def compact(response: HttpResponseBase) -> str:
    """The HTML without the white space that only the template's lines bring in: runs of it are one
    blank, and none is left next to a tag."""
    text = re.sub(r"[ \t\n]+", " ", response.content.decode())  # type: ignore[attr-defined]
    return text.replace(" >", ">").replace("> ", ">").replace(" <", "<")


@dataclass(frozen=True)
class Shown:
    """What a page was, for whoever wants nothing but its HTML."""

    path: str
    html: str


def keep(page: Page, response: HttpResponseBase) -> None:
    """For all processes of this run. Written beside its place first: another may be reading it."""
    place = _place(page)
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        draft = place.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps([response.request["PATH_INFO"], response.content.decode()]))
        draft.rename(place)


def shown(client: Client, page: Page, ada: User) -> Shown:
    """As it was shown to another test of this run, or else opened now."""
    if not _place(page).exists():
        keep(page, visit(client, page, ada))
    return Shown(*json.loads(_place(page).read_text()))


def _place(page: Page) -> Path:
    name = sha256(page.name.encode()).hexdigest()
    return Path(os.environ["SELFTRUST_DATA_DIR"]).parent / "shown" / name


def say_it_again(client: Client) -> None:
    cache.clear()  # ten times a minute is enough for people
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def forms_in(response: HttpResponseBase) -> list[Form]:
    return forms_on(response.request["PATH_INFO"], response.content.decode())


def forms_on(path: str, html: str) -> list[Form]:
    """A form without an address sends to the page it is on."""
    document, _errors = parse(html)
    return [replace(form, action=form.action or path) for form in forms_of(document)]


def form_ending(forms: list[Form], end: str) -> Form:
    return next(form for form in forms if form.action.endswith(end))
