"""What a client chooses on the pages of sharing, and what is shared by it."""

from django.http.response import HttpResponseBase
from django.test import Client

from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.privacy.rls import COACH, acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import CoachLink, ConsentEvent, ShareGrant
from journal.sharing.shareable import KINDS
from tests.page import forms_in


def in_force(person: User) -> list[tuple]:
    with acting_as(person):
        rows = ShareGrant.objects.in_force()
        return sorted((one.scope, one.about, one.detail, one.past) for one in rows)


def events(person: User) -> list[str]:
    with acting_as(person):
        return [one.what for one in ConsentEvent.objects.order_by("at", "id")]


def entries_seen_by(coach: User) -> list[str]:
    with acting_as(coach, role=COACH):
        return sorted(one.body for one in Entry.objects.all())


def key(row: OwnedModel) -> str:
    name = next(kind.name for kind in KINDS.values() if kind.model == row._meta.label)
    return f"{name}.{row.pk}"


def save(browser: Client, made: CoachLink, **chosen) -> HttpResponseBase:
    """Looks at it and saves it, as the buttons do."""
    preview = browser.get(f"/sharing/grants/{made.pk}/preview/", chosen)
    form = next(one for one in forms_in(preview) if "/preview/?" in one.action)
    return browser.post(form.action)
