"""The background task of scheduled exports, tried and given up as all exports are
(journal/exchange/tasks.py).

It takes no turn: it reads one moment of the journal and writes rows of its own, so it waits for no
job of the same person. Its queue is that of large jobs.
"""

from django_tasks import task

from journal.exchange import tasks as exchange_tasks
from journal.exchange import turns
from journal.privacy.rls import OWNER, acting_as
from journal.scheduled_exports import making
from journal.scheduled_exports.models import ScheduledExport


@task()
def make(export_id: str, owner_id: str) -> None:
    exchange_tasks.attempt(ScheduledExport, export_id, owner_id, making.make)


def enqueue(export: ScheduledExport) -> None:
    with acting_as(None, role=OWNER):
        make.using(queue_name=turns.LARGE).enqueue(str(export.pk), str(export.owner_id))


def enqueue_unfinished() -> None:
    """Runs as the owner of the tables."""
    for waiting in ScheduledExport.objects.waiting():
        enqueue(waiting)
