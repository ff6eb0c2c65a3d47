from pathlib import Path

import pytest

from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from journal.embedded.storage_url import storage_of, storages

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


def test_exports_have_a_place_of_their_own(tmp_path):
    """Each storage is tidied by itself, and would delete what another keeps there."""
    named = storages(Environment({"SELFTRUST_EXPORTS_DIR": "/srv/exports"}), tmp_path)
    assert named["exports"]["OPTIONS"]["location"] == Path("/srv/exports")
    usual = storages(Environment({}), tmp_path)["exports"]["OPTIONS"]["location"]
    assert usual == tmp_path / "scheduled"
    with pytest.raises(CannotStart, match="outside of the data folder"):
        storages(Environment({"SELFTRUST_EXPORTS_DIR": f"{tmp_path}/photos"}), tmp_path)
    with pytest.raises(CannotStart, match="SELFTRUST_EXPORTS_URL has to look like"):
        storages(Environment({"SELFTRUST_EXPORTS_URL": "s3://host/bucket"}), tmp_path)


def test_exports_do_not_share_the_bucket_of_the_photos(tmp_path):
    pytest.importorskip("storages.backends.s3", reason="django-storages[s3] is not installed")
    url = "s3://key:secret@host/bucket?region=eu"
    both = {"SELFTRUST_EXPORTS_URL": url, "SELFTRUST_PHOTOS_URL": f"{url}-1"}
    with pytest.raises(CannotStart, match="a bucket of its own"):
        storages(Environment(both), tmp_path)


def test_one_bucket_takes_all_that_machines_share(tmp_path):
    """Each part under a beginning of its own, as in the data folder, unless it is named apart."""
    pytest.importorskip("storages.backends.s3", reason="django-storages[s3] is not installed")
    shared = {"SELFTRUST_STORAGE_URL": "s3://key:secret@host/shared"}

    def places(**more: str) -> dict[str, str]:
        found = storages(Environment({**shared, **more}), tmp_path)
        options = {name: storage.get("OPTIONS", {}) for name, storage in found.items()}
        return {
            name: f"{how.get('bucket_name', '')}/{how['location']}"
            for name, how in options.items()
            if how
        }

    everything = {"private": "shared/", "photos": "shared/photos", "exports": "shared/scheduled"}
    assert places() == everything
    photos = {"SELFTRUST_PHOTOS_URL": "s3://key:secret@host/photos"}
    assert places(**photos) == {**everything, "photos": "photos/"}
    assert places(SELFTRUST_EXPORTS_DIR="/srv/e") == {**everything, "exports": "//srv/e"}
    with pytest.raises(CannotStart, match="other files are in this one"):
        places(SELFTRUST_PHOTOS_URL=shared["SELFTRUST_STORAGE_URL"])
