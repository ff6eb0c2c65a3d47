"""An upload handler for photos, which wait in encrypted temporary files until they are decoded: one
photo is larger than a worker should hold ten times, and none may lie plain on the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import resolve

from journal.people.models import User
from journal.webserver.spool import SealedFile

FIELD = "photos"
VIEW = "photos:entry"


class PhotoUpload(UploadedFile):
    """`is_too_large`: the file has only as much as one may send."""

    def __init__(self, file: Any, name: str | None, size: int) -> None:
        super().__init__(file, name, size=size)
        self.is_too_large = size > settings.PHOTO_MAX_BYTES


class PhotoUploadHandler(FileUploadHandler):
    mine = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        request: Any = self.request
        self.mine = (
            self.field_name == FIELD
            and isinstance(request.user, User)
            and resolve(request.path_info).view_name == VIEW
        )
        if self.mine:
            folder = settings.DATA_DIR / "spool"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.file = SealedFile(folder)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.mine:
            return raw_data
        if start + len(raw_data) <= settings.PHOTO_MAX_BYTES:
            self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> PhotoUpload | None:
        if not self.mine:
            return None
        self.mine = False
        self.file.seek(0)
        return PhotoUpload(self.file, self.file_name, file_size)

    def upload_interrupted(self) -> None:
        if self.mine:
            self.file.close()
