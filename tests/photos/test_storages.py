"""A bucket holds the same sealed bytes as the folder, by the same code.

Its storage needs an optional package; without it those tests are skipped and say so, and one in
memory stands in.
"""

import io
from contextlib import nullcontext

import pytest
from django.core.files.storage import InMemoryStorage
from PIL import Image

from journal.embedded.storage_url import storage_of
from journal.photos import files
from journal.photos.models import Photo
from journal.privacy.rls import acting_as
from tests import s3
from tests.factories import make_entry
from tests.photos.factories import make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["memory", "S3"])
def storage(request, settings, tmp_path):
    memory = {"BACKEND": f"{InMemoryStorage.__module__}.InMemoryStorage"}
    settings.DATA_DIR = tmp_path
    with nullcontext() if request.param == "memory" else s3.bucket() as url:
        chosen = memory if url is None else storage_of(url, tmp_path)
        settings.STORAGES = {**settings.STORAGES, "photos": chosen}
        yield files.storage()


def bytes_in(storage) -> dict[str, bytes]:
    return {name: storage.open(name).read() for name in storage.listdir("")[1]}


def test_a_photo_is_sealed_served_and_purged(ada, ada_client, storage, monkeypatch):
    photo = make_photo(make_entry(ada))

    stored = bytes_in(storage)
    assert set(stored) == set(photo.names())
    assert not any(b"JFIF" in data for data in stored.values())
    assert photo.stored_bytes == sum(map(len, stored.values()))
    with acting_as(ada):
        assert Image.open(files.opened(photo, "large")).size == (64, 48)
    served = b"".join(ada_client.get(photo.small.url))
    assert Image.open(io.BytesIO(served)).size == (64, 48)

    Photo.objects.filter(pk=photo.pk).delete()
    monkeypatch.setattr(files, "YOUNG", -files.YOUNG)
    assert set(files.orphans()) == set(stored)
    files.remove(photo)
    assert bytes_in(storage) == {}


def test_a_file_that_is_gone_is_a_page_not_found(ada, ada_client, storage):
    photo = make_photo(make_entry(ada))
    files.remove(photo)
    assert ada_client.get(photo.small.url).status_code == 404
