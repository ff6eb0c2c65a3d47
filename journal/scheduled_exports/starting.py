"""Starts what is due: one indexed query a minute, however many people have a schedule.

A schedule moves to the next day before its export is made, and to its next day of its own once that
is done. So one that fails is tried again a day later, and a machine that slept makes one.
"""

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from journal.people.models import User
from journal.scheduled_exports import tasks
from journal.scheduled_exports.models import ExportSchedule, ScheduledExport

log = logging.getLogger(__name__)


def start_due(now: datetime | None = None) -> int:
    """Runs as the owner of the tables until nothing is due. Returns how many were started."""
    started = 0
    while (done := _start_next(now or timezone.now())) is not None:
        started += done
    return started


def _start_next(now: datetime) -> bool | None:
    """Starts the one that waits longest; None when none is due. Rows that another worker holds are
    left to it."""
    with transaction.atomic():
        rows = ExportSchedule.objects.due(now).select_related("owner")
        schedule = rows.select_for_update(of=("self",), skip_locked=True).first()
        if schedule is None:
            return None
        schedule.plan(schedule.tomorrow(now))
        try:
            with transaction.atomic():
                return _start(schedule.owner)
        except (OperationalError, InterfaceError):
            raise  # the database is gone
        except Exception as error:
            name = type(error).__name__
            log.error("No export was started by %s: %s.", schedule, name, extra={"error": error})
            return False


def _start(person: User) -> bool:
    if not person.is_active or person.deletion_due_at:
        return False
    person.scheduled_exports.failed().delete()
    waiting = person.scheduled_exports.waiting().first()  # of a worker that was ended, say
    export = waiting or ScheduledExport.objects.create(owner=person)
    tasks.enqueue(export)
    return True


def plan_anew(person: User) -> None:
    """By the person's new zone. What is to be tried again stays as it is."""
    exports = person.scheduled_exports
    if exports.failed().exists() or exports.waiting().exists():
        return
    now = timezone.now()
    for schedule in person.export_schedules.running():
        if schedule.next_at and schedule.next_at > now:
            schedule.owner = person
            schedule.plan(schedule.next_after(now))
