"""Writes down a boundary, or a draft of one, through its flow."""

import re

from django.test import Client

from journal.boundaries.models import Boundary
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.flow_client import answer_steps

NEW = "/boundaries/new/?step=area"
ANSWERS = {
    "area": "work",
    "limit": "No calls after 19:00",
    "why": "Dinner with my son",
    "my_action": "Let it ring; answer at 9:00",
    "risk": "no",
    "facts": "Three calls after nine",
    "impact": "I can't switch off",
    "ask": "Please message instead",
    "benefit": "Clearer answers",
    "repeat_line": "I will answer at nine",
    "flex": "A text is fine",
    "communication": "planned",
    "person_label": "Sam",
    "tell_channel": "call",
}


def walk(person: User, client: Client, *, until: str = "", **other) -> Boundary:
    """The whole flow, or up to a step; `other` replaces answers by step (`my_action` for
    my-action). Follows where each Continue leads, so a private boundary skips the script."""
    address, _asked = answer_steps(client, NEW, ANSWERS, until=until, instead=other)
    pk = re.search(r"/boundaries/([^/]+)/", address)[1]
    with acting_as(person):
        return person.boundaries.get(pk=pk)


def step_of(boundary: Boundary, slug: str) -> str:
    return f"/boundaries/{boundary.pk}/step/{slug}/"
