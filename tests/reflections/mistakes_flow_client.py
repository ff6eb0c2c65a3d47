"""Walks the mistake flow as a browser without JavaScript would."""

import re

from django.test import Client

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.mistakes.models import Mistake
from tests.promises.flow_client import post

NEW = "/mistakes/new/"
ANSWERS: dict[str, dict] = {
    "event": {
        "expected": "To call at six",
        "what_happened": "I forgot\nuntil nine",
        "occurred_on": "2026-03-02",
    },
    "feeling": {"intensity_before": "6"},
    "conditions": {"conditions": "Long shift, no reminder"},
    "my-part": {"my_part": "Relied on memory"},
    "not-mine": {"not_mine": "The changed time"},
    "repair": {"repair": "Apologise"},
    "forgive": {"forgiveness_note": "I can stop replaying it"},
    "lesson": {"if_situation": "I promise a call", "then_action": "set an alarm"},
    "apply": {"areas": ["family"]},
    "check": {"title": "Forgot the call", "do": "finish"},
}
OPTIONAL = ("feeling", "conditions", "my_part", "not_mine", "repair", "forgive")
SKIPPED = {slug: {"do": "skip"} for slug in OPTIONAL}


def walk(person: User, client: Client, *, start: str = NEW, until: str = "", **other) -> Mistake:
    """The whole flow, or up to a step; `other` replaces answers by step (`my_part` for my-part)."""
    address = start
    for slug, answers in ANSWERS.items():
        if slug == until:
            break
        answer = post(client, address, **other.get(slug.replace("-", "_"), answers))
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
    with acting_as(person):
        return person.mistakes.get(pk=re.search(r"/mistakes/([^/]+)/", address)[1])


def step_of(mistake: Mistake, slug: str) -> str:
    return f"/mistakes/{mistake.pk}/step/{slug}/"


def all_of(person: User) -> list[Mistake]:
    with acting_as(person):
        return list(person.mistakes.live())
