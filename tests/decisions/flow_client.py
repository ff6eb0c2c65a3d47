"""Walks the decision flows as a browser without JavaScript would: reads a form, fills it, posts."""

import re
from html import unescape
from typing import Any

from django.test import Client

from journal.decisions.models import Decision
from journal.people.models import User
from journal.privacy.rls import acting_as

ANSWERS: dict[str, dict[str, Any]] = {
    "question": {"question": "How shall I use Fridays?", "area": "work"},
    "values": {"do": "skip"},
    "state": {"feelings": "Excited", "feeling_intensity": "8"},
    "options": {"name-1": "Study", "name-2": "Freelance"},
    "weigh": {},
    "information": {"info_have": "The fee", "info_missing": "The hours", "good_enough": "A call"},
    "distance": {"distance_note": "I would value training"},
    "premortem": {"premortem": "Never protected the day"},
    "cool-off": {"do": "skip"},
    "choice": {"chosen_option": "Study", "reasons": "It lasts"},
    "prediction": {"prediction": "Passed by June", "confidence": "70"},
    "review-date": {},
    "check": {"do": "finish", "process_sound_then": "yes"},
}
REVIEW: dict[str, dict[str, Any]] = {
    "process": {"process_sound_now": "yes"},
    "prediction": {"prediction_result": "no"},
    "outcome": {"outcome_quality": "poor", "outcome": "No seat left", "luck": "A long queue"},
    "lesson": {"learned": "You asked the right people"},
    "check": {"do": "finish"},
}
HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+(?:-\d+)?)" value="([^"]+)"')
DATES = re.compile(r'<input type="date" name="([a-z_]+)" value="([^"]+)"')


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the step's form, and the days that stand in it."""
    form = page[page.index('id="step"') :]
    found = [one for one in HIDDEN.findall(form) if one[0] != "csrfmiddlewaretoken"]
    return {name: unescape(value) for name, value in [*found, *DATES.findall(form)]}


def post(client: Client, address: str, **answers: Any):
    """Opens a step and sends its form; an option is chosen by its name."""
    page = client.get(address).content.decode()
    chosen = answers.get("chosen_option")
    if isinstance(chosen, str) and "-" not in chosen:
        label = rf'value="([0-9a-f-]{{36}})"[^>]*><span[^>]*>{re.escape(chosen)}<'
        answers["chosen_option"] = re.search(label, page)[1]
    return client.post(address, {**fields_of(page), **answers})


def walk(
    person: User, client: Client, *, until: str = "", address: str = "/decisions/new/", **other: Any
) -> Decision:
    """The whole flow, or up to a step; `other` replaces answers by step (`cool_off` for it)."""
    for slug, answers in ANSWERS.items():
        if slug == until:
            break
        given = other.get(slug.replace("-", "_"), answers)
        answer = post(client, address, **given)
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
    with acting_as(person):
        return person.decisions.get(pk=re.search(r"/decisions/([^/]+)/", address)[1])


def look_back(client: Client, decision: Decision, *, until: str = "", **other: Any) -> str:
    """The review, or up to a step. Returns the address it led to."""
    address = f"/decisions/{decision.pk}/review/process/"
    for slug, answers in REVIEW.items():
        if slug == until:
            break
        if slug == "prediction" and not decision.prediction:
            continue
        answer = post(client, address, **other.get(slug, answers))
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
    return address


def refused(answer, sentence: str, *typed: str) -> str:
    """The page again, with the sentence and with everything typed. Returns the page."""
    assert answer.status_code == 200
    page = answer.content.decode()
    assert sentence in page
    for words in typed:
        assert words in page
    return page
