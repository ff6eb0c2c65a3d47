"""Where scheduled exports are: `STORAGES["exports"]`, a folder or a bucket of a server that speaks
S3. What is there is encrypted to its person's key, under names that say neither whose it is nor
what.

A file is there as a whole or not at all. It is written before its row says so and deleted after
its row is gone; what an interruption leaves behind, `orphans` finds for the purge.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from journal.exchange.exceptions import ExportRefused
from journal.privacy.sealed_files import folder, private_file
from journal.scheduled_exports.models import ScheduledExport

YOUNG = timedelta(days=1)  # a file whose row may not be stored yet
# The folder may be the operator's own: nothing else in it is ours.
OURS = re.compile(r"[0-9a-f]{32}\.(age|part)")
NO_ANSWER = gettext_noop("The place where exports are kept didn’t take it.")


def storage() -> Any:
    return storages["exports"]


@contextmanager
def written(name: str) -> Iterator[IO[bytes]]:
    """The file to write to. It gets its name when the block ends, and is gone after an error."""
    place = storage()
    if not isinstance(place, FileSystemStorage):
        with TemporaryFile(dir=folder("scheduled")) as nameless:
            yield nameless
            nameless.seek(0)
            _send(place, name, nameless)
        return
    path = Path(place.path(name))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with private_file(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _send(place: Any, name: str, file: IO[bytes]) -> None:
    try:
        place.save(name, File(file, name))
    except Exception as error:  # each storage raises errors of its own
        raise ExportRefused(NO_ANSWER) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def opened(export: ScheduledExport) -> IO[bytes]:
    """A stream, which holds a piece at a time. Raises OSError for a file that cannot be had."""
    place, name = storage(), export.stored_name
    bucket = getattr(place, "bucket", None)
    if bucket is None:
        return place.open(name)
    try:
        return bucket.Object(name).get()["Body"]
    except Exception as error:
        raise FileNotFoundError from error


def remove(exports: Iterable[ScheduledExport]) -> None:
    """Deletes the files, whether or not they are there."""
    for export in exports:
        storage().delete(export.stored_name)


def remove_after_commit(exports: list[ScheduledExport]) -> None:
    transaction.on_commit(partial(remove, exports), robust=True)


def names_stored() -> list[str]:
    try:
        _folders, names = storage().listdir("")
    except FileNotFoundError:  # none was made yet
        return []
    return [name for name in names if OURS.fullmatch(name)]


def orphans() -> Iterator[str]:
    """The names of files without a row, a day old. Runs as the owner of the tables."""
    before = timezone.now() - YOUNG
    known = {row.stored_name for row in ScheduledExport.objects.only("stored_as")}
    for name in names_stored():
        if name not in known and storage().get_modified_time(name) < before:
            yield name
