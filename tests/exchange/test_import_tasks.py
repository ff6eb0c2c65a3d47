"""The tasks of an import, killed, repeated, undone and purged; and the file that waits for them."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.exchange import importer, jobs
from journal.exchange.models import Import
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import (
    Killed,
    brought_in,
    files_in,
    packed,
    path_of,
    sent,
    the_import,
    work,
)

pytestmark = pytest.mark.django_db


def kill(*_arguments, **_options):
    raise Killed


def insert_and_kill(model, rows, insert=importer.insert):
    insert(model, rows)
    raise Killed


LOOKED_THROUGH = pytest.param(importer.Bringing, "summary", kill, id="while it is looked through")
SOME_ROWS = pytest.param(importer, "insert", insert_and_kill, id="after some rows")
REMEMBERED = pytest.param(jobs, "remember", kill, id="before it remembers what it made")
ROW_SAVED = pytest.param(Import, "save", kill, id="before the row says so")


def test_an_upload_of_any_size_lies_sealed_and_then_not_at_all(ada, data_folder):
    page = f"---\ndate: 2019-03-04\n---\n\nQuokkazebra {'x' * 10_000}"
    archive = packed({f"{number}.md": f"{page}{number}" for number in range(400)})
    assert len(archive) > 2.5 * 1024 * 1024
    row = sent(ada, archive)

    (path,) = files_in(data_folder)
    assert path == path_of(row)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"Quokkazebra" not in path.read_bytes()
    assert row.preview["new"] == 400

    signed_in(ada).post(f"{row.get_absolute_url()}discard/")

    assert files_in(data_folder) == []
    assert not Import.objects.exists()


def test_a_new_file_takes_the_place_of_one_that_was_not_answered(ada, data_folder):
    sent(ada, packed({"2019-03-04.md": "First"}))
    done = brought_in(ada, packed({"2019-03-04.md": "Second"}))
    last = sent(ada, packed({"2019-03-04.md": "Third"}))

    assert files_in(data_folder) == [path_of(last)]
    assert set(Import.objects.values_list("pk", flat=True)) == {done.pk, last.pk}


def test_a_file_in_another_field_or_at_another_address_is_not_kept(ada, data_folder):
    client = signed_in(ada)
    for address, field in (("/settings/import/", "other"), ("/journal/write/", "file")):
        client.post(address, {field: SimpleUploadedFile("a.zip", packed({"a.md": "x"}))})
    assert files_in(data_folder) == []
    assert not Import.objects.exists()


@pytest.mark.parametrize(("place", "name", "step"), [LOOKED_THROUGH, SOME_ROWS])
def test_killed_while_looking_the_next_worker_looks(ada, place, name, step, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("tests.exchange.factories.work", lambda: None)
        row = sent(ada, packed({"2019-03-04.md": "Mine"}))
        patched.setattr(place, name, step)
        with pytest.raises(Killed):
            jobs.look_through(row.pk, ada.pk)
    DBTaskResult.objects.update(status="RUNNING")

    work()

    assert the_import(ada).preview["new"] == 1
    assert ada.entries.count() == 0


@pytest.mark.parametrize(("place", "name", "step"), [SOME_ROWS, REMEMBERED, ROW_SAVED])
def test_killed_while_bringing_in_nothing_is_there_until_all_of_it_is(
    ada, place, name, step, monkeypatch, data_folder
):
    row = sent(ada, packed({f"2019-03-0{day}.md": f"Day {day}" for day in range(1, 8)}))
    signed_in(ada).post(f"{row.get_absolute_url()}start/")
    with monkeypatch.context() as patched:
        patched.setattr(place, name, step)
        with pytest.raises(Killed):
            jobs.bring_in(row.pk, ada.pk)
    assert ada.entries.count() == 0
    assert the_import(ada).done_at is None
    DBTaskResult.objects.update(status="RUNNING")

    work()

    assert ada.entries.count() == 7
    assert the_import(ada).done_at
    assert files_in(data_folder) == []


def test_brought_in_once_it_is_not_brought_in_again(ada):
    row = brought_in(ada, packed({"2019-03-04.md": "Mine"}))
    with acting_as(ada):
        ada.entries.get().delete()
    signed_in(ada).post(f"{row.get_absolute_url()}start/")
    work()
    jobs.bring_in(row.pk, ada.pk)
    assert ada.entries.count() == 0


def test_undoing_twice_or_after_30_days_takes_nothing(ada):
    row = brought_in(ada, packed({"2019-03-04.md": "Mine"}))
    Import.objects.update(done_at=timezone.now() - timedelta(days=31))
    client = signed_in(ada)
    client.post(f"{row.get_absolute_url()}undo/")
    assert ada.entries.count() == 1
    Import.objects.update(done_at=timezone.now())
    for _time in range(2):
        client.post(f"{row.get_absolute_url()}undo/")
    assert ada.entries.count() == 0


def test_purge_lets_go_of_files_nobody_answered_for_and_of_old_undoing(ada, data_folder):
    brought_in(ada, packed({"2019-03-05.md": "Mine too"}))
    sent(ada, packed({"2019-03-04.md": "Mine"}))
    call_command("purge")
    assert Import.objects.count() == 2
    Import.objects.filter(done_at=None).update(created_at=timezone.now() - timedelta(days=2))
    Import.objects.exclude(done_at=None).update(done_at=timezone.now() - timedelta(days=31))

    call_command("purge")

    assert not Import.objects.exists()
    assert files_in(data_folder) == []
    assert ada.entries.count() == 1


def test_no_word_of_a_file_is_in_a_log_or_a_task(ada, caplog):
    caplog.set_level("DEBUG")
    brought_in(ada, packed({"2019-03-04-Ibexmanatee.md": "Quokkazebra"}))
    sent(ada, packed({"selftrust.json": json.dumps({"format": "Okapilemur", "tables": {}})}))
    said = caplog.text + "".join(
        f"{task.args_kwargs}{task.traceback}" for task in DBTaskResult.objects.all()
    )
    assert not any(word in said for word in ("Ibexmanatee", "Quokkazebra", "Okapilemur"))
