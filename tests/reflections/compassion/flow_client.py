"""Walks the flow as a browser without JavaScript would."""

import re

from django.test import Client

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.compassion.models import SelfCompassion
from tests.promises.flow_client import post

ANSWERS = {
    "trigger": {"trigger": "Lost my thread in a meeting"},
    "critic": {"critical_thought": "You always embarrass yourself"},
    "feeling": {"feeling": "ashamed", "intensity_before": "7"},
    "evidence": {"evidence_for": "I paused", "evidence_against": "Two people thanked me"},
    "friend": {"friend_words": "Ana, pausing is human"},
    "shared": {"common_humanity": "Anyone speaking in public"},
    "kinder": {"kinder_thought": "I stumbled and still helped"},
    "kind-action": {"kind_action": "Walk round the block"},
    "letter": {"letter_body": "Dear Ana,\n\nyou were tired."},
    "after": {"intensity_after": "5"},
    "check": {"do": "finish"},
}


def new(mode: str) -> str:
    return f"/self-compassion/new/?mode={mode}"


def walk(
    person: User, client: Client, mode: str = "full", *, until: str = "", **other: dict[str, str]
) -> tuple[SelfCompassion, list[str]]:
    """The whole flow, or up to a step, and the steps that were asked. `other` replaces answers by
    step (`kind_action` for kind-action)."""
    address, asked = new(mode), []
    while True:
        found = re.search(r"/self-compassion/([^/]+)/step/([^/]+)/", address)
        if not found and address != new(mode):
            break  # finished: its own page
        slug = found[2] if found else "trigger"
        if slug == until:
            break
        asked.append(slug)
        answer = post(client, address, **other.get(slug.replace("-", "_"), ANSWERS[slug]))
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
    pk = re.search(r"/self-compassion/([^/]+)/", address)[1]
    with acting_as(person):
        return person.selfcompassions.get(pk=pk), asked


def step_of(moment: SelfCompassion, slug: str) -> str:
    return f"/self-compassion/{moment.pk}/step/{slug}/"
