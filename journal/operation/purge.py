"""Deletes rows for good after 30 days in the trash, and everything else that has expired.

The purge covers every owned table without a list. It also deletes ended sessions with their
addresses and browsers, expired rate limit counts, exports and imports with their files, mails that
were not sent, finished tasks, former clients of coaches with the notes, and accounts whose deletion
is due. It deletes rows in batches, each in its own transaction, so an interrupted purge can simply
run again.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.access_tokens.models import AccessToken
from journal.account_deletion import deletion, register, tasks
from journal.exchange.models import Export, Import
from journal.mail.models import OutboxMessage
from journal.people.models import SharedValue
from journal.photos import files
from journal.privacy.ownership import OwnedModel
from journal.privacy.storage import StorageAway, private
from journal.push.models import PushMessage
from journal.reflections.entries.models import EarlierVersion, Tag
from journal.reminders.models import SentReminder
from journal.scheduled_exports import places
from journal.search.models import Search
from journal.sharing.models import Client

TRASH_KEPT_FOR = timedelta(days=30)
A_DAY = timedelta(days=1)  # allauth stores its row of a new session before the session itself
BATCH = 500
ACCOUNTS = "user"
log = logging.getLogger(__name__)


def purge() -> dict[str, int]:
    """Runs as the owner of the tables, past the wall. Returns the deleted rows of each model."""
    gone: dict[str, int] = {}
    _reapply_if_older()
    if accounts := tasks.delete_what_is_due():
        gone[ACCOUNTS] = accounts
    for kept in (Export.objects.over(), Import.objects.over()):
        for row in kept:
            row.let_go_of_file()
    for rows in outdated():
        count = sum(delete_in_batches(rows))
        if count:
            gone[rows.model._meta.model_name] = gone.get(rows.model._meta.model_name, 0) + count
    delete_orphans(private(), deletion.orphans)
    delete_orphans(files.storage(), files.orphans)
    delete_orphans(places.storage(), places.orphans)
    return gone


def _reapply_if_older() -> None:
    """Where the database went back in time by other means than `restore`."""
    try:
        if not register.stored() <= register.in_database():
            deletion.reapply()
    except (StorageAway, deletion.UnderWay) as error:
        log.error("The register of deleted accounts waits for the next purge: %s", error)


def delete_orphans(place: Any, orphans: Callable[[], Iterator[str]]) -> None:
    try:
        for name in orphans():
            place.delete(name)
    except StorageAway as error:
        log.error("Files that no row needs stay until the next purge: %s", error)


def outdated() -> Iterator[QuerySet[Any]]:
    before = timezone.now() - TRASH_KEPT_FOR
    for model in apps.get_models():
        if issubclass(model, OwnedModel):
            yield model._base_manager.filter(deleted_at__lt=before)
    yield Export.objects.over()
    yield Import.objects.over()
    yield OutboxMessage.objects.over()
    yield DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - A_DAY)
    yield EarlierVersion.objects.outdated()
    yield Client.objects.to_forget()
    yield Tag.objects.unused().filter(updated_at__lt=before)
    yield SentReminder.objects.outdated()
    yield PushMessage.objects.over()
    yield Search.objects.outdated()
    yield SharedValue.objects.filter(expires_at__lt=timezone.now())
    yield AccessToken.objects.filter(expires_at__lt=timezone.now())
    yield Session.objects.filter(expire_date__lt=timezone.now())
    session = Session.objects.filter(session_key=OuterRef("session_key"))
    # PostgreSQL would go through a list of all sessions for each row.
    yield UserSession.objects.filter(~Exists(session), created_at__lt=timezone.now() - A_DAY)


def delete_in_batches(rows: QuerySet[Any]) -> Iterator[int]:
    """Yields the size of each deleted batch. Of owned rows, the database deletes what depends on
    them, by the owner's indexes; Django would look for it in whole tables."""
    is_owned = issubclass(rows.model, OwnedModel)
    while True:
        with transaction.atomic():
            ids = list(rows.order_by().values_list("pk", flat=True)[:BATCH])
            gone = rows.filter(pk__in=ids)  # filters again, since a row may have been restored
            gone._raw_delete(rows.db) if is_owned else gone.delete()
        if not ids:
            return
        yield len(ids)
