"""Every address x nobody, ada, eve, the operator x every method: who gets what, no word astray."""

import re
import uuid
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import resolve

from journal.people.models import User
from tests.conftest import signed_in
from tests.factories import make_person
from tests.routes.addresses import all_addresses, filled, places_in
from tests.routes.expected import METHODS, TO_SIGN_IN, RouteLine, worth_asking
from tests.routes.new_rows import doubling_forms
from tests.routes.rows import CANARY, ROWS
from tests.routes.table import TABLE

ACTORS = ("ada", "eve", "operator", "nobody")
CSRF_TOKEN = re.compile(r"[A-Za-z0-9]{64}")
# `default-src` says nothing of the other three.
POLICY = {"default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"}


def test_every_address_has_a_line_in_the_table():
    missing = [address for address in all_addresses() if address not in TABLE]
    assert not missing, (
        "New addresses. Say in tests/routes/table.py what each answers to ada, who owns what is "
        "in it, to eve, and to nobody, for example\n"
        + "\n".join(f'    "{address}": private(get=200),' for address in missing)
    )


def test_every_line_in_the_table_has_an_address():
    gone = sorted(set(TABLE) - set(all_addresses()))
    assert not gone, f"No longer addresses; take them out of tests/routes/table.py: {gone}"


@pytest.fixture(scope="module")
def cast(module_data) -> dict[str, SimpleCookie]:
    """The cookies that each of the actors sends."""
    people = {
        "ada": make_person("ada@example.org", zone="Europe/Berlin", called=f"{CANARY} herself"),
        "eve": make_person("eve@example.org"),
        "operator": make_person("operator@example.org", is_staff=True),
    }
    return {name: signed_in(person).cookies for name, person in people.items()} | {
        "nobody": Client().cookies
    }


@pytest.fixture
def ada(db, cast) -> User:
    return User.objects.get(email="ada@example.org")


@pytest.fixture
def eve(db, cast) -> User:
    return User.objects.get(email="eve@example.org")


def values_for(address: str, line: RouteLine, ada: User) -> dict[str, Any]:
    """What stands in an address: given on its line, or the id of a row of ada's."""
    values = dict(line.places)
    for place in places_in(address):
        if place not in values or callable(values[place]):
            kinds = [kind for kind in ROWS if address.startswith(f"/{kind}/")]
            assert kinds, (
                f"{address}: say in ROWS of tests/routes/rows.py how its row is made, "
                f"or give {place}=... on its line."
            )
            row = ROWS[max(kinds, key=len)](ada)
            values.setdefault(place, row.pk)
            values |= {name: given(row) for name, given in values.items() if callable(given)}
    return values


def ask(cookies: SimpleCookie, method: str, path: str) -> HttpResponseBase:
    """One request that leaves nothing behind: its rows, its cookies and its rate limits go."""
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    with transaction.atomic():
        response = client.generic(
            method, path, b"", content_type="application/x-www-form-urlencoded"
        )
        transaction.set_rollback(True)
    if method == "POST":
        cache.clear()
    return response


def answer_of(response: HttpResponseBase) -> int | str:
    to = response.headers.get("Location", "")
    return TO_SIGN_IN if to.startswith("/accounts/login/?next=") else response.status_code


@pytest.mark.parametrize("address", all_addresses())
def test_an_address_answers_as_the_table_says(address, ada, eve, cast):
    line = TABLE.get(address)
    if line is None:
        pytest.fail(f"{address} has no line in tests/routes/table.py")
    values = values_for(address, line, ada)
    path = filled(address, values)
    surprises = not_refused(address, path, line, eve)
    to_eve = {}
    for actor in ACTORS:
        for method in methods_of(actor, address, line):
            response = ask(cast[actor], method, path)
            expected = line.expected(address, actor, method)
            got = answer_of(response)
            if got != expected:
                surprises.append(f"{actor} {method}: {got}, expected {expected}")
            surprises += [
                f"{actor} {method}: {complaint}" for complaint in complaints(response, actor, path)
            ]
            if actor == "ada" and method == "GET" and not response.streaming:
                surprises += doubling_forms(lambda to: ask(cast["ada"], "GET", to), path, response)
            if actor == "eve" and method in {"GET", "POST"}:
                to_eve[method] = seen_in(response)
    if "<uuid:" in address:
        unknown = filled(address, values | {place: uuid.uuid4() for place in ids_in(values)})
        surprises += [
            f"eve {method}: can tell ada's from what is not there"
            for method, seen in to_eve.items()
            if seen_in(ask(cast["eve"], method, unknown)) != seen
        ]
    assert not surprises, address + "\n  " + "\n  ".join(surprises)


