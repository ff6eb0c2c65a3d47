"""Twenty years and a thousand photos, in from another app, out, and looked at by someone else: in
the memory that a small server has."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from journal.exchange.models import Export
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import asked, just_signed_in, packed, the_import
from tests.photos.factories import make_file

pytestmark = [
    *(pytest.mark.django_db(transaction=True), pytest.mark.long),
    pytest.mark.skipif(sys.platform != "linux", reason="/proc says how much memory it took"),
]
ROOT = Path(__file__).resolve().parents[2]
ENTRIES, PHOTOS = 20_000, 1_000
MOST_MEMORY = 300 * 1024  # KB
WORKER = """
import runpy, sys
sys.argv = ["tests.process_kill", sys.argv[1], "-", "worker", "--once"]
runpy.run_module("tests.process_kill", run_name="__main__")
print([line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")][0])
"""


@pytest.fixture(autouse=True)
def data_folder() -> Iterator[Path]:
    """Processes of their own take the folder from the environment."""
    folder = Path(settings.DATA_DIR)
    yield folder
    for name in ("exports", "imports", "photos"):
        shutil.rmtree(folder / name, ignore_errors=True)


def worker_memory() -> int:
    """Lets a worker do what is waiting, and says how much memory it took at most, in KB."""
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])]
    ran = subprocess.run(
        command, cwd=ROOT, env=os.environ, check=True, capture_output=True, text=True
    )
    print(ran.stderr)  # noqa: T201  shown where the test fails
    return int(ran.stdout.split()[-1])


def day_one() -> bytes:
    words = [f"word{number}" for number in range(3000)]
    chosen, start = random.Random(1), datetime(2004, 1, 1, 7, tzinfo=UTC)
    photo = make_file(Image.effect_noise((320, 240), 40).convert("RGB")).getvalue()
    files: dict[str, bytes | str] = {}
    entries = []
    for number in range(ENTRIES):
        at = (start + timedelta(hours=9 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = {
            "uuid": f"{number:032X}",
            "creationDate": at,
            "timeZone": "Europe/Berlin",
            "text": " ".join(chosen.choices(words, k=120)),
            "tags": chosen.sample(words[:40], 2),
        }
        if number < PHOTOS:
            data = photo + number.to_bytes(4, "big")
            name = md5(data, usedforsecurity=False).hexdigest()
            files[f"photos/{name}.jpeg"] = data
            entry["photos"] = [{"identifier": f"{number:032X}", "md5": name, "type": "jpeg"}]
        entries.append(entry)
    files["Journal.json"] = json.dumps({"metadata": {"version": "1.0"}, "entries": entries})
    return packed(files)


def sent(person: User, archive: bytes) -> None:
    file = SimpleUploadedFile("journal.zip", archive)
    signed_in(person).post("/settings/import/", {"file": file})


def test_20000_entries_with_1000_photos_take_less_than_300_mb(ada, eve):
    sent(ada, day_one())
    taken = {"preview": worker_memory()}
    row = the_import(ada)
    assert (row.refusal, row.preview["new"]) == ("", ENTRIES + PHOTOS + 40)
    signed_in(ada).post(f"{row.get_absolute_url()}start/")
    taken["import"] = worker_memory()
    with acting_as(ada):
        assert (ada.entries.count(), ada.photos.count()) == (ENTRIES, PHOTOS)

    asked(just_signed_in(ada))
    taken["export"] = worker_memory()
    with acting_as(ada):
        export = Export.objects.get()
        assert export.ready_at, (export.failed_at, export.refusal, export.tries)
    file = signed_in(ada).get(f"/settings/export/{export.pk}/")
    archive = b"".join(file.streaming_content)

    sent(eve, archive)
    taken["preview of ours"] = worker_memory()
    assert the_import(eve).preview["new"] == ENTRIES + PHOTOS + 40

    print(taken)  # noqa: T201  the numbers, for whoever runs it with -s
    assert max(taken.values()) < MOST_MEMORY, taken
