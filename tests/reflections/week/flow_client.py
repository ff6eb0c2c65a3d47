"""Walks the weekly reflection as a browser without JavaScript would."""

from typing import Any

from django.test import Client

from tests.page import forms_in
from tests.reflections.week.factories import PAGE

ANSWERS: dict[str, dict[str, Any]] = {
    "arrive": {"sentence_of_week": "Crowded, decent"},
    "promises": {"kept_days": "The book lay on the table"},
    "misses": {"easier": "Eat before the call"},
    "boundaries": {"protected": "Wednesday evening"},
    "critic": {"kinder_words": "Still learning"},
    "decisions": {"process": "Asked Jo first"},
    "lessons": {"lesson_helped": "The calendar, on Thursday"},
    "evidence": {"rely_on": "I come back"},
    "next": {"next_choice": "promise", "next_statement": "Walk twice"},
    "check": {"do": "finish"},
}


def step_of(slug: str, week: str = PAGE) -> str:
    return f"{week}step/{slug}/"


def post(client: Client, address: str, **answers: Any) -> Any:
    """Opens a step and sends its form."""
    form = next(one for one in forms_in(client.get(address)) if one.method == "post")
    fields = {k: v for k, v in form.fields.items() if k != "csrfmiddlewaretoken"}
    return client.post(address, {**fields, **answers})


def walk(client: Client, *, until: str = "", week: str = PAGE, **other: Any) -> str:
    """The whole reflection, or up to a step; returns the address it came to."""
    address = step_of("arrive", week)
    while (slug := address.rstrip("/").rsplit("/", 1)[1]) in ANSWERS and slug != until:
        answer = post(client, address, **other.get(slug, ANSWERS[slug]))
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
    return address
