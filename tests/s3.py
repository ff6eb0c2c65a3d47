"""A server that speaks S3, in memory (moto), and a bucket in it. Skips what needs one where the
packages are not installed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest


@contextmanager
def bucket(name: str = "bucket") -> Iterator[str]:
    """Its address, as SELFTRUST_STORAGE_URL names it."""
    pytest.importorskip("storages.backends.s3", reason="django-storages[s3] is not installed")
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
