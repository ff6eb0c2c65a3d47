"""Answers the steps of any flow, as a browser without JavaScript would."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from django.test import Client

from journal.guide.flow import Flow
from journal.guide.models import Guided

HIDDEN = re.compile(r'<input type="hidden" name="((?!csrf)[a-z]+(?:-\d+)?)" value="([^"]+)"')
IN_A_FLOW = re.compile(r"/(?:step|review)/([\w-]+)/|/new/(?:\?(?:.*&)?step=([\w-]+))?")


def form_on(page: str) -> str:
    """The step's form, and what follows it."""
    return page[page.index('id="step"') :]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the step's form: its new row's id, or the version it was made from."""
    return {name: unescape(value) for name, value in HIDDEN.findall(form_on(page))}


def post(client: Client, address: str, **answers: Any) -> Any:
    """Opens a step and sends its form."""
    page = client.get(address, follow=True).content.decode()
    return client.post(address, {**hidden(page), **answers})


def answer_steps(
    client: Client,
    address: str,
    answers: Mapping[str, Any],
    *,
    first: str = "",
    until: str = "",
    instead: Mapping[str, Any],
    fields: Callable[[str], dict[str, str]] = hidden,
) -> tuple[str, list[str]]:
    """Continues from `address` to the step `until`, or else out of the flow. Returns where that
    led, and the steps on the way.

    `answers` go by the name of the field (a function makes one from the page), whichever step asks
    for it; a step that asks for none of them is sent as it is.
    `instead` holds what to send to a step in their place, under its slug (`if_then` for if-then);
    `first` is the slug of a step whose address names none.
    """
    asked: list[str] = []
    practice = address.split("/")[1]
    while (found := IN_A_FLOW.search(address)) and address.split("/")[1] == practice:
        slug = found[1] or found[2] or (first if not asked else "")
        if until and slug == until:
            break
        asked.append(slug)
        page = client.get(address, follow=True).content.decode()
        sent = instead.get(slug.replace("-", "_"))
        given = answers_for(page, answers) if sent is None else sent
        given = {name: one(page) if callable(one) else one for name, one in given.items()}
        answer = client.post(address, {**fields(page), **given})
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
    return address, asked


def answers_for(page: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    form = form_on(page)
    names = set(re.findall(r'\bname="([^"]+)"', form))
    given = {name: value for name, value in answers.items() if name in names}
    if 'name="do" value="finish"' in form:
        return {**given, "do": "finish"}
    return given


def place_in(flow: Flow, row: Guided) -> str:
    """How lists say how far a draft has come."""
    return "Step {} of {}".format(*flow.place(row))
