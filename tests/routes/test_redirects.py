"""No address takes anyone to another site, whatever the request names as the next page."""

import re
from collections.abc import Iterable
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from journal.people.http import is_local
from journal.people.sessions import LOCKED
from tests.conftest import signed_in
from tests.markup import parse
from tests.page import say_it_again
from tests.routes.addresses import all_addresses, filled
from tests.routes.elsewhere import ELSEWHERE
from tests.routes.table import TABLE
from tests.routes.test_matrix import values_for

pytestmark = pytest.mark.django_db
LEADING = {  # every address of the app that takes `next`; the others are allauth's
    "/accounts/locked/",
    "/language/",
    "/journal/<uuid:pk>/sorted/",
    "/lessons/<uuid:pk>/return/",
    "/lessons/uses/<uuid:pk>/answer/",
    "/promises/<uuid:pk>/add/<slug:part>/decline/",
    "/promises/<uuid:pk>/check-in/",
    "/settings/suggestions/off/",
    "/settings/suggestions/on/",
    "/mistakes/<uuid:pk>/repair/",
    "/mistakes/<uuid:pk>/repair/undo/",
    "/self-compassion/<uuid:pk>/kind-action/",
    "/self-compassion/<uuid:pk>/kind-action/undo/",
    "/sharing/comments/<uuid:pk>/remove/",
    "/sharing/grants/<uuid:pk>/comments/",
    "/sharing/shares/<uuid:pk>/take-back/",
    "/today/visits/<uuid:pk>/let-go/",
}
HERE = "/next-page-canary/"
HOST = "http://testserver"
# One of each kind. What an address asks, `is_local`, is asked about all of them below.
STRANGERS = ("https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example")
STRANGERS += ("javascript:alert(1)",)
NAMES = ("next", "back", "to", "url", "return", "held-to", "redirect", "kept")
HEADERS = ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url", "Refresh")


def ask(client: Client, method: str, path: str, wanted: str, **headers: str) -> HttpResponseBase:
    """The request names the page in every way at once, and leaves nothing behind."""
    given = urlencode(dict.fromkeys(NAMES, wanted))
    here = f"{HOST}{wanted}".encode("unicode_escape").decode()
    headers = {"HX-Current-URL": here, "Referer": here} | headers
    kind, cookies = "application/x-www-form-urlencoded", client.cookies.output(header="", sep=";")
    with transaction.atomic():
        answer = client.generic(
            method, f"{path}?{given}", given, content_type=kind, headers=headers
        )
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)  # signing out would end the walk
    if method == "POST":
        cache.clear()
    return answer


def links_of(answer: HttpResponseBase) -> list[str]:
    """Where the answer leads by itself, and where its links and forms lead; the ones to the page
    itself carry the query of the request."""
    found = [answer[name] for name in HEADERS if name in answer]
    if "html" in answer.get("Content-Type", ""):
        document, _errors = parse(answer.content.decode())
        for element in document.walk():
            found += [element[name] for name in ("href", "action") if name in element.attrs]
    here = answer.wsgi_request.path
    return [link for link in found if urlsplit(link).path not in ("", here) or "Location" in answer]


def next_pages(link: str) -> list[str]:
    """The address, and the one it names as the page after signing in."""
    named = parse_qsl(urlsplit(link).query) if link.startswith("/accounts/") else []
    return [link, *(value for name, value in named if name == "next")]


def leads_away(link: str) -> bool:
    """As browsers read addresses: they drop control characters, and take \\ for /. After our own
    host nothing leads away."""
    pages = [re.sub(r"[\x00-\x20\x7f]", "", one).replace("\\", "/") for one in next_pages(link)]
    return any(
        one.startswith("//") or re.match(r"[a-z][a-z0-9+.-]*:", one, re.IGNORECASE)
        for one in pages
        if ("evil.example" in one or "alert" in one) and not one.startswith(f"{HOST}/")
    )


def walk(ada, addresses: Iterable[str]) -> set[str]:
    """The addresses that lead to the next page; fails where one leads away."""
    client = signed_in(ada)
    say_it_again(client)
    client.raise_request_exception = False
    reached, astray = set(), []
    for address in addresses:
        with transaction.atomic():
            path = filled(address, values_for(address, TABLE[address], ada))
            for method in ("GET", "POST"):
                links = links_of(ask(client, method, path, HERE))
                if not any(HERE in next_pages(link) for link in links):
                    continue  # it takes no notice of the next page
                reached.add(address)
                for wanted in STRANGERS:
                    links = links_of(ask(client, method, path, wanted))
                    astray += [(address, link) for link in links if leads_away(link)]
            transaction.set_rollback(True)
    assert not astray
    return reached


def test_no_stranger_is_local():
    assert is_local(HERE)
    assert not [one for one in (*STRANGERS, *ELSEWHERE) if is_local(one)]


def test_an_address_that_leads_to_the_next_page_stays_here(ada):
    assert walk(ada, LEADING) == LEADING


OURS = {one for one in LEADING if not one.startswith("/accounts/")}


@pytest.mark.long
def test_no_other_address_leads_to_the_next_page(ada):
    reached = walk(ada, all_addresses())
    assert {one for one in reached if not one.startswith("/accounts/")} == OURS


@pytest.mark.parametrize("is_locked", [True, False])
def test_the_page_around_a_part_is_one_of_ours(ada, is_locked):
    """The session ended, or was locked, while a page was open that htmx changes in part."""
    client = signed_in(ada) if is_locked else Client()
    if is_locked:
        session = client.session
        session[LOCKED] = 9e12
        session.save()
    for wanted in (HERE, *ELSEWHERE):
        answer = ask(client, "GET", "/today/", wanted, **{"HX-Request": "true"})
        assert answer.status_code == 204
        [_here, asked] = next_pages(answer["HX-Redirect"])
        assert is_local(asked)
        assert (asked == HERE) == (wanted == HERE)


def test_after_signing_in_people_stay_here(ada):
    with context.request_context(RequestFactory().get("/")):
        assert get_adapter().is_safe_url(HERE)
        assert [url for url in ELSEWHERE if url and get_adapter().is_safe_url(url)] == [
            "evil.example"  # a path beside this page
        ]
