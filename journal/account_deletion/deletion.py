"""Deletes an account: the data key first, then everything else.

Without its key none of the person's words can be opened, even while rows remain. Every step may run
again and none needs the one before to be complete, so the next run finishes an interrupted
deletion. A register outside the database keeps a hash of the person's id, so that `reapply` deletes
the account again after a restore.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import psycopg
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.account_deletion import register, register_copy
from journal.database.locks import try_lock
from journal.exchange import tables
from journal.exchange.models import Export, Import
from journal.exchange.summary import NOT_COUNTED
from journal.people import sessions
from journal.people.models import User
from journal.photos import files
from journal.photos.models import Photo
from journal.privacy.models import DataKey
from journal.privacy.ownership import OwnedModel
from journal.privacy.storage import StorageAway, names_in, private
from journal.scheduled_exports import places
from journal.scheduled_exports.models import ScheduledExport
from journal.sharing import consent

log = logging.getLogger(__name__)

TO_THINK_IT_OVER = timedelta(days=7)
BATCH = 500
A_DAY = timedelta(days=1)
LOCK = 0x44656C65  # the first half of the advisory locks that only this module takes


class UnderWay(Exception):
    """Another process is deleting this account. The message is a whole sentence."""


class Deleted(NamedTuple):
    accounts: int
    left: int  # that could not be deleted now, and are tried again (tasks.py)


def items_of(person: User) -> int:
    """The number of rows that a deletion removes, counted as an export counts, in one statement."""
    counts = " + ".join(
        f"(select count(*) from {connection.ops.quote_name(model._meta.db_table)} "  # noqa: S608
        "where owner_id = %(owner)s)"
        for model in tables.tables()
        if model.export_name not in NOT_COUNTED
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select {counts}", {"owner": person.pk})
        return cursor.fetchone()[0]


def ask(person: User, *, at_once: bool) -> datetime:
    """Stores when the deletion is due and ends all sessions. Runs as the owner of the tables."""
    due = timezone.now() + (timedelta() if at_once else TO_THINK_IT_OVER)
    with transaction.atomic():
        person.deletion_due_at = due
        person.is_active = not at_once
        person.save(update_fields=["deletion_due_at", "is_active"])
        end_sessions(person)
    return due


def delete_due() -> Deleted:
    """Deletes all accounts that are due. Runs as the owner of the tables."""
    due = list(User.objects.filter(deletion_due_at__lte=timezone.now()).order_by("pk"))
    left = 0
    for person in due:
        try:
            delete(person)
        except (UnderWay, StorageAway, psycopg.OperationalError) as error:  # Django's errors pass
            left += 1
            log.warning("An account was not deleted now, and is tried again: %s", error)
    return Deleted(len(due) - left, left)


def delete(person: User) -> None:
    """Raises UnderWay, or psycopg's OperationalError where the lock can't be reached."""
    with try_lock(LOCK, str(person.pk)) as nobody_else:
        if not nobody_else:
            raise UnderWay("Another process is deleting it.")
        for step in STEPS:
            step(person)


def reapply() -> int:
    """Where the database is older than the register, after a restore say: deletes every account
    again that is in it. Raises StorageAway."""
    deleted = register.read()
    back = [person for person in User.objects.order_by("pk") if register.mark(person.pk) in deleted]
    for person in back:
        delete(person)
    register.settle()
    return len(back)


def deactivate_account(person: User) -> None:
    """Deactivates the account, so that nobody signs in and cancels the deletion half-way."""
    now = timezone.now()
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_active=False, deletion_due_at=now)
        end_sessions(person)


def delete_key(person: User) -> None:
    DataKey.objects.filter(owner_id=person.pk).delete()


def write_down(person: User) -> None:
    register.add(person.pk)
    register_copy.add(person.pk)


@transaction.atomic
def delete_files(person: User) -> None:
    """Waits for a worker that is writing a file, then deletes the row, so that no worker continues
    it."""
    for model in (Export, Import):
        for row in model.objects.select_for_update().filter(owner=person):
            row.remove_file()
            row.delete()


def delete_photos(person: User) -> None:
    """While their rows still name the files; their content is gone with the key. `delete_rows`
    follows, so an interrupted run finds them again."""
    for photo in Photo.objects.filter(owner=person).only("stored_as").iterator(chunk_size=500):
        files.remove(photo)


def delete_scheduled_exports(person: User) -> None:
    """Their files in the same way, which their key still opens. Waits for a worker that is making
    one, and deletes its row, so that none continues it."""
    with transaction.atomic():
        rows = ScheduledExport.objects.select_for_update(of=("self",)).filter(owner=person)
        places.remove(rows)
        rows.delete()


def delete_tasks(person: User) -> None:
    """Every task has its person's id in its arguments (tasks.py)."""
    DBTaskResult.objects.filter(args_kwargs__args__contains=[str(person.pk)]).delete()


def delete_rows(person: User) -> None:
    """Deletes a few hundred at a time; the database cascades to dependent rows."""
    for model in apps.get_models():
        if issubclass(model, OwnedModel):
            for _batch in batches(model, person):
                pass


def batches(model: type[OwnedModel], person: User) -> Iterator[int]:
    table = connection.ops.quote_name(model._meta.db_table)
    sql = (
        f"delete from {table} where id in "  # noqa: S608 - our own table
        f"(select id from {table} where owner_id = %s order by id limit {BATCH})"
    )
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [person.pk])
            if not cursor.rowcount:
                return
            yield cursor.rowcount


@transaction.atomic
def delete_account(person: User) -> None:
    """Deleting the user cascades to rows of other apps (addresses, user sessions)."""
    end_sessions(person)
    for account in User.objects.filter(pk=person.pk):
        account.delete()


STEPS: tuple[Callable[[User], None], ...] = (
    *(deactivate_account, delete_key, write_down, consent.leave, delete_files, delete_photos),
    *(delete_scheduled_exports, delete_tasks, delete_rows, delete_account),
)


def end_sessions(person: User) -> None:
    """Decodes every session, since the table has no column for the person."""
    keys = [
        session.session_key
        for session in Session.objects.iterator(chunk_size=500)
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    sessions.end(keys)


def orphans() -> Iterator[str]:
    """Files that no row needs, in the private storage: of interrupted uploads, of deleted rows, and
    of jobs that were over while the storage did not answer."""
    yesterday = timezone.now() - A_DAY
    for model, needed in (
        (Export, Export.objects.filter(failed_at=None)),
        (Import, Import.objects.filter(failed_at=None, done_at=None)),
    ):
        known = {str(pk) for pk in needed.values_list("pk", flat=True)}
        for name in names_in(private(), model.FOLDER):
            stored = f"{model.FOLDER}/{name}"
            if (
                name.partition(".")[0] not in known
                and private().get_modified_time(stored) < yesterday
            ):
                yield stored
