"""Walks the boundary flow as a browser without JavaScript would."""

import re

from django.test import Client

from journal.boundaries.models import Boundary
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.promises.flow_client import post

ANSWERS = {
    "area": {"area": "work"},
    "limit": {"limit": "No calls after 19:00"},
    "why": {"why": "Dinner with my son"},
    "my-action": {"my_action": "Let it ring; answer at 9:00"},
    "safety": {"risk": "no"},
    "facts": {"facts": "Three calls after nine"},
    "impact": {"impact": "I can't switch off"},
    "ask": {"ask": "Please message instead"},
    "benefit": {"benefit": "Clearer answers"},
    "if-pushed": {"repeat_line": "I will answer at nine", "flex": "A text is fine"},
    "tell": {"communication": "planned", "person_label": "Sam", "tell_channel": "call"},
    "check": {"do": "finish"},
}


def walk(person: User, client: Client, *, until: str = "", **other) -> Boundary:
    """The whole flow, or up to a step; `other` replaces answers by step (`my_action` for
    my-action). Follows where each Continue leads, so a private boundary skips the script."""
    address = "/boundaries/new/"
    while True:
        found = re.search(r"/boundaries/([^/]+)/step/([^/]+)/", address)
        slug = found[2] if found else "area"
        if not found and address != "/boundaries/new/":
            break  # finished: its own page
        if slug == until:
            break
        answer = post(client, address, **other.get(slug.replace("-", "_"), ANSWERS[slug]))
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
    pk = re.search(r"/boundaries/([^/]+)/", address)[1]
    with acting_as(person):
        return person.boundaries.get(pk=pk)


def step_of(boundary: Boundary, slug: str) -> str:
    return f"/boundaries/{boundary.pk}/step/{slug}/"
