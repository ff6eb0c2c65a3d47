"""Exports and imports as people make them, and the worker that does the work."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock
from zipfile import ZipFile

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from journal.exchange.exporting import Writing
from journal.exchange.models import Export, HasFile, Import
from journal.operation.example.person import make_example_person
from journal.operation.worker_processes import QUEUES
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.factories import PASSWORD
from tests.page import say_it_again


def work(queues: str = "default,large") -> None:
    """What the worker of `serve` does, until nothing is waiting; in the test's own transaction."""
    worker = db_worker.Worker(
        queue_names=queues.split(","),
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="in this test",
        excluded_queue_names=[],
    )
    for enqueue_unfinished in QUEUES[queues]:
        enqueue_unfinished()
    with mock.patch.object(db_worker, "close_old_connections"):
        worker.run()
    assert not DBTaskResult.objects.failed().exists(), DBTaskResult.objects.failed()[0].traceback


class Killed(BaseException):
    """Nobody catches it, as nobody catches kill -9."""


def just_signed_in(person: User) -> Client:
    """Someone who said their password again this moment."""
    client = signed_in(person)
    say_it_again(client)
    return client


def asked(client: Client, **fields: Any) -> HttpResponse:
    """The form as it is when one presses the button at once, or with other answers."""
    return client.post("/settings/export/", {"format": "everything", **fields})


def exported(person: User, **fields: Any) -> bytes:
    """The file, asked for, made and fetched."""
    client = just_signed_in(person)
    answer = asked(client, **fields)
    assert answer.status_code == 302, answer.content.decode()
    work()
    with acting_as(person):
        export = Export.objects.latest("created_at")
    return b"".join(client.get(f"/settings/export/{export.pk}/").streaming_content)


def journal_now(person: User) -> dict[str, Any]:
    """What selftrust.json of an export would hold, without all that is made for reading."""
    with acting_as(person):
        writing = Writing(Export(owner=User.objects.get(pk=person.pk)))
        writing.steps = mock.Mock()  # which tells nobody how far it is
        for _name, _pieces in writing.photos.files():
            pass
        return json.loads("".join(writing.rows()))


def archive_now(person: User) -> bytes:
    """The part of an export that an import reads."""
    return packed({"selftrust.json": json.dumps(journal_now(person))})


@cache
def example_archive() -> bytes:
    """The export of the example person, who is not there any more: made once."""
    with transaction.atomic():
        archive = exported(make_example_person(PASSWORD).person)
        transaction.set_rollback(True)
    return archive


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def path_of(row: HasFile) -> Path:
    return Path(settings.DATA_DIR) / row.stored_name


def files_of(archive: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def journal_of(archive: bytes) -> dict[str, Any]:
    return json.loads(files_of(archive)["selftrust.json"])


def packed(files: dict[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def sent(person: User, archive: bytes, **fields: Any) -> Import:
    """Uploaded and looked through."""
    client = signed_in(person)
    file = SimpleUploadedFile("journal.zip", archive)
    answer = client.post("/settings/import/", {"file": file, **fields})
    assert answer.status_code == 302, answer.content.decode()
    work()
    return the_import(person)


def the_import(person: User) -> Import:
    with acting_as(person):
        row = Import.objects.latest("created_at")
        row.found, row.refusal, row.name  # noqa: B018 - opened here, for reading outside
        return row


def brought_in(person: User, archive: bytes, differing: str = "", **fields: Any) -> Import:
    row = sent(person, archive, **fields)
    assert not row.failed_at, row.refusal
    signed_in(person).post(f"{row.get_absolute_url()}start/", {"differing": differing})
    work()
    return the_import(person)
