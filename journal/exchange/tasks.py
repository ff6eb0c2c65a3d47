"""What is done in the background, and how to ask for it (django-tasks; `manage.py worker`).

A task is only the bell: what there is to do stands in the rows, and every one of these looks at
its row first, holds it, and does nothing where there is nothing to do. So a worker that was killed
costs nothing: the next one rings for whatever is unfinished. Arguments are ids and never words,
and so is what is kept of an error.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks import task

from journal.account_deletion import deletion
from journal.exchange import exporting, jobs
from journal.exchange.models import Export, HasFile, Import
from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as

log = logging.getLogger(__name__)


@task()
def export(export_id: str, owner_id: str) -> None:
    attempt(Export, export_id, owner_id, exporting.make)


@task()
def look_through(import_id: str, owner_id: str) -> None:
    attempt(Import, import_id, owner_id, jobs.look_through)


@task()
def bring_in(import_id: str, owner_id: str) -> None:
    attempt(Import, import_id, owner_id, jobs.bring_in)


@task()
def delete_due() -> None:
    deletion.delete_due()


def attempt(
    model: type[HasFile], row_id: str, owner_id: str, do: Callable[[UUID, UUID], None]
) -> None:
    """An error is noted by its kind and place: what it says could hold words. Where the database
    is away, or someone else was faster, nothing failed: the row still waits, or is done."""
    try:
        do(UUID(row_id), UUID(owner_id))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__)[-3:])
        log.error("%s %s failed: %s\n%s", model.__name__, row_id, type(error).__name__, frames)
        with acting_as(UUID(owner_id)):
            for row in model.objects.waiting().filter(pk=row_id):  # type: ignore[attr-defined]
                row.remove_file()
                row.fail()
                row.save(update_fields=["failed_at", "passphrase"])


def ask(bell: Any, row: HasFile) -> None:
    """Rings once the transaction is through; the person's role may not touch the list of tasks."""
    with acting_as(None, role=OWNER):
        bell.enqueue(str(row.pk), str(row.owner_id))  # type: ignore[attr-defined]


def ask_to_delete(due: datetime) -> None:
    with acting_as(None, role=OWNER):
        delete_due.using(run_after=due).enqueue()


def carry_on() -> None:
    """Rings for everything unfinished, as the owner of the tables."""
    for waiting in Export.objects.waiting():
        ask(export, waiting)
    for begun in Import.objects.waiting():
        ask(look_through if begun.looked_at is None else bring_in, begun)
    if User.objects.filter(deletion_due_at__lte=timezone.now()).exists():
        delete_due.enqueue()
