"""Where scheduled exports are: `STORAGES["exports"]`, a folder or a bucket of a server that speaks
S3. What is there is encrypted to its person's key, under names that say neither whose it is nor
what.

A file is there as a whole or not at all. It is written before its row says so and deleted after
its row is gone; what an interruption leaves behind, `orphans` finds for the purge.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import IO, Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from journal.privacy.storage import names_in
from journal.privacy.storage import written as written_to
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
    with written_to(storage(), name) as file:
        yield file


def opened(export: ScheduledExport) -> IO[bytes]:
    """Raises FileNotFoundError or StorageAway for a file that cannot be had."""
    return storage().open(export.stored_name)


def remove(exports: Iterable[ScheduledExport]) -> None:
    """Deletes the files, whether or not they are there."""
    for export in exports:
        storage().delete(export.stored_name)


def remove_after_commit(exports: list[ScheduledExport]) -> None:
    transaction.on_commit(partial(remove, exports), robust=True)


def names_stored() -> list[str]:
    return [name for name in names_in(storage()) if OURS.fullmatch(name)]


def orphans() -> Iterator[str]:
    """The names of files without a row, a day old. Runs as the owner of the tables."""
    before = timezone.now() - YOUNG
    known = {row.stored_name for row in ScheduledExport.objects.only("stored_as")}
    for name in names_stored():
        if name not in known and storage().get_modified_time(name) < before:
            yield name
