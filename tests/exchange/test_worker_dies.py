"""What kills a worker, or takes more memory than it has, is given up with a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from journal.exchange import exporting, jobs, tasks
from journal.exchange.models import Export, Import
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import asked, just_signed_in, packed, path_of, the_import, work

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
ENDED = "This stopped unexpectedly more than once."
MEMORY = "This needs more memory than the server has for it."


def upload(person) -> None:
    content = packed({"2026-01-01.md": "A quiet day."})
    signed_in(person).post("/settings/import/", {"file": SimpleUploadedFile("a.zip", content)})


def died(person, model: type[Export] | type[Import], times: int) -> None:
    """So many workers counted the try and never came back."""
    with acting_as(person):
        row = model.objects.get()
    for _worker in range(times):
        assert tasks.may_try(model, str(row.pk), str(person.pk))


def test_an_import_that_ended_three_workers_is_given_up(ada):
    upload(ada)
    died(ada, Import, tasks.MOST_TRIES)

    work()

    row = the_import(ada)
    assert (bool(row.failed_at), row.refusal, path_of(row).exists()) == (True, ENDED, False)
    assert ENDED in signed_in(ada).get(row.get_absolute_url()).content.decode()


def test_an_import_that_ended_two_workers_is_done_by_the_third(ada):
    upload(ada)
    died(ada, Import, tasks.MOST_TRIES - 1)
    work()
    signed_in(ada).post(f"{the_import(ada).get_absolute_url()}start/")
    died(ada, Import, tasks.MOST_TRIES - 1)  # counted anew after the preview
    work()

    assert the_import(ada).done_at
    with acting_as(ada):
        assert [one.body for one in ada.entries.all()] == ["A quiet day."]


def test_an_export_that_ended_three_workers_is_given_up(ada):
    client = just_signed_in(ada)
    asked(client)
    died(ada, Export, tasks.MOST_TRIES)
    work()
    assert ENDED in client.get("/settings/export/").content.decode()


@pytest.mark.parametrize("model", [Import, Export])
def test_too_much_memory_is_said(ada, model, monkeypatch):
    def too_much(*_ids: object) -> None:
        raise MemoryError

    module, name = (jobs, "look_through") if model is Import else (exporting, "make")
    monkeypatch.setattr(module, name, too_much)
    client = just_signed_in(ada)
    upload(ada) if model is Import else asked(client)

    work()

    with acting_as(ada):
        row = model.objects.get()
        assert (bool(row.failed_at), row.refusal) == (True, MEMORY)
        address = row.get_absolute_url() if model is Import else "/settings/export/"
    assert MEMORY in client.get(address).content.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such limit")
def test_a_worker_has_a_bound_of_memory():
    script = (
        "from journal.operation.memory_limit import MOST_MEMORY, bound_memory\n"
        "bound_memory()\n"
        "held = bytes(MOST_MEMORY // 4)\n"
        "try:\n    held = bytes(MOST_MEMORY)\nexcept MemoryError:\n    print('bounded')\n"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "bounded\n"
