"""Makes a decision and looks back on it, or a part of either, through their flows."""

import re
from datetime import date, timedelta
from typing import Any

from django.test import Client

from journal.decisions.models import Decision
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.flow_client import answer_steps, form_on, hidden
from tests.page import undirected

ANSWERS: dict[str, Any] = {
    "question": "How shall I use Fridays?",
    "area": "work",
    "feelings": "Excited",
    "feeling_intensity": "8",
    "name-1": "Study",
    "name-2": "Freelance",
    "info_have": "The fee",
    "info_missing": "The hours",
    "good_enough": "A call",
    "distance_note": "I would value training",
    "premortem": "Never protected the day",
    "chosen_option": lambda page: option_on(page, "Study"),
    "reasons": "It lasts",
    "honest_yes": "unsure",
    "process_sound_then": "yes",
    "feeling_now": "5",
    "prediction": "Passed by June",
    "prediction_on": (date.today() + timedelta(days=7)).isoformat(),
    "confidence": "70",
}
REVIEW: dict[str, Any] = {
    "process_sound_now": "yes",
    "prediction_result": "no",
    "outcome_quality": "poor",
    "outcome": "No seat left",
    "luck": "A long queue",
    "learned": "You asked the right people",
}
NEW = "/decisions/new/?step=question"
DATES = re.compile(r'<input type="date" name="([a-z_]+)" value="([^"]+)"')


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the step's form, and the days that stand in it."""
    return hidden(page) | dict(DATES.findall(form_on(page)))


def option_on(page: str, name: str) -> str:
    return re.search(rf'value="([0-9a-f-]{{36}})"[^>]*><span[^>]*>{re.escape(name)}<', page)[1]


def post(client: Client, address: str, **answers: Any):
    """Opens a step and sends its form; an option is chosen by its name."""
    page = client.get(address, follow=True).content.decode()
    chosen = answers.get("chosen_option")
    if isinstance(chosen, str) and "-" not in chosen:
        answers["chosen_option"] = option_on(page, chosen)
    return client.post(address, {**fields_of(page), **answers})


def walk(
    person: User, client: Client, *, until: str = "", address: str = NEW, **other: Any
) -> Decision:
    """The whole flow, or up to a step; `other` replaces answers by step (`cool_off` for it)."""
    chosen = other.get("choice", {}).get("chosen_option")
    if isinstance(chosen, str):
        other["choice"]["chosen_option"] = lambda page: option_on(page, chosen)
    address, _asked = answer_steps(
        client, address, ANSWERS, until=until, instead=other, fields=fields_of
    )
    with acting_as(person):
        return person.decisions.get(pk=re.search(r"/decisions/([^/]+)/", address)[1])


def look_back(client: Client, decision: Decision, *, until: str = "", **other: Any) -> str:
    """The review, or up to a step. Returns the address it led to."""
    address = f"/decisions/{decision.pk}/review/process/"
    return answer_steps(client, address, REVIEW, until=until, instead=other, fields=fields_of)[0]


def refused(answer, sentence: str, *typed: str) -> str:
    """The page again, with the sentence and with everything typed. Returns the page."""
    assert answer.status_code == 200
    page = undirected(answer.content.decode())
    assert sentence in page
    for words in typed:
        assert words in page
    return page
