"""Made when it is due, whole and once, for whoever has the secret key and nobody else."""

import errno
import io
import os
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pyrage
import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.exchange import tasks
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.scheduled_exports import making, starting
from journal.scheduled_exports.models import ExportSchedule, ScheduledExport
from tests.exchange.factories import exported, files_in, files_of, just_signed_in
from tests.exchange.factories import work as let_the_worker_work
from tests.factories import make_entry
from tests.photos.factories import make_photo
from tests.scheduled_exports.page_states import PAGE, make_schedule

pytestmark = pytest.mark.django_db
IDENTITY = pyrage.x25519.Identity.generate()
KEY = str(IDENTITY.to_public())
WORDS = "a word of ada"


def due(person: User, **fields) -> ExportSchedule:
    return make_schedule(person, **{"recipient": KEY, "next_at": timezone.now(), **fields})


def do_what_is_due() -> int:
    """The minute's work of the worker. Returns how many were begun."""
    started = starting.start_due()
    let_the_worker_work()
    return started


def ready(person: User) -> list[ScheduledExport]:
    with acting_as(person):
        return list(person.scheduled_exports.ready())


def stored(folder: Path) -> list[Path]:
    return sorted(files_in(folder / "scheduled"))


def test_its_key_opens_the_whole_export(ada, data_folder):
    make_photo(make_entry(ada, "A quiet day.", title="In the studio"))
    for _number in range(30):
        make_entry(ada, os.urandom(9000).hex())  # more than one piece of age
    due(ada)

    assert do_what_is_due() == 1

    (row,) = ready(ada)
    (path,) = stored(data_folder)
    assert (path.name, path.stat().st_size) == (row.stored_name, row.size)
    assert path.stat().st_mode & 0o777 == 0o600
    sent = just_signed_in(ada).get(f"{PAGE}{row.pk}/")
    assert sent["Cache-Control"] == "no-store"
    assert ".zip.age" in sent["Content-Disposition"]
    locked = b"".join(sent.streaming_content)
    assert locked == path.read_bytes()
    found, asked_for = files_of(pyrage.decrypt(locked, [IDENTITY])), files_of(exported(ada))
    assert found.keys() == asked_for.keys()
    when = b'"exported_at"'
    for name, content in asked_for.items():
        lines = zip(content.splitlines(), found[name].splitlines(), strict=True)
        assert all(one == other for one, other in lines if when not in one), name
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(locked, [pyrage.x25519.Identity.generate()])
    assert not any(one for one in files_in(data_folder) if one.suffix in (".part", ".progress"))


def test_nothing_is_written_but_what_age_gives_back(ada, monkeypatch):
    make_entry(ada, "A quiet day. " * 1000)
    due(ada)
    written, write = [], making.Stream.write
    monkeypatch.setattr(
        making.Stream, "write", lambda stream, data: written.append(data) or write(stream, data)
    )
    opened = []
    open_file = os.open
    monkeypatch.setattr(os, "open", lambda path, *how: opened.append(path) or open_file(path, *how))

    do_what_is_due()

    (row,) = ready(ada)
    data = b"".join(written)
    assert (data[:22], len(data)) == (b"age-encryption.org/v1\n", row.size)
    assert b"quiet" not in data
    assert [Path(path).name for path in opened if row.stored_as.hex in str(path)] == [
        f"{row.stored_as.hex}.part"
    ]


def test_the_last_three_stay(ada, data_folder, django_capture_on_commit_callbacks):
    due(ada)
    names = []
    for _week in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            do_what_is_due()
        names.append(ready(ada)[0].stored_name)
        with acting_as(ada):
            ada.export_schedules.update(next_at=timezone.now())
    assert [path.name for path in stored(data_folder)] == sorted(names[2:])
    assert [row.stored_name for row in ready(ada)] == names[:1:-1]


def test_one_is_made_however_often_it_is_looked_for(ada, data_folder):
    schedule = due(ada, next_at=timezone.now() - timedelta(days=80))  # the machine slept
    assert starting.start_due() == 1
    with acting_as(ada):
        ada.export_schedules.update(next_at=timezone.now())  # its day came again before it was made
    assert starting.start_due() == 1
    assert DBTaskResult.objects.count() == 2

    let_the_worker_work()

    assert len(ready(ada)) == len(stored(data_folder)) == 1
    with acting_as(ada):
        next_at = ada.export_schedules.get().next_at
        assert next_at == schedule.next_after(timezone.now())
    assert starting.start_due() == 0


def test_a_task_knows_ids_and_nothing_else(ada):
    due(ada)
    starting.start_due()
    (task,) = DBTaskResult.objects.all()
    with acting_as(ada):
        row = ada.scheduled_exports.get()
    assert task.args_kwargs == {"args": [str(row.pk), str(ada.pk)], "kwargs": {}}


@pytest.mark.parametrize("fields", [{"deletion_due_at": timezone.now()}, {"is_active": False}])
def test_none_is_made_of_an_account_that_is_ending(ada, fields):
    due(ada)
    User.objects.filter(pk=ada.pk).update(**fields)
    assert do_what_is_due() == 0
    assert not ready(ada)


