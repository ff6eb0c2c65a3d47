"""Goes through the weekly reflection, or a part of it, in its flow."""

from typing import Any

from django.test import Client

from tests.flow_client import answer_steps
from tests.page import forms_on
from tests.reflections.week.factories import PAGE

ANSWERS: dict[str, Any] = {
    "sentence_of_week": "Crowded, decent",
    "kept_days": "The book lay on the table",
    "easier": "Eat before the call",
    "rely_on": "I come back",
    "next_statement": "Walk twice",
}


def step_of(slug: str, week: str = PAGE) -> str:
    return f"{week}step/{slug}/"


def fields_of(page: str) -> dict[str, str]:
    form = next(one for one in forms_on("", page) if one.method == "post")
    return {name: given for name, given in form.fields.items() if name != "csrfmiddlewaretoken"}


def post(client: Client, address: str, **answers: Any) -> Any:
    """Opens a step and sends its form."""
    page = client.get(address).content.decode()
    return client.post(address, {**fields_of(page), **answers})


def walk(client: Client, *, until: str = "", week: str = PAGE, **other: Any) -> str:
    """The whole reflection, or up to a step; returns the address it came to."""
    start = step_of("arrive", week)
    return answer_steps(client, start, ANSWERS, until=until, instead=other, fields=fields_of)[0]
