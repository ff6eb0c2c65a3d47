"""Backups that the worker makes: when they are due, how many are kept, and what is left alone."""

import errno
import os
import shutil
import signal
from collections import namedtuple
from datetime import datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from threading import Thread

import psutil
import pytest
from django.core.files.storage import Storage as FileStorage
from django.core.management import CommandError, call_command
from django.utils import timezone

from journal.audit.models import AuditEvent
from journal.database.locks import try_lock
from journal.embedded.backup_settings import ScheduledBackups, scheduled_backups
from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from journal.operation import checks, installation_state, worker_processes
from journal.operation.backups import manifest, pg_tools, scheduled
from journal.operation.backups.places import SCRATCH, place_of
from tests import s3
from tests.embedded.conftest import until
from tests.operation.backup_runs import backup

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data", "ada")]
START = datetime.fromisoformat("2026-11-30T16:43:00Z")
HOUR = timedelta(hours=1)


@pytest.fixture
def place(settings, tmp_path, monkeypatch) -> Path:
    """Every six hours, and the last two are kept. The disk is as large as it needs to be."""
    folder = tmp_path / "backups"
    folder.mkdir()
    settings.SCHEDULED_BACKUPS = ScheduledBackups(6 * HOUR, folder, keep=2, with_photos=False)
    free(monkeypatch, 50 * 1024**3)
    return folder


def free(monkeypatch, size: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: namedtuple("space", "free")(size))


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def outcomes() -> list[str]:
    return [line.outcome for line in reversed(AuditEvent.objects.newest_first())]


def test_one_each_interval_and_only_the_last_ones_of_ours_are_kept(place, tmp_path):
    ages = (0, 1, 6, 7, 12)
    made = [scheduled.make_if_due(START + age * HOUR) for age in ages]
    assert made == [True, False, True, False, True]
    second, third = "selftrust-20261130T224300Z", "selftrust-20261201T044300Z"
    assert names(place) == [second, third]
    assert manifest.checked(place / third)["photos"] is None
    assert outcomes() == ["done"] * 3

    backup(place / "selftrust-by-hand")  # no name of ours
    backup(place / "selftrust-20200101T000000Z")  # of ours, and older than any
    (place / "selftrust-20200102T000000Z").mkdir()  # no backup
    shutil.copytree(place / second, place / "selftrust-20200103T000000Z")
    stranger = place / "selftrust-20200103T000000Z" / manifest.MANIFEST  # another master key's
    stranger.write_text(stranger.read_text().replace('"master": "', '"master": "f'))
    (place / "selftrust-20200104T000000Z").symlink_to(tmp_path / "data")
    shutil.copytree(place / second, place / "selftrust-20990101T000000Z")  # of a wrong clock
    kept = set(names(place)) - {"selftrust-20200101T000000Z", second}

    assert scheduled.make_if_due(START + 18 * HOUR)
    assert set(names(place)) == kept | {"selftrust-20261201T104300Z"}


def test_in_a_bucket_the_same_are_kept_and_each_can_be_fetched_and_restored(
    settings, tmp_path, monkeypatch, caplog
):
    with s3.bucket() as url:
        given = {"SELFTRUST_BACKUP_EVERY": "6", "SELFTRUST_BACKUP_TO": url}
        plan = scheduled_backups(Environment({**given, "SELFTRUST_BACKUP_KEEP": "2"}), tmp_path)
        settings.SCHEDULED_BACKUPS = plan
        assert [scheduled.make_if_due(START + age * HOUR) for age in (0, 6, 7, 12)] == [
            *(True, True, False, True)
        ]
        second, third = "selftrust-20261130T224300Z", "selftrust-20261201T044300Z"
        said = StringIO()
        call_command("fetch_backup", stdout=said)
        assert said.getvalue().split() == [second, third]
        assert not [*settings.DATA_DIR.glob(f"{SCRATCH}*")]

        call_command("fetch_backup", second, str(tmp_path / "fetched"), stdout=said)
        call_command("verify_backup", str(tmp_path / "fetched"), stdout=said)
        assert "can be restored" in said.getvalue()
        with pytest.raises(CommandError, match="already exists"):
            call_command("fetch_backup", second, str(tmp_path / "fetched"))

        bucket = place_of(plan)

        def save(storage, name: str, content) -> str:
            if name.endswith(manifest.MANIFEST):
                raise TimeoutError
            return FileStorage.save(storage, name, content)

        with monkeypatch.context() as patched:  # lost on the way: no manifest, so no backup
            patched.setattr(type(bucket.storage), "save", save)
            assert not scheduled.make_if_due(START + 18 * HOUR)
        assert "The storage of backups doesn't answer: TimeoutError" in caplog.text
        lost = "selftrust-20261201T104300Z"
        assert lost in bucket.storage.listdir("")[0]
        (killed := settings.DATA_DIR / f"{SCRATCH}killed").mkdir()
        assert scheduled.make_if_due(START + 19 * HOUR)
        assert not killed.exists()
        assert bucket.storage.listdir("")[0] == [third, "selftrust-20261201T114300Z"]
    away = {**given, "SELFTRUST_BACKUP_TO": s3.NOBODY}
    settings.SCHEDULED_BACKUPS = scheduled_backups(Environment(away), tmp_path)
    assert not scheduled.make_if_due(START + 26 * HOUR)
    assert "not known whether a backup is due" in caplog.text