def no_room(*_arguments: object, **_how: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def full_disk(buffering: int):
    return lambda _path: open("/dev/full", "wb", buffering)  # noqa: PTH123


def no_folder(*_arguments: object, **_how: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def a_fault(*_arguments: object, **_how: object) -> None:
    raise ZeroDivisionError(WORDS)


FULL, AWAY = "The server’s disk is nearly full.", "The place where exports are kept didn’t take it."
FAULTS = [
    ("journal.privacy.storage.private_file", full_disk(0), FULL),
    ("journal.privacy.storage.private_file", full_disk(1 << 20), FULL),
    ("journal.scheduled_exports.making.has_room", lambda: False, FULL),
    ("journal.privacy.storage.private_file", no_folder, AWAY),
    ("journal.exchange.exporting.markdown_pages", a_fault, ""),
    ("journal.exchange.exporting.markdown_pages", no_room, FULL),
]


def test_a_failure_is_said_and_tried_again_the_next_day(ada, monkeypatch, data_folder, caplog):
    """The earlier ones stay, and nothing of the attempt does."""
    make_entry(ada, "A quiet day.")
    with time_machine.travel("2026-11-20T12:00:00+01:00", tick=False) as travel:  # a Friday
        due(ada)
        do_what_is_due()
        (former,) = ready(ada)
        for name, fault, sentence in FAULTS:
            travel.shift(timedelta(days=7))
            with monkeypatch.context() as patched:
                patched.setattr(name, fault)
                assert do_what_is_due() == 1

            with acting_as(ada):
                (failed,) = ada.scheduled_exports.failed()
                assert failed.refusal == sentence
                next_at = ada.export_schedules.get().next_at
            assert next_at == failed.failed_at.replace(hour=2, minute=0) + timedelta(days=1)
            assert [path.name for path in stored(data_folder)] == [former.stored_name]
            for address in (PAGE, "/settings/export/"):
                page = unescape(just_signed_in(ada).get(address).content.decode())
                assert "couldn’t be made" in page
                assert sentence in page
        assert WORDS not in caplog.text

        travel.shift(timedelta(days=1))
        assert do_what_is_due() == 1
        assert len(ready(ada)) == 2
        assert "couldn’t be made" not in just_signed_in(ada).get(PAGE).content.decode()


def test_days_are_those_of_the_person(ada):
    """At three in the night of their zone, whatever its clocks do."""
    weekly = ExportSchedule(owner=ada, weekday=6)
    monthly = ExportSchedule(owner=ada, rhythm="monthly")
    cases = [
        ("Europe/Stockholm", weekly, "2026-11-19T12:00:00Z", "2026-11-22T02:00:00Z"),
        ("Europe/Stockholm", weekly, "2026-11-22T01:59:00Z", "2026-11-22T02:00:00Z"),
        ("Europe/Stockholm", weekly, "2026-11-22T02:00:00Z", "2026-11-29T02:00:00Z"),
        ("Europe/Stockholm", weekly, "2026-03-23T12:00:00Z", "2026-03-29T01:00:00Z"),
        ("Pacific/Auckland", weekly, "2026-11-19T12:00:00Z", "2026-11-21T14:00:00Z"),
        ("Europe/Stockholm", monthly, "2026-11-19T12:00:00Z", "2026-12-01T02:00:00Z"),
        ("Europe/Stockholm", monthly, "2026-12-31T22:30:00Z", "2027-01-01T02:00:00Z"),
        ("Europe/Stockholm", monthly, "2027-01-01T02:00:00Z", "2027-02-01T02:00:00Z"),
        ("Pacific/Auckland", monthly, "2026-11-30T15:00:00Z", "2026-12-31T14:00:00Z"),
    ]
    for zone, schedule, now, expected in cases:
        ada.zone = zone
        assert schedule.next_after(datetime.fromisoformat(now)) == datetime.fromisoformat(expected)


def test_another_zone_moves_the_day_along(ada):
    with time_machine.travel("2026-11-19T12:00:00+01:00", tick=False):
        schedule = make_schedule(ada, next_at=datetime.fromisoformat("2026-11-22T02:00:00Z"))
        ada.zone = "Pacific/Auckland"
        with acting_as(ada):
            starting.plan_anew(ada)
            assert ada.export_schedules.get().next_at.isoformat() == "2026-11-21T14:00:00+00:00"
            assert ada.export_schedules.get().version == schedule.version


def test_it_is_tried_three_times_by_workers_that_end(ada):
    due(ada)
    starting.start_due()
    with acting_as(ada):
        row = ada.scheduled_exports.get()
        row.tries = tasks.MOST_TRIES
        row.save()
    let_the_worker_work()
    with acting_as(ada):
        assert "more than once" in ada.scheduled_exports.failed().get().refusal


def test_a_disk_that_is_full_at_the_last_byte_is_no_success():
    """pyrage passes over an error of its last write."""

    class Full(io.BytesIO):
        def write(self, data: bytes) -> int:
            no_room()

    stream = making.Stream(iter([b"a few words"]), Full())
    with pytest.raises(OSError, match="No space"):
        stream.encrypt(KEY)
