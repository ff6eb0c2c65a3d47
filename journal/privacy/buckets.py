"""A bucket of a server that speaks S3, or the part of one whose names begin alike. Needs the
package django-storages[s3]; nothing imports this module unless a setting names a bucket."""

from tempfile import SpooledTemporaryFile
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.parsers import ResponseParserError
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

from journal.privacy.sealed_files import folder
from journal.privacy.storage import SPOOL, Answering, StoredFile, asked

IN_MEMORY = 2 * 1024 * 1024  # bytes: a photo
PIECE = 1024 * 1024
GONE = "NoSuchKey"  # any other 404 is of a bucket that is not there, or of a proxy


class Bucket(Answering, S3Storage):
    OWN_ERRORS = (
        *(BotoCoreError, ClientError, HTTPClientError, Boto3Error),
        *(ResponseParserError, HTTPError),  # a page of a proxy, TLS that breaks within a body
        RecursionError,  # botocore asks a server that answers all with 301 for its region for ever
    )

    def _open(self, name: str, mode: str = "rb") -> Any:
        """A nameless copy in the data folder, sealed as it is there: whoever reads it can seek, and
        a connection that is lost is an error here, not in the middle of a ZIP."""
        place = self._normalize_name(name)
        with asked(*self.OWN_ERRORS):
            try:
                body = self.bucket.Object(place).get()["Body"]
            except ClientError as error:
                if is_gone(error):
                    raise FileNotFoundError(name) from error
                raise
            copy: Any = SpooledTemporaryFile(IN_MEMORY, dir=str(folder(SPOOL)))  # noqa: SIM115
            for piece in body.iter_chunks(PIECE):
                copy.write(piece)
            copy.seek(0)
        return StoredFile(copy, name)

    def delete(self, name: str) -> None:
        """The library takes each 404 for a file that is gone, and this is what a deletion of an
        account relies on."""
        with asked(*self.OWN_ERRORS):
            try:
                self.bucket.Object(self._normalize_name(name)).delete()
            except ClientError as error:
                if not is_gone(error):
                    raise

    def exists(self, name: str) -> bool:
        """By a list: the answer to a HEAD does not say what is not there."""
        place = self._normalize_name(name)
        with asked(*self.OWN_ERRORS):
            first = self.bucket.objects.filter(Prefix=place).limit(1)
            return any(found.key == place for found in first)


def is_gone(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") == GONE
