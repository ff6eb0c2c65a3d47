"""Two machines with one database, each with a data folder of its own: they share a storage, or one
of them does not start. A storage that does not answer loses nothing."""

import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from journal.account_deletion import deletion, register
from journal.embedded import keyfiles
from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from journal.embedded.storage_url import storages
from journal.exchange.models import Export, Import
from journal.installation import notes, push_key, storage_mark
from journal.installation.models import DeletedAccount, Note
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.rls import acting_as
from journal.privacy.storage import FolderStorage, NewFile, StorageAway, private
from tests import s3
from tests.conftest import signed_in
from tests.exchange.factories import (
    asked,
    exported,
    files_in,
    files_of,
    just_signed_in,
    packed,
    path_of,
    the_import,
    work,
)
from tests.factories import make_entry
from tests.photos.factories import make_photo

ARCHIVE = packed({"2019-03-04.md": "Imported"})


@pytest.fixture
def machine(settings, tmp_path):
    """Goes over to the machine of that name, whose settings name the bucket, if there is one."""

    def machine(name: str, bucket: str = "") -> Path:
        settings.DATA_DIR = tmp_path / name
        settings.DATA_DIR.mkdir(exist_ok=True)
        given = Environment({"SELFTRUST_STORAGE_URL": bucket} if bucket else {})
        settings.STORAGES = {**settings.STORAGES, **storages(given, settings.DATA_DIR)}
        return settings.DATA_DIR

    return machine


@pytest.mark.django_db
def test_what_one_machine_stores_the_other_has(ada, machine):
    entry = make_entry(ada, "A quiet day.")
    with s3.bucket() as bucket:
        here = machine("here", bucket)
        storage_mark.check()
        photo = make_photo(entry)
        browser = just_signed_in(ada)
        asked(browser)
        work()
        file = SimpleUploadedFile("journal.zip", ARCHIVE)
        browser.post("/settings/import/", {"file": file})

        there = machine("there", bucket)
        storage_mark.check()
        with acting_as(ada):
            row = ada.exports.get()
        archive = b"".join(browser.get(f"/settings/export/{row.pk}/").streaming_content)
        assert any(name.endswith(".jpg") for name in files_of(archive))
        assert browser.get(photo.small.url).status_code == 200
        work()
        assert the_import(ada).preview["new"] == 1

        machine("here", bucket)
        signed_in(ada).post(f"{the_import(ada).get_absolute_url()}start/")
        machine("there", bucket)
        work()
        with acting_as(ada):
            assert ada.entries.count() == 2
        assert private().listdir("imports")[1] == []

        deletion.ask(ada, at_once=True)
        assert deletion.delete_due() == (1, 0)
        assert register.stored() == {register.mark(ada.pk)}
        assert [private().listdir(name)[1] for name in ("exports", "photos")] == [
            [],
            [storage_mark.FILE],
        ]
        kept = [path.name for path in (*files_in(here), *files_in(there))]
        assert [name for name in kept if not name.endswith(".lock")] == []


@pytest.mark.django_db
def test_machines_that_share_no_storage_are_refused(machine):
    here = machine("here")
    storage_mark.check()
    mark = (here / storage_mark.FILE).read_text()
    there = machine("there")
    for command in ("storage", "purge", "worker"):
        with pytest.raises(CannotStart, match=f"{there} isn't what"):
            call_command(command, **({"once": True} if command == "worker" else {}))
    assert not (there / storage_mark.FILE).exists()

    (there / storage_mark.FILE).write_text(mark)  # copied, but not all of it
    with pytest.raises(CannotStart, match="used for photos"):
        storage_mark.check()
    call_command("storage", adopt=True)
    storage_mark.check()
    machine("here")
    storage_mark.check()

    Note.objects.all().delete()  # as another database has it
    with pytest.raises(CannotStart, match="belongs to another database"):
        storage_mark.check()
    machine("third")
    notes.note(storage_mark.NOTE, id="f" * 32)  # of a first start that was killed
    storage_mark.check()
    assert notes.read(storage_mark.NOTE) == {"id": "f" * 32, "written": "yes"}


@pytest.mark.django_db
def test_a_machine_with_a_push_key_of_its_own_is_named(machine, settings, capsys):
    machine("here")
    call_command("storage", check=True)
    assert push_key.complaint() == ""

    settings.VAPID_KEY = keyfiles.vapid_key(machine("there") / "of its own")
    push_key.check()
    with pytest.raises(SystemExit):
        call_command("doctor", bad=True)
    assert push_key.OTHER in capsys.readouterr().out
    call_command("storage", adopt=True)
    assert push_key.complaint() == ""


