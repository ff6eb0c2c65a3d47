"""The files of photos in the operator's hands: purge, doctor, backup, restore."""

import json
import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.utils import timezone

from journal.account_deletion import deletion
from journal.installation import storage_mark
from journal.operation.health import photos as health
from journal.operation.health.findings import BAD, LOOK, OK
from journal.photos.models import Photo
from journal.privacy.rls import acting_as
from journal.privacy.storage import StorageAway
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.operation.backup_runs import backup, refusal, restore
from tests.photos.factories import make_photo
from tests.privacy.stored import run

pytestmark = pytest.mark.django_db


def names_in(folder) -> set[str]:
    return {path.name for path in folder.glob("*")} - {storage_mark.FILE}


def aged(folder) -> None:
    """As if its files were two days old."""
    for path in folder.glob("*"):
        os.utime(path, (time.time() - 2 * 86_400,) * 2)


def findings() -> list[tuple[str, str]]:
    return [(found.level, found.text.split(".")[0]) for found in health.storage()]


def test_in_the_bin_an_entry_keeps_its_photos_and_brings_them_back(ada, photos_folder):
    photo = make_photo(make_entry(ada))
    client = signed_in(ada)
    client.post(f"/journal/{photo.entry_id}/delete/")
    aged(photos_folder)
    call_command("purge")
    assert names_in(photos_folder) == set(photo.names())

    client.post(f"/journal/{photo.entry_id}/restore/")

    with acting_as(ada):
        assert list(ada.entries.live().get().photos.live()) == [photo]


@pytest.mark.parametrize("page", ["/journal/{}/remove/", "/journal/trash/empty/"])
def test_deleting_an_entry_for_good_deletes_the_files_at_once(
    page, ada, mira, photos_folder, django_capture_on_commit_callbacks
):
    photo, other = make_photo(make_entry(ada)), make_photo(make_entry(mira))
    with acting_as(ada):
        photo.entry.trash()
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(ada).post(page.format(photo.entry_id)).status_code == 302
    assert names_in(photos_folder) == set(other.names())


def test_the_purge_takes_the_files_of_what_it_deletes(ada, photos_folder):
    old, young = (make_photo(make_entry(ada)) for _time in range(2))
    for photo, days in ((old, 31), (young, 29)):
        with acting_as(ada):
            photo.entry.trash()
        gone_at = timezone.now() - timedelta(days=days)
        run("update entries_entry set deleted_at = %s where id = %s", gone_at, photo.entry_id)
    aged(photos_folder)
    call_command("purge")
    assert names_in(photos_folder) == set(young.names())


def test_a_row_without_files_outlives_every_purge(ada, photos_folder):
    photo = make_photo(make_entry(ada))
    for path in photos_folder.glob("*"):
        path.unlink()
    call_command("purge")
    assert list(Photo.objects.all()) == [photo]
    assert findings() == [(BAD, "3 files of photos are missing")]


def test_doctor_compares_rows_and_files(ada, photos_folder, monkeypatch):
    assert findings() == [(OK, "Every photo has its files")]  # there is no folder yet
    photo = make_photo(make_entry(ada))
    assert findings() == [(OK, "Every photo has its files")]
    (photos_folder / ("0" * 32)).touch()
    assert findings() == [(LOOK, "1 file belongs to no photo")]
    (photos_folder / photo.names()[0]).unlink()
    assert findings()[0] == (BAD, "1 file of a photo is missing")

    def not_mounted(*_arguments):
        raise OSError("Input/output error")

    monkeypatch.setattr(FileSystemStorage, "listdir", not_mounted)
    assert findings() == [(BAD, "The storage of photos doesn’t answer: OSError")]


def test_deleting_an_account_deletes_its_files_and_no_others(ada, mira, photos_folder):
    make_photo(make_entry(ada))
    with acting_as(ada):
        make_photo(make_entry(ada)).trash()
    theirs = make_photo(make_entry(mira))
    deletion.delete(ada)
    assert names_in(photos_folder) == set(theirs.names())


def test_a_deletion_that_stopped_among_the_files_finds_the_rest(ada, photos_folder, monkeypatch):
    for _time in range(2):
        make_photo(make_entry(ada))
    left = []

    def stop_half_way(self, name):
        if len(left := names_in(photos_folder)) == 4:
            raise OSError(left)
        return delete(self, name)

    delete = FileSystemStorage.delete
    monkeypatch.setattr(FileSystemStorage, "delete", stop_half_way)
    with pytest.raises(StorageAway):
        deletion.delete(ada)
    assert (len(names_in(photos_folder)), left) == (4, [])
    monkeypatch.setattr(FileSystemStorage, "delete", delete)
    call_command("purge")
    assert names_in(photos_folder) == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("data")
class TestBackup:
    def test_the_files_come_back_with_the_rows(self, ada, mira, tmp_path, photos_folder):
        photo, lost = make_photo(make_entry(ada)), make_photo(make_entry(mira))
        kept = {path.name: path.read_bytes() for path in photos_folder.glob("*")}
        (photos_folder / lost.names()[0]).unlink()
        said = backup(tmp_path / "monday")
        assert "Files of photos that are missing: 1." in said
        folder = tmp_path / "monday" / "photos"
        assert names_in(folder) == set(kept) - {lost.names()[0]}
        assert {path.stat().st_mode & 0o077 for path in folder.glob("*")} == {0}

        first, second = (photos_folder / name for name in photo.names()[:2])
        first.unlink()
        second.write_bytes(b"damaged")
        newer = make_photo(make_entry(ada))
        assert "Files of photos put back: 2." in restore(tmp_path / "monday", yes=True)

        assert first.read_bytes() == kept[first.name]
        assert second.read_bytes() == kept[second.name]
        assert set(newer.names()) <= names_in(photos_folder)  # a restore deletes nothing
        assert {row.pk for row in Photo.objects.all()} == {photo.pk, lost.pk}

    def test_a_changed_or_missing_file_is_refused(self, ada, tmp_path, photos_folder):
        photo = make_photo(make_entry(ada))
        backup(tmp_path / "monday")
        file = tmp_path / "monday" / "photos" / photo.names()[0]
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + b"x")
        said = refusal(restore, tmp_path / "monday", yes=True)
        assert said == f"photos/{file.name} has been changed since the backup was made."
        file.unlink()
        said = refusal(restore, tmp_path / "monday", yes=True)
        assert said == f"photos/{file.name} is missing from the backup."
        file.write_bytes(whole)
        listed = tmp_path / "monday" / "photos.txt"
        listed.write_text(listed.read_text().replace(file.name, "../" + file.name[3:]))
        assert "photos.txt" in refusal(restore, tmp_path / "monday", yes=True)

    def test_without_photos_it_says_so_and_their_files_stay(self, ada, tmp_path, photos_folder):
        photo = make_photo(make_entry(ada))
        said = backup(tmp_path / "monday", without_photos=True)
        assert "The files of photos are not in it." in said
        assert json.loads((tmp_path / "monday/manifest.json").read_text())["photos"] is None
        assert not (tmp_path / "monday" / "photos").exists()
        restore(tmp_path / "monday", yes=True)
        assert names_in(photos_folder) == set(photo.names())

    def test_whoever_left_after_the_backup_leaves_no_photo(self, ada, tmp_path, photos_folder):
        make_photo(make_entry(ada))
        backup(tmp_path / "monday")
        deletion.delete(ada)
        assert names_in(photos_folder) == set()
        restore(tmp_path / "monday", yes=True)
        assert (names_in(photos_folder), Photo.objects.count()) == (set(), 0)
