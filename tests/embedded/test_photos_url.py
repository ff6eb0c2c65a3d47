from pathlib import Path

import pytest

from journal.embedded.errors import CannotStart
from journal.embedded.photos_url import storage_of

FOLDER = Path("/nowhere")


def test_a_bucket_becomes_a_storage_of_djangos():
    pytest.importorskip("storages.backends.s3", reason="django-storages[s3] is not installed")
    options = storage_of("s3://key:se%2Fcret@s3.example.org:9000/journal?region=eu-1", FOLDER)[
        "OPTIONS"
    ]

    assert options["endpoint_url"] == "https://s3.example.org:9000"
    assert (options["access_key"], options["secret_key"]) == ("key", "se/cret")
    assert (options["bucket_name"], options["region_name"]) == ("journal", "eu-1")


@pytest.mark.parametrize(
    "url",
    [
        "http://key:secret@host/bucket",
        "s3://host/bucket",
        "s3://key:secret@host",
        "s3://key:secret@host/bucket/folder",
        "s3://key:secret@host/bucket?acl=public-read",
    ],
)
def test_anything_that_would_be_ignored_stops_the_start(url):
    with pytest.raises(CannotStart, match="has to look like"):
        storage_of(url, FOLDER)
