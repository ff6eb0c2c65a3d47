"""Checks of scheduled exports: how old they are, and whether their files are there."""

from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.operation.health.findings import BAD, LOOK, OK, Finding
from journal.operation.health.rls import ask
from journal.scheduled_exports import places
from journal.scheduled_exports.models import LATE, ExportSchedule, ScheduledExport

TABLE = ExportSchedule._meta.db_table


def scheduled() -> Iterator[Finding]:
    if ask("select to_regclass(%s) is not null", f"public.{TABLE}") != [(True,)]:
        return
    try:
        there = set(places.names_stored())
    except Exception as error:  # each storage raises errors of its own
        text = _("The place of scheduled exports doesn’t answer: %(error)s.")
        yield Finding(BAD, text % {"error": type(error).__name__})
        return
    made = ScheduledExport.objects.ready().only("stored_as")
    if lost := sum(row.stored_name not in there for row in made):
        text = ngettext(
            "%(count)d scheduled export is missing from its place.",
            "%(count)d scheduled exports are missing from their place.",
            lost,
        )
        yield Finding(LOOK, text % {"count": lost})
    yield from _age()


def _age() -> Iterator[Finding]:
    """The newest of each person whose exports are not stopped; the oldest of these is named."""
    now = timezone.now()
    rows = ExportSchedule.objects.running().filter(
        owner__is_active=True, owner__deletion_due_at=None
    )
    rows = rows.annotate(made_at=Max("owner__scheduled_exports__ready_at"))
    ages = [(now - (row.made_at or row.created_at), row.period) for row in rows]
    if not ages:
        return
    late, days = sum(age > period + LATE for age, period in ages), max(ages)[0].days
    counts = {"count": late, "days": days}
    if late:
        text = ngettext(
            "The scheduled exports of %(count)d person are late; the last is %(days)d days old. "
            "Is manage.py worker running, and is there room?",
            "The scheduled exports of %(count)d people are late; the last is up to %(days)d days "
            "old. Is manage.py worker running, and is there room?",
            late,
        )
        yield Finding(LOOK, text % counts)
    else:
        text = _("Scheduled exports are made; nobody’s last one is older than %(days)d days.")
        yield Finding(OK, text % {"days": days + 1})
