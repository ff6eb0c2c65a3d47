"""An upload handler that seals the file piece by piece as it arrives, so it is never plain on disk.

It handles only the import view's uploads by an authenticated person, and leaves every other upload
to the next handler. Once the form is valid, the file belongs to an `Import` (`SealedUpload.save`);
otherwise the end of the request, or the next purge, deletes it.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.urls import reverse

from journal.exchange.models import Import
from journal.people.models import User
from journal.privacy import storage
from journal.privacy.http import Request
from journal.privacy.storage import NewFile, StorageAway


class SealedUpload(UploadedFile):
    def __init__(self, row: Import, new: NewFile) -> None:
        super().__init__(None, row.name, "application/zip", row.size)
        self.row, self._new = row, new

    def save(self) -> Import:
        """Stores the file and returns its row, which is not stored yet."""
        self._new.keep()
        return self.row

    def close(self) -> None:
        self._new.discard()

    def __bool__(self) -> bool:
        return True


class SealingUploadHandler(FileUploadHandler):
    request: Request
    mine = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        request: Any = self.request
        self.mine = (
            request.path_info == reverse("exchange:import")
            and isinstance(request.user, User)
            and self.field_name == "file"
        )
        if self.mine:
            self.row = Import(owner=request.user, name=(self.file_name or "")[:200])
            self.new = NewFile(storage.private(), self.row.stored_name)
            self.file = self.row.sealed(self.new.file)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.mine:
            return raw_data
        if start + len(raw_data) > settings.IMPORT_MAX_BYTES:
            self.request.sent_too_much = True
            self._forget()
            raise SkipFile
        self._or_forget(self.file.write, raw_data)
        return None

    def file_complete(self, file_size: int) -> SealedUpload | None:
        if not self.mine:
            return None
        self._or_forget(self.file.seal_rest)
        self.mine = False
        self.row.size = file_size
        return SealedUpload(self.row, self.new)

    def upload_interrupted(self) -> None:
        if self.mine:
            self._forget()

    def _or_forget(self, write: Callable[..., object], *data: bytes) -> None:
        """A disk that is full or away leaves nothing, and is said (people/error_views.py)."""
        try:
            write(*data)
        except (OSError, StorageAway):
            self._forget()
            raise

    def _forget(self) -> None:
        self.mine = False
        self.new.discard()
