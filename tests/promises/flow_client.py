"""Makes a promise, or a draft of one, through its flow."""

import re

from django.test import Client
from django.urls import reverse

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from tests.flow_client import answer_steps

NEW = "/promises/new/?step=promise"
ANSWERS = {
    "statement": "Walk after lunch",
    "why": "Energy for evenings",
    "cadence": "daily",
    "smallest_version": "One lap outside",
    "cue": "I finish lunch",
    "action": "put my shoes on",
    "obstacle": "it rains",
    "coping_response": "climb stairs",
    "reserve_per_month": "2",
    "sure": "8",
}


def walk(person: User, client: Client, *, until: str = "", **other) -> Promise:
    """The whole flow, or up to a step; `other` replaces answers by step (`if_then` for if-then)."""
    address, _asked = answer_steps(client, NEW, ANSWERS, until=until, instead=other)
    with acting_as(person):
        return person.promises.get(pk=re.search(r"/promises/([^/]+)/", address)[1])


def drafts(person: User) -> list[Promise]:
    with acting_as(person):
        return list(person.promises.drafts().order_by("id"))


def reread(promise: Promise) -> Promise:
    with acting_as(promise.owner):
        return Promise.objects.get(pk=promise.pk)


def step_of(promise: Promise, slug: str) -> str:
    return reverse("promises:step", args=[promise.pk, slug])
