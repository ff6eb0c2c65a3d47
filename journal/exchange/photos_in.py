"""The photos that an import brings: each through the same decoder and limits as an upload.

A photo that cannot be read, or for which there is no room, stays in the file, and the import says
so; everything else comes in. The preview opens no photo: it looks at their number and size.
"""

from contextlib import suppress
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from journal.exchange.archive import piece_of
from journal.exchange.exceptions import Damaged
from journal.exchange.readers import Source
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.photos import adding, decoding, files
from journal.photos.decoding import DecoderBusy, PhotoRefused
from journal.photos.models import Photo
from journal.privacy.storage import StorageAway

PATIENCE = 20  # times to wait for others who send photos; each is 3 seconds


class PhotosIn:
    def __init__(self, person: User, source: Source, *, dry: bool) -> None:
        self._person, self._source, self._dry = person, source, dry
        self._stored: list[Photo] = []

    def store(self, photo: Photo) -> None:
        """Completes the row and stores its files, or raises PhotoRefused. The statements before and
        after keep the transaction from idling for long."""
        name = getattr(photo, "file", None)
        size = self._source.size_of(name) if name else None
        if not name or size is None:
            raise PhotoRefused(_("Its file is missing."))
        if size > settings.PHOTO_MAX_BYTES:
            raise PhotoRefused(_("This file is larger than 20 MB."))
        if photo.deleted_at is None:
            photo.position = adding.free_position(photo.entry_id, self._person, photo.position)
        photo.stored_bytes = size
        adding.check_quota(self._person, size)
        if not self._dry:
            self._decode(photo, name)

    def forget(self, photo: Photo) -> None:
        """Its row was not written after all."""
        if not self._dry:
            files.remove(photo)

    def take_back(self) -> None:
        """The rows are rolled back."""
        for photo in self._stored:
            with suppress(OSError, StorageAway):  # what is left, the purge finds
                files.remove(photo)

    def _decode(self, photo: Photo, name: str) -> None:
        try:
            with self._source.opened(name) as file:
                decoded = _patiently(_Member(file))
        except Damaged as error:
            raise PhotoRefused(decoding.SENTENCES[decoding.decoder.DAMAGED]) from error
        photo.width, photo.height = decoded.width, decoded.height
        day = photo.taken_on or decoded.taken_on
        photo.taken_on = day if day and FIRST_DAY <= day <= clock.today(self._person) else None
        adding.check_quota(self._person, sum(map(len, decoded.files.values())))
        self._stored.append(photo)
        files.write(photo, decoded.files)


class _Member:
    """A file of the archive, which raises Damaged where it ends too soon or is not what it was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return piece_of(self._file, size)


def _patiently(file: Any) -> decoding.Decoded:
    for _time in range(PATIENCE):
        with suppress(DecoderBusy):
            return decoding.decode(file)
    return decoding.decode(file)
