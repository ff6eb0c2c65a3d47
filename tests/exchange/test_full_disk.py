"""A disk that fills up during an upload: 503 with a sentence, and nothing is left of it."""

import errno
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from journal.privacy.sealed_files import SealedWriter, folder
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def no_room(*_arguments: object, **_how: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("method", ["_seal", "seal_rest"])
def test_a_full_disk_is_said_and_leaves_no_file(ada, monkeypatch, method):
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    before = {path.name for path in folder("imports").iterdir()}
    monkeypatch.setattr(SealedWriter, method, no_room)

    answer = client.post(
        "/settings/import/", {"file": SimpleUploadedFile("journal.zip", b"x" * 300_000)}
    )

    assert answer.status_code == 503
    assert "The server’s disk is full." in unescape(answer.content.decode())
    assert {path.name for path in folder("imports").iterdir()} == before


@pytest.mark.parametrize("path", ["/settings/export/", "/settings/import/"])
def test_below_the_floor_neither_is_begun_and_writing_goes_on(ada, settings, path):
    client = Client()
    client.force_login(ada)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    settings.DISK_FLOOR = 1 << 60
    file = SimpleUploadedFile("journal.zip", b"x" * 3000)

    page = unescape(client.post(path, {"file": file}).content.decode())

    assert "This server’s disk is nearly full." in page
    assert not ada.exports.exists()
    assert not ada.imports.exists()
    saved = client.post("/journal/write/", {"body": "A quiet day", "written_on": "2026-11-19"})
    assert saved.status_code == 302
