"""Asked for, made by the worker, fetched for an hour; whatever happens in between."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.exchange import exporting, tasks
from journal.exchange.models import Export
from journal.exchange.progress import Phase, Step
from journal.privacy.keys import SealBroken
from journal.privacy.rls import acting_as
from journal.privacy.sealed_files import PIECE
from tests.conftest import signed_in
from tests.exchange.factories import Killed, exported, files_in, files_of, just_signed_in, path_of
from tests.exchange.factories import work as let_the_worker_work
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


def the_export() -> Export:
    return Export.objects.get()


def test_the_password_is_asked_for_first(ada):
    answer = signed_in(ada).get("/settings/export/")
    assert answer.url == "/accounts/reauthenticate/?next=%2Fsettings%2Fexport%2F"
    assert signed_in(ada).post("/settings/export/").status_code == 302
    assert not Export.objects.exists()


def test_the_page_says_how_far_it_is_and_then_offers_the_file(ada):
    make_entry(ada, "A quiet day.")
    client = just_signed_in(ada)
    page = client.post("/settings/export/", follow=True).content.decode()
    assert "Being prepared" in page
    assert 'data-hx-trigger="every 2s"' in page
    assert "Prepare export" not in page
    DBTaskResult.objects.update(status="RUNNING")
    the_export().progress.write(Step(Phase.PAGES, 63))
    part = client.get("/settings/export/", headers={"HX-Request": "1", "HX-Target": "state"})
    assert "Pages to read: 63%" in part.content.decode()
    assert "<h1>" not in part.content.decode()

    let_the_worker_work()

    page = client.get("/settings/export/").content.decode()
    assert f'href="/settings/export/{the_export().pk}/"' in page
    assert "1 item" in page
    assert "every 2s" not in page


def test_asking_twice_makes_one(ada):
    client = just_signed_in(ada)
    client.post("/settings/export/")
    client.post("/settings/export/")
    assert Export.objects.count() == 1


def test_a_task_knows_ids_and_nothing_else(ada):
    just_signed_in(ada).post("/settings/export/")
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [str(the_export().pk), str(ada.pk)], "kwargs": {}}


def test_it_is_sent_piece_by_piece_and_kept_by_no_browser(ada):
    for _number in range(20):
        make_entry(ada, os.urandom(9000).hex())
    archive = exported(ada)
    assert len(archive) > 2 * PIECE

    answer = signed_in(ada).get(f"/settings/export/{the_export().pk}/")

    pieces = list(answer.streaming_content)
    assert len(pieces) == -(-len(archive) // PIECE)
    assert {len(piece) for piece in pieces[:-1]} == {PIECE}
    assert b"".join(pieces) == archive
    assert answer["Content-Length"] == str(len(archive))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == f'attachment; filename="{the_export().name}"'
    assert sum(name.startswith("journal/") for name in files_of(archive)) == 20


def test_after_an_hour_it_is_gone_whoever_comes_first(ada, data_folder):
    make_entry(ada, "A quiet day.")
    exported(ada)
    address = f"/settings/export/{the_export().pk}/"
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client = just_signed_in(ada)
    assert "Download" not in client.get("/settings/export/").content.decode()

    answer = client.get(address, follow=True)

    assert "This export has been deleted." in answer.content.decode()
    assert not Export.objects.exists()
    assert files_in(data_folder) == []


def test_purge_takes_what_was_not_fetched(ada, data_folder):
    exported(ada)
    call_command("purge")
    assert Export.objects.exists()
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    call_command("purge")

    assert not Export.objects.exists()
    assert files_in(data_folder) == []


def test_purge_takes_files_that_no_row_knows(ada, data_folder):
    (data_folder / "imports").mkdir()
    old, young = data_folder / "imports/old.part", data_folder / "imports/young.part"
    for path in (old, young):
        path.write_bytes(b"sealed")
    yesterday = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(old, (yesterday, yesterday))

    call_command("purge")

    assert not old.exists()
    assert young.exists()


def half_of_the_rows(monkeypatch):
    def rows(self):
        yield '{"format": "selftrust",'
        raise Killed

    monkeypatch.setattr(exporting.Writing, "rows", rows)


def before_the_file_is_whole(monkeypatch):
    def seal_rest(self):
        raise Killed

    monkeypatch.setattr("journal.privacy.sealed_files.SealedWriter.seal_rest", seal_rest)


def before_the_file_has_its_name(monkeypatch):
    def keep(self):
        raise Killed

    monkeypatch.setattr("journal.privacy.storage.NewFile.keep", keep)


def before_the_row_says_so(monkeypatch):
    def save(self, *args, **kwargs):
        raise Killed

    monkeypatch.setattr(Export, "save", save)


@pytest.mark.parametrize(
    "killed",
    [
        half_of_the_rows,
        before_the_file_is_whole,
        before_the_file_has_its_name,
        before_the_row_says_so,
    ],
)
def test_killed_at_any_point_the_next_worker_makes_it(ada, killed, monkeypatch, data_folder):
    make_entry(ada, "A quiet day.")
    client = just_signed_in(ada)
    client.post("/settings/export/")
    row = the_export()
    with monkeypatch.context() as patched:
        killed(patched)
        with pytest.raises(Killed):
            exporting.make(row.pk, ada.pk)
    assert the_export().ready_at is None
    assert client.get(f"/settings/export/{row.pk}/").url == "/settings/export/"
    DBTaskResult.objects.update(status="RUNNING")  # which is how a killed worker leaves it

    let_the_worker_work()

    answer = client.get(f"/settings/export/{row.pk}/")
    assert "selftrust.json" in files_of(b"".join(answer.streaming_content))
    assert [path.name for path in files_in(data_folder)] == [str(row.pk)]


def test_what_fails_says_so_and_no_word_is_in_the_log(ada, monkeypatch, caplog):
    def rows(self):
        raise ValueError("Quokka" + "zebra")

    monkeypatch.setattr(exporting.Writing, "rows", rows)
    client = just_signed_in(ada)
    client.post("/settings/export/")
    let_the_worker_work()

    assert "Something went wrong" in client.get("/settings/export/").content.decode()
    assert "ValueError" in caplog.text
    assert "Quokkazebra" not in caplog.text
    assert "Quokkazebra" not in "".join(DBTaskResult.objects.values_list("traceback", flat=True))


def test_made_once_it_is_not_made_again(ada):
    exported(ada)
    before = path_of(the_export()).read_bytes()
    tasks.export.call(str(the_export().pk), str(ada.pk))
    assert path_of(the_export()).read_bytes() == before


def test_a_second_worker_that_stumbles_takes_nothing_away(ada, monkeypatch):
    archive = exported(ada)

    def make(*_ids):
        raise ValueError

    monkeypatch.setattr(exporting, "make", make)
    tasks.export.call(str(the_export().pk), str(ada.pk))

    answer = signed_in(ada).get(f"/settings/export/{the_export().pk}/")
    assert b"".join(answer.streaming_content) == archive


def test_a_sealed_file_that_was_touched_does_not_open(ada):
    for _number in range(10):
        make_entry(ada, os.urandom(9000).hex())
    exported(ada)
    row, size = the_export(), PIECE + 28
    held = path_of(row).read_bytes()
    assert len(held) > 2 * size
    touched = {
        "a byte": held[:100] + bytes([held[100] ^ 1]) + held[101:],
        "cut off": held[:size],
        "swapped pieces": held[size : 2 * size] + held[:size] + held[2 * size :],
    }
    with acting_as(ada):
        for change, content in touched.items():
            path_of(row).write_bytes(content)
            with pytest.raises(SealBroken):
                raise AssertionError(change, row.opened().read()[:80])
        path_of(row).write_bytes(held)
        assert row.opened().read()
        path, row.pk = path_of(row), ada.pk  # a file of another row
        path_of(row).write_bytes(path.read_bytes())
        with pytest.raises(SealBroken):
            row.opened().read()
