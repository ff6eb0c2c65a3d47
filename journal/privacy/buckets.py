"""A bucket of a server that speaks S3, or the part of one whose names begin alike. Needs the
package django-storages[s3]; nothing imports this module unless a setting names a bucket."""

from tempfile import SpooledTemporaryFile
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from journal.privacy.sealed_files import folder
from journal.privacy.storage import SPOOL, Answering, asked

IN_MEMORY = 2 * 1024 * 1024  # bytes: a photo
PIECE = 1024 * 1024
GONE = ("NoSuchKey", "404")


class Bucket(Answering, S3Storage):
    OWN_ERRORS = (BotoCoreError, ClientError, HTTPClientError, Boto3Error)

    def _open(self, name: str, mode: str = "rb") -> Any:
        """A nameless copy in the data folder, sealed as it is there: whoever reads it can seek, and
        a connection that is lost is an error here, not in the middle of a ZIP."""
        place = self._normalize_name(name)
        with asked(*self.OWN_ERRORS):
            try:
                body = self.bucket.Object(place).get()["Body"]
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in GONE:
                    raise FileNotFoundError(name) from error
                raise
            copy: Any = SpooledTemporaryFile(IN_MEMORY, dir=str(folder(SPOOL)))  # noqa: SIM115
            for piece in body.iter_chunks(PIECE):
                copy.write(piece)
            copy.seek(0)
        return File(copy, name)
