"""The photos of an export: their names in the ZIP, and their files.

A photo stands beside the page of its entry, numbered within the day. What is in the bin stands
apart. Each photo is read whole before the archive begins its file, so a file that is lost or
damaged leaves no half of itself, and costs the export nothing else.
"""

import base64
from collections.abc import Iterator
from uuid import UUID

from journal.exchange.export_filters import Rows
from journal.photos import files
from journal.photos.models import Photo
from journal.privacy.keys import SealBroken


class PhotosOut:
    def __init__(self, kept: Rows, *, by_number: bool) -> None:
        """`by_number` numbers the names, so that they do not reveal the day."""
        self._kept, self._by_number = kept, by_number
        self.names: dict[UUID, str] = {}  # of those written so far, by the photo
        self._of_entry: dict[UUID, dict[str, str]] = {}

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The largest size of each, and remembers which there are."""
        day, number = None, 0
        for place, photo in enumerate(self._rows(), start=1):
            data = read(photo, "large")
            on, in_bin = photo.entry.written_on, photo.deleted_at or photo.entry.deleted_at
            number = number + 1 if on == day else 1
            day = on
            if data is None:
                continue
            name = f"photo-{place:05}" if self._by_number else f"{on:%Y/%m/%d}-photo-{number}"
            name = f"bin/{name}.jpg" if in_bin else f"journal/{name}.jpg"
            self.names[photo.pk] = name
            if not in_bin:
                beside = self._of_entry.setdefault(photo.entry_id, {})
                beside[name.rpartition("/")[2]] = photo.description
            yield name, iter([data])

    def beside(self, entry_id: UUID) -> dict[str, str]:
        """The descriptions of an entry's photos, by the files as its page in the same folder names
        them."""
        return self._of_entry.get(entry_id, {})

    def _rows(self) -> Iterator[Photo]:
        """Without opening any words of the entries."""
        own = ("owner_id", "entry", "stored_as", "deleted_at", "description")
        rows = self._kept.rows(Photo).select_related("entry")
        rows = rows.only(*own, "entry__written_on", "entry__deleted_at")
        order = ("entry__written_on", "entry__created_at", "entry", "position", "pk")
        return rows.order_by(*order).iterator(chunk_size=200)


def read(photo: Photo, size: str) -> bytes | None:
    """A whole file, which the decoder keeps small; None if it is gone or damaged."""
    try:
        with files.opened(photo, size) as file:
            return file.read()
    except (FileNotFoundError, SealBroken):
        return None


def data_url(photo: Photo) -> str:
    """For a page without files beside it; empty if the file is gone."""
    data = read(photo, "small")
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}" if data else ""
