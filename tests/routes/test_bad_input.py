"""Rubbish in every field of every form: never a 5xx, and nothing that was typed is lost.

Works through the pages of tests/pages.py and fills in whatever forms it finds there.
"""

import os
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve

from tests.conftest import signed_in
from tests.factories import PASSWORD
from tests.markup import Form, parse
from tests.page import Page, forms_in, forms_on, keep, shown, visit
from tests.pages import PAGES
from tests.routes.table import TABLE

# What is typed, as text or as the bytes that arrive. Begins and ends in plain letters, so that
# a value that was cut is told from one that is shown whole.
RUBBISH: dict[str, str | bytes] = {
    "nothing": "",
    "spaces": "   ",
    "a NUL": "before\0after",
    "a lone surrogate": b"before\xed\xa0\x80after",
    "bytes that are no text": b"before\xff\xfeafter",
    "a megabyte": "m" * (1 << 20),
    "ten thousand letters": "before" + "w" * 10_000 + "after",
    "right to left": "before \u202eשלום עולם\u202c مرحبا after",
    "combining marks": "Z" + "\u0301\u0323\u0488" * 40 + "algo after",
    "markup": "before <script>alert(1)</script> \"><img src=x onerror=alert('1')> after",
    "a template": "before {{ settings.SECRET_KEY }} {% debug %} %(password)s %s after",
    "a quote for SQL": "before'; drop table people_user; -- after",
    "the year 0": "0000-01-01",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "no such day": "2026-02-30",
    "a huge number": "9" * 30,
    "a negative number": "-1",
    "not a number": "NaN",
    "a forged id": "not-an-id",
    "an id of nobody's": "01a20810-4259-7056-8781-d275d1310c40",
    "a path": "../../../etc/passwd",
}
# Each field answers to these for itself, whatever stands in the others: all of a form get them at
# once. The rest is put into one field at a time, and what is wrong for a number, a date or an id
# only where one line is typed.
AT_ONCE = ("a NUL", "a lone surrogate", "bytes that are no text", "right to left")
AT_ONCE += ("combining marks", "a template", "a quote for SQL", "a path")
IN_AREAS = ("nothing", "spaces", "ten thousand letters", "a megabyte", "markup")
# For what no one types: hidden fields, choices, what stands in an address.
FORGED = ("nothing", "a NUL", "a lone surrogate", "bytes that are no text", "markup", "the year 0")
FORGED += ("the last day", "a huge number", "a negative number", "a forged id", "an id of nobody's")
FORGED_AGAIN = ("a lone surrogate", "a negative number")
SAMPLES = {"email": "someone@example.org", "login": "someone@example.org"}
WHICH_ONE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")
UNSEEABLE = dict.fromkeys(map(ord, "\0\ufffd\r"))

Try = tuple[str, dict[str, str | bytes], list[tuple[str, str | bytes]]]


@pytest.fixture(scope="session")
def swept() -> Path:
    """A folder of this run, for all its processes: a file for each form that was swept."""
    folder = Path(os.environ["SELFTRUST_DATA_DIR"]).parent / "swept"
    folder.mkdir(exist_ok=True)
    return folder


