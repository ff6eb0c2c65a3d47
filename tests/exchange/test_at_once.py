"""Two workers with the same work, and a person who stops one: each thing is done once, or not."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_tasks_db.models import DBTaskResult

from journal.account_deletion import deletion, register
from journal.exchange import exporting, importer, jobs
from journal.exchange.models import Export, Import
from journal.exchange.progress import Progress
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import (
    asked,
    files_in,
    files_of,
    just_signed_in,
    packed,
    path_of,
    sent,
    the_import,
    work,
)
from tests.factories import make_entry

pytestmark = pytest.mark.django_db(transaction=True)


class Counted:
    """A step of the work that waits in the middle, so that whoever else comes does meet it."""

    def __init__(self, monkeypatch, module, name: str) -> None:
        self.times, self.reached, self.may_go_on = 0, threading.Event(), threading.Event()
        step = getattr(module, name)

        def counted(*given):
            self.times += 1
            self.reached.set()
            assert self.may_go_on.wait(30)
            return step(*given)

        monkeypatch.setattr(module, name, counted)


def in_a_thread(do: Callable[..., None], *given) -> None:
    try:
        do(*given)
    finally:
        connection.close()


def both(step: Counted, do: Callable[..., None], *given) -> None:
    """The first is in the middle when the second comes."""
    with ThreadPoolExecutor(2) as two:
        first = two.submit(in_a_thread, do, *given)
        assert step.reached.wait(30)
        two.submit(in_a_thread, do, *given).result(30)
        step.may_go_on.set()
        first.result(30)


def test_an_export_is_made_once(ada, monkeypatch, data_folder):
    make_entry(ada, "A quiet day.")
    client = just_signed_in(ada)
    asked(client)
    with acting_as(ada):
        row = Export.objects.get()
    step = Counted(monkeypatch, exporting, "write")

    both(step, exporting.make, row.pk, ada.pk)

    assert step.times == 1
    assert [path.name for path in files_in(data_folder)] == [str(row.pk)]
    archive = b"".join(client.get(f"/settings/export/{row.pk}/").streaming_content)
    assert "selftrust.json" in files_of(archive)


def test_a_file_is_brought_in_once(ada, monkeypatch):
    row = sent(ada, packed({f"2019-03-0{day}.md": f"Day {day}" for day in range(1, 8)}))
    signed_in(ada).post(f"{row.get_absolute_url()}start/")
    step = Counted(monkeypatch, jobs, "brought")

    both(step, jobs.bring_in, row.pk, ada.pk)

    assert step.times == 1
    with acting_as(ada):
        assert ada.entries.count() == 7
        assert sum(len(part.ids) for part in Import.objects.get().rows.all()) == 7


def test_an_account_is_deleted_once(ada, eve, monkeypatch, data_folder):
    for number in range(5):
        make_entry(ada, f"Words {number}")
    make_entry(eve, "Mine")
    deletion.ask(ada, at_once=True)
    step = Counted(monkeypatch, register, "add")

    both(step, deletion.delete_due)

    assert step.times == 1
    assert list(User.objects.values_list("pk", flat=True)) == [eve.pk]
    assert register.stored() == register.in_database() == {register.mark(ada.pk)}
    with acting_as(eve):
        assert eve.entries.count() == 1


# --- Stop and undo


def test_stopped_in_the_middle_nothing_of_it_is_there(ada, monkeypatch, data_folder):
    row = sent(ada, packed({f"2019-03-0{day}.md": f"Day {day}" for day in range(1, 8)}))
    client = signed_in(ada)
    client.post(f"{row.get_absolute_url()}start/")
    monkeypatch.setattr(importer, "BATCH", 2)
    step = Counted(monkeypatch, importer, "insert")
    ask_to_stop = Progress.ask_to_stop

    def press(progress: Progress) -> None:
        ask_to_stop(progress)
        step.may_go_on.set()

    monkeypatch.setattr(Progress, "ask_to_stop", press)
    with ThreadPoolExecutor(1) as worker:
        bringing_in = worker.submit(in_a_thread, jobs.bring_in, row.pk, ada.pk)
        assert step.reached.wait(30)
        page = client.post(f"{row.get_absolute_url()}stop/", follow=True).content.decode()
        bringing_in.result(30)

    assert step.times == 1  # of four batches
    assert "You stopped this import." in page
    assert "Nothing was imported. Your journal hasn’t changed." in page
    assert files_in(data_folder) == []
    DBTaskResult.objects.all().delete()
    work()
    with acting_as(ada):
        assert ada.entries.count() == 0


def test_another_file_stops_the_preview_of_the_one_before(ada, monkeypatch, data_folder):
    client = signed_in(ada)
    first = packed({f"2019-03-0{day}.md": f"Day {day}" for day in range(1, 8)})
    client.post("/settings/import/", {"file": SimpleUploadedFile("first.zip", first)})
    monkeypatch.setattr(importer, "BATCH", 2)
    step = Counted(monkeypatch, importer, "insert")
    ask_to_stop = Progress.ask_to_stop

    def press(progress: Progress) -> None:
        ask_to_stop(progress)
        step.may_go_on.set()

    monkeypatch.setattr(Progress, "ask_to_stop", press)
    with ThreadPoolExecutor(1) as worker:
        looking = worker.submit(in_a_thread, work)
        assert step.reached.wait(30)
        second = SimpleUploadedFile("second.zip", packed({"2019-03-04.md": "Second"}))
        answer = client.post("/settings/import/", {"file": second})
        looking.result(30)
    work()

    with acting_as(ada):
        row = Import.objects.get()
        assert (row.name, row.preview["new"]) == ("second.zip", 1)
        assert answer.url == row.get_absolute_url()
    assert files_in(data_folder) == [path_of(row)]


def test_stopped_before_anyone_began_nobody_begins(ada, data_folder):
    row = sent(ada, packed({"2019-03-04.md": "Mine"}))
    client = signed_in(ada)
    client.post(f"{row.get_absolute_url()}start/")

    page = client.post(f"{row.get_absolute_url()}stop/", follow=True).content.decode()
    work()

    assert "You stopped this import." in page
    assert files_in(data_folder) == []
    with acting_as(ada):
        assert ada.entries.count() == 0


def test_stopped_a_moment_too_late_it_is_undone(ada, monkeypatch, data_folder):
    row = sent(ada, packed({"2019-03-04.md": "Mine"}))
    client = signed_in(ada)
    client.post(f"{row.get_absolute_url()}start/")
    ask_to_stop = Progress.ask_to_stop

    def press(progress: Progress) -> None:
        with ThreadPoolExecutor(1) as worker:
            worker.submit(in_a_thread, jobs.bring_in, row.pk, ada.pk).result(30)
        assert the_import(ada).done_at
        ask_to_stop(progress)

    monkeypatch.setattr(Progress, "ask_to_stop", press)
    page = client.post(f"{row.get_absolute_url()}stop/", follow=True).content.decode()

    assert "Import undone" in page
    assert files_in(data_folder) == []
    with acting_as(ada):
        assert ada.entries.count() == 0


def test_eve_stops_nothing_of_adas(ada, eve_client):
    row = sent(ada, packed({"2019-03-04.md": "Mine"}))
    signed_in(ada).post(f"{row.get_absolute_url()}start/")
    assert eve_client.post(f"{row.get_absolute_url()}stop/").status_code == 404
    work()
    with acting_as(ada):
        assert ada.entries.count() == 1
