"""An upload handler for photos that another app shares without the service worker: they are too
large for a form and stored nowhere, so each is thrown away as it arrives. Its name stays, for the
page to say what is missing."""

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import reverse


class SharedPhotoHandler(FileUploadHandler):
    mine = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        request: Any = self.request
        self.mine = request.path_info == reverse("capture:share")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if self.mine else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return UploadedFile(io.BytesIO(), self.file_name, size=0) if self.mine else None
