"""Goes through a hard moment, or a part of it, in its flow."""

import re
from itertools import takewhile

from django.test import Client

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.compassion.steps import FLOW
from tests.flow_client import answer_steps
from tests.reflections.compassion.factories import make_draft

ANSWERS = {
    "trigger": "Lost my thread in a meeting",
    "critical_thought": "You always embarrass yourself",
    "feeling": "ashamed",
    "intensity_before": "7",
    "evidence_for": "I paused",
    "evidence_against": "Two people thanked me",
    "friend_words": "Ana, pausing is human",
    "common_humanity": "Anyone speaking in public",
    "kinder_thought": "I stumbled and still helped",
    "kind_action": "Walk round the block",
    "letter_body": "Dear Ana,\n\nyou were tired.",
    "intensity_after": "5",
}


def new(mode: str) -> str:
    return f"/self-compassion/new/?mode={mode}"


def walk(
    person: User,
    client: Client,
    mode: str = "full",
    *,
    until: str = "",
    answers: dict[str, str] = ANSWERS,
    **other: dict[str, str],
) -> tuple[SelfCompassion, list[str]]:
    """The whole flow, or up to a step, and the steps that were asked. `other` replaces answers by
    step (`kind_action` for kind-action)."""
    address, asked = answer_steps(
        client, f"{new(mode)}&step=trigger", answers, until=until, instead=other
    )
    pk = re.search(r"/self-compassion/([^/]+)/", address)[1]
    with acting_as(person):
        return person.selfcompassions.get(pk=pk), asked


def draft_at(person: User, slug: str, mode: str = "full") -> SelfCompassion:
    """Answered up to this step, without opening a page."""
    with acting_as(person):
        steps = FLOW.steps_of(SelfCompassion.new_for(person, mode))
    answered = takewhile(lambda step: step.slug != slug, steps)
    names = {name for step in answered for name in step.form._meta.fields}
    answers = {name: answer for name, answer in ANSWERS.items() if name in names}
    return make_draft(person, step=slug, mode=mode, **answers)


def step_of(moment: SelfCompassion, slug: str) -> str:
    return f"/self-compassion/{moment.pk}/step/{slug}/"