def test_one_node_at_a_time(place):
    with try_lock(scheduled.LOCK) as free_before:
        assert free_before
        assert not scheduled.make_if_due(START)
    assert names(place) == outcomes() == []
    assert scheduled.make_if_due(START)


def test_what_fails_leaves_the_earlier_ones_and_is_tried_again_later(place, monkeypatch, caplog):
    assert scheduled.make_if_due(START)
    assert scheduled.make_if_due(START + 6 * HOUR)
    earlier = names(place)

    def is_full(*_arguments, into, **_options):
        into.write(b"half of it")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "database.dump")

    with monkeypatch.context() as patched:
        patched.setattr(pg_tools, "run", is_full)
        assert not scheduled.make_if_due(START + 12 * HOUR)
    assert "No space left on device" in caplog.text
    free(monkeypatch, 500 * 1024**2)  # the floor: not a byte for a backup
    assert not scheduled.make_if_due(START + 12.5 * HOUR)
    assert not scheduled.make_if_due(START + 13 * HOUR)
    assert "too little room" in caplog.text
    assert names(place) == earlier
    assert outcomes() == ["done", "done", "failed", "failed"]  # none at half past

    free(monkeypatch, 50 * 1024**3)
    assert scheduled.make_if_due(START + 14 * HOUR)
    shutil.move(place, place.with_name("gone"))
    assert not scheduled.make_if_due(START + 20 * HOUR)
    assert "doesn't exist" in caplog.text


def test_a_killed_one_is_tidied_by_the_next(place):
    installation_state.note(scheduled.STATE, folder="selftrust-20261130T104300Z")
    (place / ".selftrust-20261130T104300Z.half").mkdir()
    (place / ".mine.half").mkdir()

    assert scheduled.make_if_due(START)
    assert names(place) == [".mine.half", "selftrust-20261130T164300Z"]


def test_asked_to_end_it_leaves_nothing_half_and_the_next_one_makes_it(
    place, tmp_path, monkeypatch, request
):
    request.addfinalizer(partial(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM)))
    dump, pid = tmp_path / "pg_dump", tmp_path / "pid"
    dump.write_text(f"#!/bin/sh\necho half of it\necho $$ >{pid}\nexec sleep 600\n")
    dump.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(pg_tools, "program", lambda _name: dump)
        asking = Thread(target=lambda: until(pid.exists) and os.kill(os.getpid(), signal.SIGTERM))
        asking.start()
        with pytest.raises(SystemExit):
            worker_processes.back_up()
        asking.join()
    assert not psutil.pid_exists(int(pid.read_text()))
    assert [*place.iterdir()] == []
    assert outcomes() == ["failed"]

    assert scheduled.make_if_due(timezone.now() + HOUR)
    assert outcomes() == ["failed", "done"]


def test_the_operator_hears_when_one_is_late(place):
    def said(hours: float) -> list[str]:
        made_at = (timezone.now() - hours * HOUR).isoformat()
        installation_state.note("backup", made_at=made_at)
        return [str(found.msg) for found in checks.a_backup_is_made(databases=["default"])]

    assert said(11.9) == []
    assert said(12.1) == ["The last backup is 12 hours old, older than it should be."]
    assert said(49) == ["The last backup is 2 days old."]


REFUSED = [
    {"SELFTRUST_BACKUP_EVERY": "6"},
    {"SELFTRUST_BACKUP_TO": "/backup"},
    {"SELFTRUST_BACKUP_EVERY": "0", "SELFTRUST_BACKUP_TO": "/backup"},
    {"SELFTRUST_BACKUP_EVERY": "6", "SELFTRUST_BACKUP_TO": "backup"},
    {"SELFTRUST_BACKUP_EVERY": "6", "SELFTRUST_BACKUP_TO": "/data/backups"},
    {"SELFTRUST_BACKUP_EVERY": "6", "SELFTRUST_BACKUP_TO": "/backup", "SELFTRUST_BACKUP_KEEP": "0"},
]


def test_settings_that_would_be_ignored_are_refused():
    given = {"SELFTRUST_BACKUP_EVERY": "0.5", "SELFTRUST_BACKUP_TO": "/backup"}
    found = scheduled_backups(Environment(given), Path("/data"))
    assert found == ScheduledBackups(HOUR / 2, Path("/backup"), 14, with_photos=True)
    assert scheduled_backups(Environment({}), Path("/data")) is None
    for wrong in REFUSED:
        with pytest.raises(CannotStart):
            scheduled_backups(Environment(wrong), Path("/data"))
