"""A coach's browser, and what is on a page of theirs."""

import re
from html import unescape
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client as Browser

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models import Client, CoachLink
from tests.conftest import signed_in
from tests.people.second_steps import showed


def browser_of(coach: User) -> Browser:
    """Signed in, and with a second step shown."""
    return showed(signed_in(coach))


def text_of(answer: HttpResponseBase) -> str:
    """The words of a page, without its markup, navigation and hidden parts."""
    html = answer.content.decode()
    html = re.sub(r"</?bdi>|[\u2068\u2069]", "", html)  # no words, only their direction
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    bare = re.sub(
        r"<(template|svg).*?</\1>|<[^>]+>", " ", main[0] if main else html, flags=re.DOTALL
    )
    return " ".join(unescape(bare).split())


def client_of(link: CoachLink) -> Client:
    """The row on the coach's roster."""
    with acting_as(link.coach_id):
        return Client.objects.get(link_id=link.pk)


def page_of(link: CoachLink, end: str = "") -> str:
    return f"/coach/clients/{client_of(link).pk}/{end}"


def posted(browser: Browser, path: str, **fields: Any) -> HttpResponseBase:
    return browser.post(path, fields)
