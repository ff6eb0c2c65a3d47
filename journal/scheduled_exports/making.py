"""Makes a scheduled export: the ZIP of a full export, encrypted with age as it grows.

pyrage pulls what it encrypts, so the ZIP is written a piece at a time, whenever it asks for more.
Nothing but what it gives back reaches a disk.
"""

from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop, override

from journal.database import errors
from journal.exchange.exceptions import ExportRefused
from journal.exchange.exporting import Writing, one_moment, packed, zipped
from journal.exchange.models import Export
from journal.privacy.rls import acting_as
from journal.privacy.storage import StorageAway
from journal.scheduled_exports import keys, places
from journal.scheduled_exports.models import KEPT, ExportSchedule, ScheduledExport
from journal.webserver.body_limits import has_room

NO_ROOM = gettext_noop("The server’s disk is nearly full.")


def make(export_id: UUID, owner_id: UUID) -> None:
    """Makes an export that is waiting; a second call does nothing."""
    with one_moment(), acting_as(owner_id):
        export = (
            ScheduledExport.objects.waiting()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(pk=export_id)
            .first()
        )
        if export is None:
            return
        export.recipient = export.owner.export_schedules.get().recipient
        with override(export.owner.reads_in):
            write(export)
        export.ready_at = timezone.now()
        export.save()
    settle(owner_id)


def settle(owner_id: UUID) -> None:
    """Plans the next one, and deletes those before the last three with their files. It has a
    transaction of its own: that of the export does not see what the person changed meanwhile."""
    with acting_as(owner_id):
        schedule = ExportSchedule.objects.select_for_update(of=("self",)).get()
        schedule.plan(schedule.next_after(timezone.now()))
        former = list(schedule.owner.scheduled_exports.ready()[KEPT:])
        places.remove_after_commit(former)
        for row in former:
            row.delete()


def write(export: ScheduledExport) -> None:
    if not has_room():
        raise ExportRefused(NO_ROOM)
    everything = Export(owner=export.owner)  # as the page would ask for it; never stored
    try:
        with places.written(export.stored_name) as file:
            stream = Stream(pieces_of(Writing(everything)), file)
            stream.encrypt(export.recipient)
    except (OSError, StorageAway) as error:
        raise ExportRefused(NO_ROOM if errors.is_full(error) else places.NO_ANSWER) from error
    finally:
        everything.progress.forget()
    export.size = stream.size


def pieces_of(writing: Writing) -> Iterator[bytes]:
    held: Any = Held()  # of a file, a ZIP needs no more
    with packed(held, "") as archive:
        for _piece in zipped(archive, writing.files()):
            yield held.taken()
    yield held.taken()


class Held:
    """What was written and not taken yet."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


class Stream:
    """Both ends of an encryption. Keeps the error of either, of which pyrage gives only a text."""

    def __init__(self, pieces: Iterator[bytes], file: IO[bytes]) -> None:
        self._pieces, self._file = pieces, file
        self._left = memoryview(b"")
        self._error: BaseException | None = None
        self.size = 0

    def encrypt(self, recipient: str) -> None:
        import pyrage

        try:
            pyrage.encrypt_io(self, self, [keys.recipient(recipient)])
        except pyrage.EncryptError:
            if self._error is None:
                raise
        if self._error is not None:  # pyrage passes over one of the last bytes in silence
            raise self._error

    def read(self, size: int) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self._error = error
            raise
        taken, self._left = self._left[:size], self._left[size:]
        return bytes(taken)

    def write(self, data: bytes) -> int:
        try:
            self._file.write(data)
        except BaseException as error:
            self._error = error
            raise
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        pass
