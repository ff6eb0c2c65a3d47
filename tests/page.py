"""One page of tests/pages.py, and how Django's test client sees it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.core.cache import cache
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from journal.people.models import User
from tests.markup import Form, forms_of, forms_of_buttons, parse
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


def undirected(text: str) -> str:
    """Without what gives words their direction (journal/people/text_direction.py), which
    tests/sweeps/direction.py looks at."""
    return re.sub(r'</?bdi>|[\u2068\u2069]| dir="auto"', "", text)


def compact(response: HttpResponse) -> str:
    """The HTML without the white space that only the template's lines bring in: runs of it are one
    blank, and none is left next to a tag."""
    text = re.sub(r"[ \t\n]+", " ", undirected(response.content.decode()))
    return text.replace(" >", ">").replace("> ", ">").replace(" <", "<")


def say_it_again(client: Client) -> None:
    """The session as it is once the password was said again (tests/people says it for real)."""
    cache.clear()  # so often is enough for people
    showed(client, "password", reauthenticated=True)


def forms_in(response: HttpResponseBase) -> list[Form]:
    return forms_on(response.request["PATH_INFO"], response.content.decode())


def forms_on(path: str, html: str) -> list[Form]:
    """A form without an address sends to the page it is on."""
    document, _errors = parse(html)
    return [replace(form, action=form.action or path) for form in forms_of(document)]


def all_forms_on(path: str, html: str) -> list[Form]:
    """Those too that a button with an address of its own sends."""
    return [*forms_on(path, html), *forms_of_buttons(parse(html)[0])]


def form_ending(forms: list[Form], end: str) -> Form:
    """The first whose address ends so, those in the page's header last; or starts so, with an id at
    its end."""
    forms = sorted(forms, key=lambda form: form.action.endswith(("/search/", "/logout/")))
    found = [form for form in forms if form.action.endswith(end)]
    found += [form for form in forms if form.action.split("?")[0].endswith(end)]
    starting = [form for form in forms if form.action.startswith(end)]
    found += sorted(starting, key=lambda form: len(form.action))  # "/notes/ID/" before its deletion
    assert found, f"none of {[form.action for form in forms]} ends in {end}"
    return found[0]