def first_time(swept: Path, *what: str) -> bool:
    try:
        (swept / sha256(repr(what).encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def new(form: Form, swept: Path) -> bool:
    """Sign-out, search and undo are on many pages; once is enough."""
    return first_time(swept, WHICH_ONE.sub("N", form.action), *sorted(one_of_each(form)))


def already_forged(form: Form, swept: Path) -> set[str]:
    """What no one types and is in all forms that one view takes, such as the version in every step
    of a practice, is forged thoroughly in the first of them."""
    route = resolve(urlsplit(form.action).path).route
    hidden = {kind: name for kind, name in one_of_each(form).items() if name not in form.typed}
    return {name for kind, name in hidden.items() if not first_time(swept, route, kind)}


def one_of_each(form: Form) -> dict[str, str]:
    """Its fields by name; of those that differ only in a number or an id, as the rows of a list
    do, the last."""
    return {WHICH_ONE.sub("N", name): name for name in form.fields}


def filled_in(form: Form) -> dict[str, str | bytes]:
    """The form with something sensible in each of its fields."""
    values: dict[str, str | bytes] = {}
    for name, value in form.fields.items():
        sample = PASSWORD if "password" in name else SAMPLES.get(name, "Plain words")
        values[name] = value or (sample if name in form.typed or "password" in name else "")
    return values


def tries(form: Form, forged: set[str]) -> Iterator[Try]:
    """What is wrong, the fields, and fields that come beside them."""
    usual = filled_in(form)
    yield "nothing", usual, []
    for kind in AT_ONCE if form.typed else ():
        yield f"everything is {kind}", usual | dict.fromkeys(form.typed, RUBBISH[kind]), []
    for name in {*one_of_each(form).values()} - {"csrfmiddlewaretoken"}:
        for kind in FORGED_AGAIN if name in forged else kinds_for(form, name):
            yield f"{name} is {kind}", {**usual, name: RUBBISH[kind]}, []
        if name in forged:
            continue
        rest = {key: value for key, value in usual.items() if key != name}
        yield f"{name} is twice there", usual, [(name, "before"), (name, "after")]
        yield f"{name} is an array", rest, [(f"{name}[]", "a"), (f"{name}[0]", "b")]


def kinds_for(form: Form, name: str) -> Iterable[str]:
    if name in form.areas:
        return IN_AREAS
    return RUBBISH.keys() - {*AT_ONCE} if name in form.typed else FORGED


def encoded(values: list[tuple[str, str | bytes]]) -> bytes:
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in values).encode()


def send(cookies: SimpleCookie, path: str, body: bytes) -> HttpResponseBase:
    """One POST, its redirects followed, and then as if it had not been."""
    cache.clear()
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    with transaction.atomic():
        response = client.generic("POST", path, body, "application/x-www-form-urlencoded")
        redirected = response.status_code in {301, 302, 303}
        if redirected:
            response = client.get(response.headers["Location"], follow=True)
        transaction.set_rollback(True)
    response.redirected = redirected
    return response


def readable(value: str | bytes) -> str:
    text = value.decode(errors="replace") if isinstance(value, bytes) else value
    return text.translate(UNSEEABLE).strip()


def text_of(response: HttpResponseBase) -> str:
    """All that a person could copy out of a page."""
    document, _errors = parse(response.content.decode())
    values = [element["value"] for element in document.walk() if "value" in element.attrs]
    return "\n".join([document.text, *values]).translate(UNSEEABLE)


def lost(form: Form, sent: dict[str, str | bytes], response: HttpResponseBase) -> list[str]:
    if response.redirected:
        return []  # it was taken
    source = unescape(response.content.decode()).translate(UNSEEABLE)
    if all(readable(sent[name]) in source for name in form.typed):
        return []
    page = text_of(response)
    return [name for name in form.typed if readable(sent[name]) not in page]


@pytest.fixture
def visitor(db) -> Client:
    return Client()


@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_no_form_breaks_and_nothing_typed_is_lost(seen: Page, ada, ada_client, visitor, swept):
    client = visitor if seen.visitor else ada_client
    response = visit(client, seen, ada)
    keep(seen, response)
    forms = [form for form in forms_in(response) if form.method == "post"]
    complaints = []
    for form in (form for form in forms if new(form, swept)):
        for case, values, more in tries(form, already_forged(form, swept)):
            response = send(client.cookies, form.action, encoded([*values.items(), *more]))
            if response.status_code >= 500:
                complaints.append(f"{form.action}: {case}: {response.status_code}")
            elif not more and len(values) == len(form.fields):
                complaints += [
                    f"{form.action}: {case}: {response.status_code} without what was in {name}"
                    for name in lost(form, values, response)
                ]
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("seen", [page for page in PAGES if not page.send], ids=str)
def test_no_address_breaks_over_what_stands_behind_its_question_mark(
    seen: Page, ada, ada_client, visitor, swept
):
    client = visitor if seen.visitor else ada_client
    response = visit(client, seen, ada)
    document, _errors = parse(response.content.decode())
    queries = [urlsplit(link["href"]).query for link in document.all("a") if "?" in link["href"]]
    names = {name for query in queries for name, _value in parse_qsl(query)}
    names |= {"next", "invite", "day", "mode"}
    path = response.request["PATH_INFO"]
    other_state = not first_time(swept, "?", WHICH_ONE.sub("N", path), *sorted(names))
    for kind in FORGED_AGAIN if other_state else FORGED:
        query = encoded([(name, RUBBISH[kind]) for name in sorted(names)]).decode()
        answer = client.get(f"{path}?{query}", follow=True)
        assert answer.status_code < 500, f"{names}: {kind}"


# Addresses whose form no page leads to: they are reached from an e-mail, or by hand.
NO_PAGE_LEADS_TO = {
    "/accounts/confirm-email/<key>/",
    "/accounts/password/reset/key/<uidb36>-<key>/",
    "/accounts/password/set/",
    "/accounts/login/code/confirm/",
    "/journal/<uuid:pk>/autosave/",  # sent by the script; tests/reflections/test_autosave.py
    # Offered as the undo of removing one; tests/boundaries.
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/restore/",
    # A button of the step's own form leads there, with the whole form; tests/decisions.
    "/decisions/<uuid:pk>/lessons/<uuid:lesson>/use/",
    "/decisions/<uuid:pk>/lessons/<uuid:lesson>/hide/",
    "/week/<day:start>/tell/<uuid:promise>/",  # likewise; tests/reflections/week
    # Django's admin has no form here, and answers a POST like a GET.
    "/admin/",
    "/admin/sharing/coachlink/",
    "/admin/jsi18n/",
    "/admin/<app_label>/",
    "/admin/support/supportresource/<path:object_id>/",
    "/admin/support/supportresource/<path:object_id>/history/",
    "/admin/people/user/<path:object_id>/",
    "/admin/people/user/<path:object_id>/history/",
    "/admin/entries/prompt/<path:object_id>/",
    "/admin/entries/prompt/<path:object_id>/history/",
    # Only shown; what is on them is sent elsewhere. A coach's addresses ask for a second step
    # whatever the method; tests/coaching/test_addresses.py asks each by every method.
    "/coach/clients/<uuid:pk>/",
    "/coach/clients/<uuid:pk>/brief/",
    "/coach/suggest/",
    # Offered as the undo of removing one; tests/coaching.
    "/coach/library/<uuid:pk>/restore/",
    # What allauth only shows, asks first whatever the method.
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/download/",
    "/accounts/signup/",  # closed where ada has an account; tests/people/ opens it
}


def test_every_address_that_takes_a_form_is_swept(ada, ada_client, visitor):
    takes_forms = {address for address, line in TABLE.items() if "POST" in line.ada}
    swept = set()
    for page in PAGES:
        with transaction.atomic():
            client = visitor if page.visitor else signed_in(ada)
            seen = shown(client, page, ada)
            for form in forms_on(seen.path, seen.html):
                swept.add("/" + resolve(urlsplit(form.action).path).route.replace("^", ""))
            transaction.set_rollback(True)
        ada.refresh_from_db()  # a page may have changed her settings
    missing = sorted(takes_forms - swept - NO_PAGE_LEADS_TO)
    assert not missing, (
        f"No page of tests/pages.py has a form for {missing}. Add the page that has it."
    )
