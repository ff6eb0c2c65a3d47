"""SELFTRUST_PHOTOS_URL as a storage of Django's; CannotStart on anything that would be ignored.

Without it, photos are in a folder that only the app's system user may enter.
"""

import importlib.util
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from journal.embedded.errors import CannotStart

PLAINLY = "SELFTRUST_PHOTOS_URL has to look like s3://key:secret@host/bucket?region=name"
WAIT = 5  # seconds, for each answer
TRIES = 2


def storage_of(url: str, folder: Path) -> dict[str, Any]:
    if url:
        return _bucket(url)
    modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "BACKEND": "journal.photos.files.FolderStorage",
        "OPTIONS": {"location": folder, **modes},
    }


def _bucket(url: str) -> dict[str, Any]:
    """`http` in place of TLS is for a server on the same machine: `?region=name&tls=no`."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    bucket = parts.path.strip("/")
    is_whole = parts.scheme == "s3" and parts.username and parts.password and parts.hostname
    if not is_whole or not bucket or "/" in bucket or set(asked) - {"region", "tls"}:
        raise CannotStart(f"{PLAINLY}.")
    if importlib.util.find_spec("storages") is None or importlib.util.find_spec("boto3") is None:
        raise CannotStart(
            "SELFTRUST_PHOTOS_URL needs a package: pip install 'django-storages[s3]'."
        )
    from botocore.config import Config

    place = f"{parts.hostname}{f':{parts.port}' if parts.port else ''}"
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": bucket,
            "endpoint_url": f"{'http' if asked.get('tls') == 'no' else 'https'}://{place}",
            "region_name": asked.get("region"),
            "file_overwrite": True,  # names are random: asking whether one is free tells nothing
            "client_config": Config(
                connect_timeout=WAIT,
                read_timeout=WAIT,
                retries={"total_max_attempts": TRIES},
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
            ),
        },
    }
