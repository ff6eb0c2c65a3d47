"""Walks the promise flow as a browser without JavaScript would: reads a form, fills it, posts."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Promise

NEW = "/promises/new/?step=promise"
ANSWERS = {
    "list": {"lines": "Walk after lunch"},
    "promise": {"statement": "Walk after lunch"},
    "why": {"why": "Energy for evenings"},
    "rhythm": {"cadence": "daily"},
    "smallest": {"smallest_version": "One lap outside"},
    "if-then": {"cue": "I finish lunch", "action": "put my shoes on"},
    "obstacle": {"obstacle": "it rains", "coping_response": "climb stairs"},
    "spare-days": {"reserve_per_month": "2"},
    "check": {"do": "finish", "sure": "8"},
}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the step's form: its new row's id, or the version it was made from."""
    form = page[page.index('id="step"') :]
    found = re.findall(r'<input type="hidden" name="(id|version)" value="([^"]+)"', form)
    return {name: unescape(value) for name, value in found}


def post(client: Client, address: str, **answers):
    """Opens a step and sends its form."""
    page = client.get(address).content.decode()
    return client.post(address, {**hidden(page), **answers})


def walk(person: User, client: Client, *, until: str = "", **other) -> Promise:
    """The whole flow, or up to a step; a step without an answer is skipped.

    `other` replaces answers by step (`if_then` for if-then)."""
    address, slug = NEW, "promise"
    while slug != until:
        given = other.get(slug.replace("-", "_"), ANSWERS.get(slug, {"do": "skip"}))
        answer = post(client, address, **given)
        assert answer.status_code == 302, answer.content.decode()
        address = answer.url
        _before, is_step, slug = address.partition("/step/")
        if not is_step:
            break
        slug = slug.strip("/")
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
