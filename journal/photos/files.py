"""The files of a photo in `STORAGES["photos"]`: a folder, or a bucket of a server that speaks S3.

Either holds the same sealed bytes, under names that say neither whose they are nor which belong
together. Files are written before their row and deleted after it, so a row always has its files;
what an interruption leaves behind, `orphans` finds for the purge.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from journal.photos.models import Photo
from journal.privacy.keys import data_key
from journal.privacy.sealed_files import SealedReader, seal
from journal.privacy.storage import names_in

OURS = re.compile(r"[0-9a-f]{32}")
YOUNG = timedelta(days=1)  # a file whose row may not be stored yet


def storage() -> Any:
    return storages["photos"]


def write(photo: Photo, files: dict[str, bytes]) -> None:
    """Seals and stores each size, and counts the bytes in `photo.stored_bytes`."""
    cipher = data_key(photo.owner_id, make=True)
    photo.stored_bytes = 0
    for size, data in files.items():
        file_id = photo.file_id(size)
        sealed = seal(data, cipher, photo.owner_id, file_id)
        storage().save(file_id.hex, ContentFile(sealed))
        photo.stored_bytes += len(sealed)


def opened(photo: Photo, size: str) -> SealedReader:
    """Raises FileNotFoundError for a file that is gone, StorageAway if nobody can say."""
    file_id = photo.file_id(size)
    file = storage().open(file_id.hex)
    return SealedReader(file, data_key(photo.owner_id), photo.owner_id, file_id)


def remove(photo: Photo) -> None:
    """Deletes the files of a photo, whether or not they are there."""
    _delete(photo.names())


def remove_after_commit(photos: Iterable[Photo]) -> None:
    """Deletes the files of rows that this transaction deletes. The purge finds what a crash or a
    storage that does not answer leaves behind."""
    names = [name for photo in photos for name in photo.names()]
    if names:
        transaction.on_commit(partial(_delete, names), robust=True)


def _delete(names: list[str]) -> None:
    for name in names:
        storage().delete(name)


def names_stored() -> list[str]:
    return [name for name in names_in(storage()) if OURS.fullmatch(name)]


def orphans() -> Iterator[str]:
    """The names of files without a row, of interrupted uploads or of rows that are gone. Runs as
    the owner of the tables."""
    before = timezone.now() - YOUNG
    rows = Photo.objects.only("stored_as").iterator(chunk_size=2000)
    known = {name for photo in rows for name in photo.names()}
    for name in names_stored():
        if name not in known and storage().get_modified_time(name) < before:
            yield name
