"""Imports a file: first a preview, then all of it or nothing.

The preview runs the import in a transaction and rolls it back, so its counts are exact. Both run as
the person and lock the row of the import.
"""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from journal.exchange import turns
from journal.exchange.exceptions import ImportRefused
from journal.exchange.importer import Bringing
from journal.exchange.models import Import, ImportedRows
from journal.exchange.progress import Phase, Step, Stopped
from journal.exchange.readers import source_of
from journal.exchange.row_reader import RowReader
from journal.exchange.tables import by_label
from journal.exchange.updates import put_back
from journal.people.models import User
from journal.photos import files
from journal.photos.models import Photo
from journal.privacy.rls import acting_as
from journal.privacy.sealed_files import PIECE


def look_through(import_id: UUID, owner_id: UUID) -> None:
    with acting_as(owner_id):
        row = held(import_id, owner_id)
        if row is None or row.looked_at:
            return
        with override(row.owner.reads_in):
            try:
                row.found = plain_json(tried(row))
            except ImportRefused as refused:
                give_up(row, refused)
        row.looked_at, row.tries = timezone.now(), 0
        row.save()
    if row.refusal:
        row.let_go_of_file()
    row.progress.forget()


def plain_json(summary: dict[str, Any]) -> str:
    """It names parts of the file, which may hold half a character."""
    return json.dumps(summary, ensure_ascii=False).encode("utf-8", "replace").decode()


def tried(row: Import) -> dict[str, Any]:
    """The summary of an import that is rolled back."""
    try:
        with brought(row, dry=True) as bringing:
            summary = bringing.summary()
            bringing.steps.end()
            raise _TakenBack(summary)
    except _TakenBack as taken_back:
        return taken_back.summary


class _TakenBack(Exception):
    def __init__(self, summary: dict[str, Any]) -> None:
        super().__init__()
        self.summary = summary


def answer(row: Import, answers: str) -> None:
    """Has the file looked through once more, with other answers. The caller locks the row."""
    row.answers, row.looked_at, row.tries = answers, None, 0
    row.save(update_fields=["answers", "looked_at", "tries"])


def bring_in(import_id: UUID, owner_id: UUID) -> None:
    with acting_as(owner_id):
        row = held(import_id, owner_id)
        if row is None or not row.begun_at or row.done_at:
            return
        with override(row.owner.reads_in):
            try:
                with brought(row) as bringing:
                    remember(row, bringing)
                    row.progress.stop_if_asked()
            except ImportRefused as refused:  # the journal changed since the preview
                give_up(row, refused)
            else:
                row.found = plain_json(bringing.summary())
                row.done_at, row.passphrase = timezone.now(), ""
        row.save()
    row.let_go_of_file()


def give_up(row: Import, refused: ImportRefused) -> None:
    row.refusal = refused.sentence[:1000]
    row.fail()


def stop(row: Import) -> None:
    """Stops the import. The caller locks its row, so no import is running: all rows exist or
    none."""
    if row.done_at:
        undo(row)
    elif row.begun_at and not row.failed_at:
        give_up(row, Stopped())
        row.save()
    row.let_go_of_file()


def held(import_id: UUID, owner_id: UUID) -> Import | None:
    if not turns.begin(owner_id):
        return None
    rows = Import.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(pk=import_id, failed_at=None).first()


@contextmanager
def brought(row: Import, *, dry: bool = False) -> Iterator[Bringing]:
    """All rows of the file, in a transaction. An error takes back the files of photos too."""
    person: User = row.owner
    row.progress.write(Step(Phase.READING, 0))
    sealed = row.opened()
    with io.BufferedReader(sealed, PIECE) as file:
        source = source_of(
            file, sealed.size, person, row.passphrase, name=row.name, answers=row.answers
        )
        keep_both = row.keeps_both_since is not None
        bringing = Bringing(
            person, source, row.progress, lambda: sealed.part_read, keep_both=keep_both, dry=dry
        )
        try:
            with transaction.atomic():
                bringing.run()
                yield bringing
            bringing.steps.end()
        except BaseException:
            bringing.photos.take_back()
            raise


def remember(row: Import, bringing: Bringing) -> None:
    """Stores which rows the import made, so that `undo` can delete them."""
    for label, ids in bringing.made.items():
        for start in range(0, len(ids), 500):
            ImportedRows.objects.create(
                owner=row.owner, brought_by=row, table=label, ids=ids[start : start + 500]
            )
    for label, before in bringing.updates.before.items():
        for start in range(0, len(before), 20):
            held = json.dumps(before[start : start + 20], ensure_ascii=False)
            ImportedRows.objects.create(
                owner=row.owner, brought_by=row, table=label, ids=[], rows_before=held
            )


def undo(row: Import) -> int:
    """Deletes the imported rows and all that depend on them, in one transaction. The caller locks
    the row.

    It deletes in the order of creation, so that deleting a decision cascades to its parts; the
    triggers that protect a decided decision allow the cascade only.
    """
    if not row.can_be_undone:
        return 0
    gone = 0
    photos: list[Photo] = []
    reader = RowReader(row.owner_id, {}, set())
    for part in row.rows.order_by("pk"):
        if part.rows_before:
            put_back(part.table, json.loads(part.rows_before), reader)
            continue
        lost = Photo.objects.filter(Q(pk__in=part.ids) | Q(entry__in=part.ids))
        photos += lost.only("stored_as")
        gone += (
            by_label()[part.table]
            ._base_manager.filter(pk__in=part.ids)
            ._raw_delete(using="default")
        )
    files.remove_after_commit(photos)
    row.rows.all().delete()
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    return gone
