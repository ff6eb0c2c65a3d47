"""Background tasks of export and import (django-tasks; `manage.py worker`).

The rows hold the state; a task only names a row. Each task locks its row first and returns if
nothing is left to do, so a killed worker loses nothing: the next one enqueues what is unfinished.
turns.py says in which order. Arguments and logged errors contain ids, never words.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override
from django_tasks import task

from journal.database import errors
from journal.exchange import exporting, jobs, turns
from journal.exchange.exceptions import ExportRefused
from journal.exchange.models import Attempt, Export, HasFile, Import
from journal.privacy.rls import OWNER, acting_as
from journal.privacy.storage import StorageAway

log = logging.getLogger(__name__)
MOST_TRIES = 3
AGAIN = timedelta(minutes=1)  # until the storage is asked once more


@task()
def export(export_id: str, owner_id: str) -> None:
    attempt(Export, export_id, owner_id, exporting.make)


@task()
def look_through(import_id: str, owner_id: str) -> None:
    attempt(Import, import_id, owner_id, jobs.look_through)


@task()
def bring_in(import_id: str, owner_id: str) -> None:
    attempt(Import, import_id, owner_id, jobs.bring_in)


def attempt(
    model: type[Attempt], row_id: str, owner_id: str, do: Callable[[UUID, UUID], None]
) -> None:
    """Logs the type and place of an error, since its message could contain words. If the database
    or the storage is unavailable, or another worker was faster, the row does not fail: it still
    waits, or is done."""
    away = False
    try:
        if may_try(model, row_id, owner_id):
            _do(model, row_id, owner_id, do)
    except StorageAway as error:
        away = True
        log.warning("%s %s waits for the storage: %s", model.__name__, row_id, error)
        with acting_as(UUID(owner_id)):  # which was no try
            model.objects.waiting().filter(pk=row_id).update(tries=F("tries") - 1)
    finally:
        enqueue_next(UUID(owner_id), later=away)


def _do(model: type[Attempt], row_id: str, owner_id: str, do: Callable[[UUID, UUID], None]) -> None:
    try:
        do(UUID(row_id), UUID(owner_id))
    except (StorageAway, *errors.AWAY):
        raise
    except ExportRefused as refused:
        fail(model, row_id, owner_id, refused.sentence)
    except MemoryError:
        log.error("%s %s took more memory than a worker has", model.__name__, row_id)
        fail(
            model,
            row_id,
            owner_id,
            gettext_noop("This needs more memory than the server has for it."),
        )
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__)[-3:])
        said = (model.__name__, row_id, type(error).__name__, frames)
        log.error("%s %s failed: %s\n%s", *said, extra={"error": error})
        fail(model, row_id, owner_id)


def may_try(model: type[Attempt], row_id: str, owner_id: str) -> bool:
    """Counts the try in a transaction of its own, so that one that ended with its process counts:
    what kills a worker is not tried for ever."""
    with acting_as(UUID(owner_id)):
        if issubclass(model, HasFile) and turns.is_at_work(UUID(owner_id)):
            return False
        rows = model.objects.waiting().select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(pk=row_id).first()
        if row is None:
            return False
        if row.tries < MOST_TRIES:
            row.tries += 1
            row.save(update_fields=["tries"])
            return True
    log.error("%s %s ended %s workers", model.__name__, row_id, MOST_TRIES)
    fail(model, row_id, owner_id, gettext_noop("This stopped unexpectedly more than once."))
    return False


def fail(model: type[Attempt], row_id: str, owner_id: str, sentence: str = "") -> None:
    """`sentence` is translated here; an empty one means that the fault is ours."""
    with acting_as(UUID(owner_id)):
        for row in model.objects.waiting().filter(pk=row_id):
            with override(row.owner.reads_in):
                row.refusal = gettext(sentence) if sentence else ""
            row.let_go_of_file()
            row.fail()
            row.save()


def enqueue_next(owner_id: UUID, *, later: bool = False) -> None:
    """Gives a person's next job to the queue, if it is its turn, once the transaction commits. It
    runs as the role that may write to its table."""
    with acting_as(None, role=OWNER):
        if row := turns.next_of(owner_id):
            row.progress.forget()
            run_after = timezone.now() + AGAIN if later else None
            queued: Any = _task_of(row).using(queue_name=turns.queue_of(row), run_after=run_after)
            queued.enqueue(str(row.pk), str(row.owner_id))


def _task_of(row: HasFile) -> Any:
    if isinstance(row, Export):
        return export
    return bring_in if isinstance(row, Import) and row.looked_at else look_through


def enqueue_unfinished() -> None:
    """Runs as the owner of the tables."""
    for waiting in (Export.objects.waiting(), Import.objects.waiting()):
        for owner_id in waiting.values_list("owner_id", flat=True).distinct():
            enqueue_next(owner_id)
