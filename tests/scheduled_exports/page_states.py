"""Each state of the page, made without a worker: only what it shows is there."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.scheduled_exports.models import ExportSchedule, ScheduledExport

PAGE = "/settings/export/scheduled/"
KEY = "age1fw6vck8kj0t2zq0q87tc5tmlh8kaepk99xpd6r6n0vlrtu6m0g3qr2mwvw"


def make_schedule(person: User, **fields: Any) -> ExportSchedule:
    """One that is due on some day to come, unless it says otherwise."""
    if "stopped_at" not in fields:
        fields.setdefault("next_at", timezone.now() + timedelta(days=3))
    with acting_as(person):
        return ExportSchedule.objects.create(owner=person, **{"recipient": KEY, **fields})


def make_scheduled_export(person: User, **fields: Any) -> ScheduledExport:
    made = {"ready_at": timezone.now(), "size": 2_100_000, "recipient": KEY}
    with acting_as(person):
        return ScheduledExport.objects.create(owner=person, **{**made, **fields})


def running(ada: User) -> str:
    make_schedule(ada)
    for week in range(3):
        make_scheduled_export(ada, ready_at=timezone.now() - timedelta(weeks=week))
    return PAGE


def under_way(ada: User) -> str:
    make_schedule(ada, rhythm="monthly")
    make_scheduled_export(ada, ready_at=None, size=None)
    return PAGE


def failed(ada: User) -> str:
    make_schedule(ada)
    refusal = "The server’s disk is nearly full."
    make_scheduled_export(ada, ready_at=None, size=None, failed_at=timezone.now(), refusal=refusal)
    make_scheduled_export(ada, ready_at=timezone.now() - timedelta(weeks=1))
    return PAGE


def failed_on_the_export_page(ada: User) -> str:
    failed(ada)
    return "/settings/export/"


def stopped(ada: User) -> str:
    make_schedule(ada, stopped_at=timezone.now())
    make_scheduled_export(ada)
    return PAGE
