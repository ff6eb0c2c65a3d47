"""A restore does not undo the log: what the backup does not have of it goes along."""

from django.db import Error

from journal.audit.models import AuditEvent


def read_events() -> list[AuditEvent]:
    """Of the current database, which may be broken, older or empty."""
    try:
        return list(AuditEvent.objects.order_by("pk"))
    except Error:
        return []


def add(events: list[AuditEvent]) -> None:
    """Adds those that the database does not have, under numbers of its own."""
    known = set(AuditEvent.objects.values_list("at", "what"))
    missing = [event for event in events if (event.at, event.what) not in known]
    for line in missing:
        line.pk = None
    AuditEvent.objects.bulk_create(missing)