@pytest.mark.django_db(transaction=True)
def test_of_two_first_starts_at_once_one_marks(machine):
    folder = machine("shared")

    def start() -> None:
        try:
            storage_mark.check()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        for one in [two.submit(start), two.submit(start)]:
            one.result(30)
    assert (folder / storage_mark.FILE).read_text().strip() == notes.read("storage")["id"]


@contextmanager
def away() -> Iterator[None]:
    """The disk of the storages gives errors."""

    def fault(*_given: object, **_how: object) -> None:
        raise StorageAway

    def no_disk(*_given: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.MonkeyPatch.context() as patched:
        for name in ("_open", "_save", "delete", "exists", "listdir", "get_modified_time"):
            patched.setattr(FolderStorage, name, fault)
        patched.setattr("journal.privacy.storage.private_file", no_disk)
        yield


def test_every_error_of_a_storage_is_one(machine):
    folder = machine("here")
    (folder / "exports").mkdir()
    (folder / "photos").write_text("no folder")
    for what in (
        lambda: private().open("exports"),
        lambda: private().delete("photos/1"),
        lambda: private().listdir("photos"),
        lambda: private().save("photos/1", ContentFile(b"")),
        lambda: NewFile(private(), "photos/1"),
    ):
        with pytest.raises(StorageAway):
            what()
    with pytest.raises(FileNotFoundError):
        private().open("exports/1")


@pytest.mark.django_db
def test_a_storage_that_does_not_answer_loses_nothing(ada, machine):
    machine("here")
    photo = make_photo(make_entry(ada, "A quiet day."))
    exported(ada)
    browser = just_signed_in(ada)
    with acting_as(ada):
        export = ada.exports.get()
    address = f"/settings/export/{export.pk}/"
    browser.post("/settings/import/", {"file": SimpleUploadedFile("a.zip", ARCHIVE)})
    row = the_import(ada)
    page = row.get_absolute_url()

    browser.raise_request_exception = False
    with away():
        for asked_for in (address, photo.small.url):
            answer = browser.get(asked_for)
            assert (answer.status_code, "Nothing is lost" in answer.content.decode()) == (503, True)
        answer = browser.post("/settings/import/", {"file": SimpleUploadedFile("b.zip", ARCHIVE)})
        assert answer.status_code == 503
        work()
        assert (the_import(ada).tries, the_import(ada).failed_at) == (0, None)
        assert "It’s tried again every minute" in browser.get(page).content.decode()
        assert browser.post(f"{page}discard/").status_code == 503
        call_command("purge")
        deletion.ask(ada, at_once=True)
        assert deletion.delete_due() == (0, 1)
        User.objects.filter(pk=ada.pk).update(deletion_due_at=None, is_active=True)

    assert Export.objects.count() == Import.objects.count() == Photo.objects.count() == 1
    assert path_of(export).exists()
    assert path_of(row).exists()


@pytest.mark.django_db
def test_what_waits_for_the_storage_goes_on_by_itself(ada, machine):
    machine("here")
    make_photo(make_entry(ada, "A quiet day."))
    browser = just_signed_in(ada)
    asked(browser)
    browser.post("/settings/import/", {"file": SimpleUploadedFile("a.zip", ARCHIVE)})
    with away():
        work()
    work()  # which is not yet a minute later
    with acting_as(ada):
        assert ada.exports.get().is_under_way
    for minutes in (2, 4):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            work()
    with acting_as(ada):
        assert ada.exports.get().ready_at
    assert the_import(ada).preview["new"] == 1


@pytest.mark.django_db
def test_a_file_that_is_not_there_takes_no_row_along(ada, machine):
    """It may be on a disk that is not mounted."""
    machine("here")
    exported(ada)
    with acting_as(ada):
        export = ada.exports.get()
    content = path_of(export).read_bytes()
    path_of(export).unlink()
    address = f"/settings/export/{export.pk}/"
    browser = just_signed_in(ada)
    browser.raise_request_exception = False
    assert browser.get(address).status_code == 503
    call_command("purge")
    path_of(export).write_bytes(content)
    assert browser.get(address).status_code == 200


@pytest.mark.django_db
def test_a_database_that_went_back_in_time_is_told_who_was_deleted(ada, eve, machine):
    """By other means than `restore`: the next purge deletes them again."""
    folder = machine("here")
    register.add(eve.pk)
    DeletedAccount.objects.all().delete()

    call_command("purge")

    assert list(User.objects.values_list("pk", flat=True)) == [ada.pk]
    assert register.in_database() == {register.mark(eve.pk)}

    (folder / "deleted").rename(folder / "lost")
    register.settle()
    assert register.stored() == {register.mark(eve.pk)}
