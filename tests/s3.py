"""A bucket for one test: of a server that speaks S3 in memory (moto), or the part of BUCKET's whose
names begin as no other's (`make test-bucket`). Skips where the packages are not installed."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from django.core.files.storage import storages

from journal.embedded import storage_url

BUCKET = os.environ.get("BUCKET", "")
NOBODY = "s3://key:secret@127.0.0.1:1/bucket?region=us-east-1&tls=no"  # where nothing listens


@contextmanager
def bucket() -> Iterator[str]:
    """Its address, as SELFTRUST_STORAGE_URL names it."""
    pytest.importorskip("storages.backends.s3", reason="django-storages[s3] is not installed")
    with _part_of(BUCKET) if BUCKET else _in_memory("bucket") as url:
        yield url


@contextmanager
def _part_of(url: str) -> Iterator[str]:
    """Settings know no part of a bucket, so whatever reads them is given one. It is emptied."""
    own, whole = f"selftrust-test-{uuid4().hex}", storage_url._bucket

    def part(url: str, name: str, beginning: str) -> dict[str, object]:
        return whole(url, name, f"{own}/{beginning}".strip("/"))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(storage_url, "_bucket", part)
        try:
            yield url
        finally:
            storage = storages.create_storage(storage_url.storage_of(url, Path()))
            for stored in storage.bucket.objects.filter(Prefix=f"{own}/"):
                stored.delete()


@contextmanager
def _in_memory(name: str) -> Iterator[str]:
    moto = pytest.importorskip("moto.server", reason="moto is not installed")
    import boto3

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=name)
    try:
        yield f"s3://key:secret@127.0.0.1:{port}/{name}?region=us-east-1&tls=no"
    finally:
        client.close()
        # What is stored belongs to this process, and the next server would have it too.
        urlopen(Request(f"http://127.0.0.1:{port}/moto-api/reset", method="POST")).close()
        server.stop()
