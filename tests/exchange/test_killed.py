"""The worker, or the web server in the middle of a request, is killed (SIGKILL) at named points:
what is left is the old or the new, and the next one finishes it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from journal.account_deletion import register
from journal.exchange import tasks
from journal.exchange.models import Export
from journal.people.models import User
from journal.privacy.models import DataKey
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import (
    exported,
    journal_of,
    just_signed_in,
    packed,
    path_of,
    the_import,
    work,
)
from tests.factories import make_entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def data_folder() -> Iterator[Path]:
    """Processes of their own take the folder from the environment; what they left is taken away."""
    folder = Path(settings.DATA_DIR)
    yield folder
    for name in ("deleted", "exports", "imports"):
        shutil.rmtree(folder / name, ignore_errors=True)


def killed(point: str, *command: str) -> int:
    """A worker, unless something else is to be killed."""
    name = connection.settings_dict["NAME"]
    program = [sys.executable, "-m", "tests.process_kill", name, f"journal.{point}"]
    command = [*program, *(command or ("worker", "--once"))]
    return subprocess.run(command, cwd=ROOT, env=os.environ, check=False).returncode


def killed_while_posting(client: Client, point: str, path: str, **fields: str) -> int:
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    sent = [f"{name}={value}" for name, value in fields.items()]
    return killed(point, "post", session, path, *sent)


@pytest.mark.parametrize("point", ["exchange.exporting.zipped", "exchange.exporting.write"])
def test_an_export(ada, point):
    make_entry(ada, "Ada’s words")
    client = just_signed_in(ada)
    client.post("/settings/export/")

    assert killed(point) == -signal.SIGKILL
    with acting_as(ada):
        row = Export.objects.get()
    assert (row.ready_at, path_of(row).exists()) == (None, False)

    work()
    with acting_as(ada):
        row = Export.objects.get()
    pieces = client.get(f"/settings/export/{row.pk}/").streaming_content
    entries = journal_of(b"".join(pieces))["tables"]["reflections.Entry"]
    assert [one["body"] for one in entries] == ["Ada’s words"]


@pytest.mark.parametrize("point", ["exchange.jobs.source_of", "exchange.jobs.remember"])
def test_an_import(ada, eve, point):
    for number in range(3):
        make_entry(ada, f"Words {number}")
    archive = exported(ada)
    client = signed_in(eve)
    client.post("/settings/import/", {"file": SimpleUploadedFile("journal.zip", archive)})
    work()
    client.post(f"{the_import(eve).get_absolute_url()}start/")

    assert killed(point) == -signal.SIGKILL
    with acting_as(eve):
        assert not eve.entries.exists()
    assert the_import(eve).done_at is None

    work()
    with acting_as(eve):
        assert sorted(one.body for one in eve.entries.all()) == ["Words 0", "Words 1", "Words 2"]
    assert the_import(eve).done_at is not None


def test_an_import_that_kills_every_worker_is_given_up(eve):
    archive = packed({"2026-01-01.md": "A quiet day."})
    signed_in(eve).post("/settings/import/", {"file": SimpleUploadedFile("a.zip", archive)})

    for _worker in range(tasks.MOST_TRIES):
        assert killed("exchange.jobs.source_of") == -signal.SIGKILL
    work()

    assert the_import(eve).refusal == "This stopped unexpectedly more than once."


@pytest.mark.parametrize(
    "point",
    [
        *(
            "account_deletion.deletion.deactivate_account",
            "account_deletion.deletion.delete_key",
            "account_deletion.deletion.write_down",
        ),
        *("account_deletion.deletion.delete_files", "account_deletion.deletion.delete_rows"),
    ],
)
def test_a_deletion(ada, eve, point):
    make_entry(ada, "Ada’s words")
    make_entry(eve, "Eve’s words")
    exported(ada)
    just_signed_in(ada).post("/settings/delete/", {"when": "now", "sure": "on"})

    assert killed(point) == -signal.SIGKILL
    assert not User.objects.get(pk=ada.pk).is_active
    there = point == "account_deletion.deletion.deactivate_account"
    assert DataKey.objects.filter(owner_id=ada.pk).exists() is there

    work()
    assert list(User.objects.values_list("pk", flat=True)) == [eve.pk]
    assert register.mark(ada.pk) in register.read()
    with acting_as(eve):
        assert [one.body for one in eve.entries.all()] == ["Eve’s words"]


def test_the_web_server_while_an_export_is_asked_for(ada):
    make_entry(ada, "Ada’s words")
    client = just_signed_in(ada)

    assert (
        killed_while_posting(client, "exchange.tasks.enqueue_next", "/settings/export/")
        == -signal.SIGKILL
    )
    with acting_as(ada):
        assert not Export.objects.exists()
    assert not DBTaskResult.objects.exists()

    client.post("/settings/export/")
    work()
    with acting_as(ada):
        assert Export.objects.get().ready_at is not None


def test_the_web_server_while_an_import_begins_and_while_it_is_undone(ada, eve):
    make_entry(ada, "Ada’s words")
    archive = exported(ada)
    client = signed_in(eve)
    client.post("/settings/import/", {"file": SimpleUploadedFile("journal.zip", archive)})
    work()
    page = the_import(eve).get_absolute_url()

    assert (
        killed_while_posting(client, "exchange.tasks.enqueue_next", f"{page}start/")
        == -signal.SIGKILL
    )
    assert the_import(eve).begun_at is None
    client.post(f"{page}start/")
    work()

    assert killed_while_posting(client, "exchange.jobs.undo", f"{page}undo/") == -signal.SIGKILL
    with acting_as(eve):
        assert eve.entries.count() == 1
    assert the_import(eve).undone_at is None
    client.post(f"{page}undo/")
    with acting_as(eve):
        assert not eve.entries.exists()


def test_the_web_server_while_a_deletion_is_asked_for(ada):
    make_entry(ada, "Ada’s words")
    client = just_signed_in(ada)
    sent = {"when": "now", "sure": "on"}

    assert killed_while_posting(
        client, "account_deletion.deletion.ask", "/settings/delete/", **sent
    ) == (-signal.SIGKILL)
    person = User.objects.get(pk=ada.pk)
    assert (person.is_active, person.deletion_due_at) == (True, None)

    client.post("/settings/delete/", sent)
    work()
    assert not User.objects.exists()
