"""Looks at a mistake, or a part of it, through its flow."""

import re

from django.test import Client

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.mistakes.models import Mistake
from tests.flow_client import answer_steps

NEW = "/mistakes/new/"
ANSWERS = {
    "expected": "To call at six",
    "what_happened": "I forgot\nuntil nine",
    "occurred_on": "2026-03-02",
    "intensity_before": "6",
    "conditions": "Long shift, no reminder",
    "my_part": "Relied on memory",
    "not_mine": "The changed time",
    "repair": "Apologise",
    "forgiveness_note": "I can stop replaying it",
    "if_situation": "I promise a call",
    "then_action": "set an alarm",
    "areas": ["family"],
    "title": "Forgot the call",
}
OPTIONAL = ("feeling", "conditions", "my_part", "not_mine", "repair", "forgive")
SKIPPED = {slug: {} for slug in OPTIONAL}


def walk(person: User, client: Client, *, start: str = NEW, until: str = "", **other) -> Mistake:
    """The whole flow, or up to a step; `other` replaces answers by step (`my_part` for my-part)."""
    address, _asked = answer_steps(
        client, start, ANSWERS, first="event", until=until, instead=other
    )
    with acting_as(person):
        return person.mistakes.get(pk=re.search(r"/mistakes/([^/]+)/", address)[1])


def step_of(mistake: Mistake, slug: str) -> str:
    return f"/mistakes/{mistake.pk}/step/{slug}/"


def all_of(person: User) -> list[Mistake]:
    with acting_as(person):
        return list(person.mistakes.live())
