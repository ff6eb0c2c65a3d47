"""SELFTRUST_STORAGE_URL, SELFTRUST_PHOTOS_URL and SELFTRUST_EXPORTS_URL as storages of Django's;
CannotStart on anything that would be ignored.

Without the setting, the files are in a folder that only the app's system user may enter.
docs/design/storage.md says what is where.
"""

import importlib.util
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart

SHARED = "SELFTRUST_STORAGE_URL"
PLAINLY = "{name} has to look like s3://key:secret@host/bucket?region=name."
WAIT = 5  # seconds, for each answer
TRIES = 2


def storages(env: Environment, data_folder: Path) -> dict[str, dict[str, Any]]:
    """The data folder, or one bucket for all that several machines have to share; photos and
    scheduled exports can be elsewhere. Each is tidied by itself, so whatever something else keeps
    there would be deleted."""
    own = data_folder / "scheduled"
    folder = Path(env("SELFTRUST_EXPORTS_DIR", str(own))).resolve()
    if folder != own and folder.is_relative_to(data_folder):
        raise CannotStart("SELFTRUST_EXPORTS_DIR has to be outside of the data folder, or empty.")
    shared = env(SHARED)
    private = storage_of(shared, data_folder, SHARED)
    if not shared:
        private["BACKEND"] = "journal.privacy.storage.DataFolder"
    found = {"private": private}
    for name, setting, path in (
        ("photos", "SELFTRUST_PHOTOS_URL", data_folder / "photos"),
        ("exports", "SELFTRUST_EXPORTS_URL", folder),
    ):
        if shared and not env(setting) and path.is_relative_to(data_folder):
            found[name] = storage_of(shared, path, SHARED, beginning=path.name)
        else:
            found[name] = storage_of(env(setting), path, setting)
        _refuse_a_place_of_others(found, name, setting)
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {"default": default, **found}


def _refuse_a_place_of_others(found: dict[str, dict[str, Any]], name: str, setting: str) -> None:
    for other, storage in found.items():
        if other != name and _place(storage) == _place(found[name]):
            what = "other files" if other == "private" else other
            raise CannotStart(f"{setting} needs a bucket of its own: {what} are in this one.")


def _place(storage: dict[str, Any]) -> tuple[Any, ...]:
    options = storage["OPTIONS"]
    return tuple(options.get(name) for name in ("endpoint_url", "bucket_name", "location"))


def storage_of(
    url: str, folder: Path, name: str = "SELFTRUST_PHOTOS_URL", *, beginning: str = ""
) -> dict[str, Any]:
    """The bucket at the URL, or the part of it whose names begin alike; without one, the folder."""
    if url:
        return _bucket(url, name, beginning)
    modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "BACKEND": "journal.privacy.storage.FolderStorage",
        "OPTIONS": {"location": folder, **modes},
    }


def _bucket(url: str, name: str, beginning: str) -> dict[str, Any]:
    """`http` in place of TLS is for a server on the same machine: `?region=name&tls=no`."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    bucket = parts.path.strip("/")
    is_whole = parts.scheme == "s3" and parts.username and parts.password and parts.hostname
    if not is_whole or not bucket or "/" in bucket or set(asked) - {"region", "tls"}:
        raise CannotStart(PLAINLY.format(name=name))
    if importlib.util.find_spec("storages") is None or importlib.util.find_spec("boto3") is None:
        raise CannotStart(f"{name} needs a package: pip install 'django-storages[s3]'.")
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

    place = f"{parts.hostname}{f':{parts.port}' if parts.port else ''}"
    return {
        "BACKEND": "journal.privacy.buckets.Bucket",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": bucket,
            "location": beginning,
            "endpoint_url": f"{'http' if asked.get('tls') == 'no' else 'https'}://{place}",
            "region_name": asked.get("region"),
            "file_overwrite": True,  # names are random: asking whether one is free tells nothing
            "transfer_config": TransferConfig(use_threads=False),  # one part in memory at a time
            "client_config": Config(
                connect_timeout=WAIT,
                read_timeout=WAIT,
                retries={"total_max_attempts": TRIES},
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
            ),
        },
    }
