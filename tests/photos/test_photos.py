"""Adding a photo to an entry, and getting it back through the wall and the seal."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from PIL import Image

from journal.photos import files
from journal.photos.adding import add_photo
from journal.photos.decoding import PhotoRefused
from journal.photos.models import MOST_PER_ENTRY, Photo
from journal.privacy.keys import SealBroken
from journal.privacy.rls import acting_as
from tests.factories import make_entry
from tests.photos.factories import CANARY, make_exif, make_file, make_image, make_photo

pytestmark = pytest.mark.django_db


def stored() -> set[str]:
    try:
        return set(files.storage().listdir("")[1])
    except FileNotFoundError:
        return set()


def test_a_photo_is_kept_in_three_sizes_that_only_its_owner_opens(ada, eve, ada_client, client):
    before = stored()
    with acting_as(ada):
        photo = add_photo(make_entry(ada), make_file(make_image(3000, 2000)))

    assert (photo.width, photo.height, photo.position) == (2400, 1600, 1)
    assert stored() - before == set(photo.names())
    for size, expected in {
        "large": (2400, 1600),
        "medium": (1200, 800),
        "small": (320, 213),
    }.items():
        picture = photo.picture(size)
        response = ada_client.get(picture.url)
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"] == "no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        image = Image.open(io.BytesIO(b"".join(response)))
        assert image.size == expected == (picture.width, picture.height)
    assert ada_client.get(photo.get_absolute_url() + "huge/").status_code == 404
    client.force_login(eve)
    assert client.get(photo.small.url).status_code == 404


def test_no_file_holds_what_the_photo_shows_or_said(ada):
    with acting_as(ada):
        photo = add_photo(make_entry(ada), make_file(exif=make_exif(), comment=CANARY.encode()))
        opened = {size: files.opened(photo, size).read() for size in ("large", "small")}
    for name in photo.names():
        with files.storage().open(name) as file:
            assert not {b"JFIF", CANARY.encode()} & set(file.read().partition(b"JFIF"))
    for data in opened.values():
        assert CANARY.encode() not in data
        assert b"Exif" not in data


def test_a_file_opens_only_as_what_it_was_sealed_as(ada):
    photo, other = (make_photo(make_entry(ada)) for _time in range(2))
    storage = files.storage()
    with storage.open(photo.names()[0]) as file:
        sealed = file.read()
    storage.delete(other.names()[0])
    with storage.open(other.names()[0], "wb") as file:
        file.write(sealed)
    with acting_as(ada), pytest.raises(SealBroken):
        files.opened(other, "large").read()


def test_it_stands_upright_and_its_day_is_known(ada):
    with acting_as(ada):
        photo = add_photo(make_entry(ada), make_file(exif=make_exif(turned=6)))
        image = Image.open(files.opened(photo, "large"))
        top, bottom = image.getpixel((24, 5)), image.getpixel((24, 58))
    assert (photo.width, photo.height) == (48, 64)
    assert (top[0] > 150, bottom[2] > 150) == (True, True)
    assert photo.taken_on == date(2021, 5, 6)


@pytest.mark.parametrize("taken", ["2099:01:01 00:00:00", "0000:00:00 00:00:00", "<script>"])
def test_a_day_that_cannot_be_is_left_out(ada, taken):
    with acting_as(ada):
        photo = add_photo(make_entry(ada), make_file(exif=make_exif(taken=taken)))
    assert photo.taken_on is None


def test_the_same_photo_sent_again_is_one_photo(ada):
    entry, pk, before = make_entry(ada), uuid4(), stored()
    with acting_as(ada):
        first = add_photo(entry, make_file(), pk=pk)
        assert add_photo(entry, make_file(), pk=pk) == first
    assert entry.photos.count() == 1
    assert stored() - before == set(first.names())


def test_an_id_of_somebody_else_is_refused_and_leaves_no_file(ada, eve):
    theirs = make_photo(make_entry(eve))
    before = stored()
    with acting_as(ada), pytest.raises(PhotoRefused):
        add_photo(make_entry(ada), make_file(), pk=theirs.pk)
    assert stored() == before


def test_an_entry_has_ten_photos_at_most(ada):
    entry = make_entry(ada)
    photos = [make_photo(entry) for _photo in range(MOST_PER_ENTRY)]
    with acting_as(ada):
        with pytest.raises(PhotoRefused, match="10 photos"):
            add_photo(entry, make_file())
        photos[3].trash()
        assert add_photo(entry, make_file()).position == 4


@pytest.mark.parametrize("position", [3, 0, 11])
def test_the_database_refuses_an_eleventh_and_two_at_one_place(ada, position):
    entry = make_entry(ada)
    make_photo(entry, position=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_photo(entry, position=position)


def test_a_photo_belongs_to_an_entry_of_the_same_person(ada, eve):
    theirs, photo = make_entry(eve), make_photo(make_entry(ada))
    Photo.objects.filter(pk=photo.pk).update(entry=theirs)
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_a_full_quota_refuses_and_leaves_no_file(ada, settings):
    entry, before = make_entry(ada), stored()
    settings.PHOTOS_QUOTA = 100
    with acting_as(ada), pytest.raises(PhotoRefused, match="no room left"):
        add_photo(entry, make_file())
    assert (entry.photos.count(), stored()) == (0, before)


def test_the_purge_finds_files_without_a_row(ada, monkeypatch):
    photo, gone = (make_photo(make_entry(ada)) for _time in range(2))
    Photo.objects.filter(pk=gone.pk).delete()
    assert not set(gone.names()) & set(files.orphans())  # their row may not be stored yet
    monkeypatch.setattr(files, "YOUNG", -files.YOUNG)
    found = set(files.orphans())
    assert set(gone.names()) <= found
    assert not set(photo.names()) & found