def methods_of(actor: str, address: str, line: RouteLine) -> list[str]:
    """To the operator, who is a stranger like eve, one method says what the others would. HEAD is
    answered as GET is, with less: nobody asks it, who is told when a view refuses it."""

    def expected(method: str) -> int | str:
        return line.expected(address, actor, method)

    if actor == "operator" and line.operator is None:
        return [method for method in ("GET", "POST") if expected(method) != 405][:1]
    asked = worth_asking(expected)
    if actor == "nobody":
        return [method for method in asked if expected(method) != 405 or not are_ours(address)]
    return [method for method in asked if method != "HEAD" and expected(method) != 405]


def are_ours(address: str) -> bool:
    """Our views look at the method before anything else; the others look at the person first."""
    return not address.startswith(("/accounts/", "/admin/"))


def not_refused(address: str, path: str, line: RouteLine, eve: User) -> list[str]:
    """What our views refuse needs neither middleware nor page: the view itself is asked, as nobody
    and as eve."""
    if not are_ours(address):
        return []
    match, found = resolve(path), []
    for method in METHODS:
        for actor, user in (("nobody", AnonymousUser()), ("eve", eve)):
            if line.expected(address, actor, method) == 405:
                request = RequestFactory().generic(method, path)
                request.user = user
                status: int | str
                try:
                    status = match.func(request, *match.args, **match.kwargs).status_code
                except Exception as error:  # it went on, and the middleware was missing
                    status = type(error).__name__
                if status != 405:
                    found.append(f"{actor} {method}: {status} of the view, expected 405")
    return found


def ids_in(values: dict[str, Any]) -> list[str]:
    return [place for place, value in values.items() if isinstance(value, uuid.UUID)]


def seen_in(response: HttpResponseBase) -> tuple[int, str]:
    """What tells one answer from another, which its token does not."""
    return response.status_code, CSRF_TOKEN.sub("", body_of(response))


def body_of(response: HttpResponseBase) -> str:
    whole = response.getvalue() if response.streaming else response.content
    return whole.decode(errors="replace")


def complaints(response: HttpResponseBase, actor: str, path: str) -> list[str]:
    """What is wrong with a response whatever its status."""
    found = []
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    if not {*policy.split("; ")} >= POLICY or "unsafe" in policy:
        found.append(f"Content-Security-Policy is {policy!r}")
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        if headers.get(name) != value:
            found.append(f"{name} is {headers.get(name)!r}, not {value!r}")
    if "no-store" not in headers.get("Cache-Control", ""):
        found.append(f"Cache-Control is {headers.get('Cache-Control')!r}, without no-store")
    if "HX-Request" not in headers.get("Vary", ""):
        found.append(f"Vary is {headers.get('Vary')!r}, without HX-Request")
    if response.status_code >= 500:
        found.append(f"answers {response.status_code}")
    if response.status_code == 405 and not headers.get("Allow"):
        found.append("405 without Allow")
    body = body_of(response)
    if response.streaming and not getattr(response, "reads_no_rows", False):
        found.append("streams, so its rows would be read after the wall is down")
    looks_after_accounts = actor == "operator" and path.startswith("/admin/people/user/")
    address = "" if looks_after_accounts else "ada@example.org"
    if actor != "ada" and (CANARY in body or (address and address in body)):
        found.append("shows something of ada's")
    if CANARY in str(headers) or CANARY in path:
        found.append("has a word of ada's in a header or an address")
    return found


def test_an_unknown_address_is_a_page_like_any_other(cast):
    for actor in ACTORS:
        for method in ("GET", "POST", "PUT"):
            response = ask(cast[actor], method, "/there/is/nothing/here/")
            assert response.status_code == 404
            assert complaints(response, actor, "") == []


def test_a_refused_method_is_answered_like_any_other(cast):
    for actor in ACTORS:
        response = ask(cast[actor], "PUT", "/today/")
        assert response.status_code == 405
        assert complaints(response, actor, "") == []
