"""What `recover` begins from, what it refuses before it touches anything, and what it does again.
test_recover_drill.py loses a database and recovers it."""

import gzip
import json
import shutil
import subprocess
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from journal.account_deletion import register, register_copy
from journal.audit.models import AuditEvent
from journal.embedded import paths, wal_archive
from journal.embedded.backup_settings import WalArchive
from journal.embedded.backup_settings import wal_archive as archive_of
from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from journal.embedded.wal_archive import SEGMENT, ArchiveOf, History
from journal.operation.backups import base, recover
from journal.operation.backups.taken_back import TakenBack
from journal.people.models import User
from journal.privacy import keys
from journal.privacy.rls import acting_as
from journal.sharing import consent
from journal.sharing.models import ShareGrant
from journal.sharing.models.links import CoachLink
from tests.coaching.factories import link, share
from tests.decisions.factories import make_decision
from tests.embedded.running import new_folder

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def archive(settings, tmp_path) -> WalArchive:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    folder = tmp_path / "archive"
    folder.mkdir()
    settings.WAL_ARCHIVE = WalArchive(folder, timedelta(seconds=60), 24 * HOUR, keep=2)
    return settings.WAL_ARCHIVE


def base_backup(ours: ArchiveOf, at: datetime, piece: int, timeline: int = 1, **said) -> Path:
    """What is read of one."""
    folder = ours.base / at.strftime(base.NAME)
    folder.mkdir(parents=True)
    begins = piece * SEGMENT + 40
    span = {
        "Timeline": timeline,
        "Start-LSN": f"{begins >> 32:X}/{begins % 2**32:X}",
        "End-LSN": f"{begins >> 32:X}/{begins % 2**32 + 200:X}",
    }
    masters = [key.name for key in keys.master_keys()]
    ours_says = {"made_at": at.isoformat(), "postgres": paths.version(), "masters": masters}
    (folder / base.OURS).write_text(json.dumps(ours_says | said))
    (folder / base.THEIRS).write_text(json.dumps({"WAL-Ranges": [span], "Files": [{"Size": 9}]}))
    return folder


def refusal(to: datetime | None = None, **options) -> str:
    try:
        call_command("recover", to=to and to.isoformat(), **options)
    except (CommandError, CannotStart) as error:
        return str(error)
    pytest.fail("it was not refused")


def test_what_it_can_not_do_is_refused_before_anything_is_touched(archive, settings, monkeypatch):
    ours = ArchiveOf(archive.folder / "71")
    assert "no base backup" in refusal()
    with pytest.raises(CommandError, match="needs a time"):
        call_command("recover", to="monday")
    base_backup(ours, NOON, 3)
    assert "still to come" in refusal(timezone.now() + HOUR)
    assert "The first is of 2026-11-20 12:00:00 UTC" in refusal(NOON - HOUR)
    assert "no timeline 2" in refusal(NOON + HOUR, timeline=2)

    space = namedtuple("space", "free")(1024**3)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: space)
        assert "1.0 GB in" in refusal(NOON + HOUR)
    base_backup(ArchiveOf(archive.folder / "72"), NOON + 3 * HOUR, 3)
    assert "several databases" in refusal()
    base_backup(ours, NOON + 4 * HOUR, 4, postgres="15")
    assert "PostgreSQL 15" in refusal(NOON + 5 * HOUR)
    base_backup(ours, NOON + 6 * HOUR, 5, masters=["0123456789abcdef"])
    assert "needs a master key that is missing here" in refusal(NOON + 7 * HOUR)
    (settings.DATA_DIR / "postgres").mkdir()
    assert "recover --yes" in refusal(NOON + HOUR)
    settings.WAL_ARCHIVE = archive._replace(folder=archive.folder / "gone")
    assert "isn't there" in refusal()
    settings.WAL_ARCHIVE = None
    assert "isn't set" in refusal()
    assert [path.name for path in (settings.DATA_DIR / "postgres").iterdir()] == []


def test_the_last_base_backups_stay_and_the_log_from_the_oldest_of_them(archive, request):
    """By PostgreSQL's own pg_archivecleanup; what it is not sure of, it leaves."""
    ours = ArchiveOf(new_folder() / "71")  # where the server's user can be
    request.addfinalizer(partial(shutil.rmtree, ours.folder.parent))
    ours.folder.mkdir(mode=0o711)
    paths.cluster(settings.DATA_DIR).mkdir(parents=True)
    old, *kept = (base_backup(ours, NOON + day * 24 * HOUR, 3 + day) for day in range(3))
    (old / base.FILES).touch()
    strangers = [ours.base / "20261101T120000Z", ours.base / "by hand", ours.base / "link-Z"]
    for stranger in strangers[:2]:
        stranger.mkdir()
    strangers[2].symlink_to(old)
    ours.wal.mkdir()
    pieces = {number: History(1, ()).name(number) for number in range(2, 7)}
    for name in [*pieces.values(), f"{pieces[3]}.00000028.backup", "00000002.history"]:
        (ours.wal / f"{name}.gz").touch()
    paths.hand_over(ours.wal, paths.system_user(paths.cluster(settings.DATA_DIR)))

    base._tidy(ours, keep=2)
    assert {*ours.base.iterdir()} == {*kept, *strangers}
    assert ours.pieces() == {pieces[number] for number in (4, 5, 6)}
    assert {path.name for path in ours.wal.iterdir()} - {f"{one}.gz" for one in ours.pieces()} == {
        "00000002.history.gz"
    }

    base._tidy(ours, keep=1)
    assert {*ours.base.iterdir()} == {kept[1], *strangers}
    assert ours.pieces() == {pieces[number] for number in (5, 6)}
    base._tidy(ours, keep=1)  # the newest never goes
    assert {*ours.base.iterdir()} == {kept[1], *strangers}


def test_the_base_backup_is_the_newest_before_the_moment_on_what_was_written_last(archive):
    ours = ArchiveOf(archive.folder / "71")
    first = base_backup(ours, NOON, 3)
    abandoned = base_backup(ours, NOON + 2 * HOUR, 9)
    (ours.base / "20261120T140000Z.half").mkdir()
    ours.wal.mkdir()
    with gzip.open(ours.wal / "00000002.history.gz", "wt") as file:
        file.write("1\t0/5000060\tbefore 2026-11-20 13:00:00+00\n\n")

    begin = recover._begin(archive, NOON + 3 * HOUR, None)
    assert (begin.base.folder, begin.history.timeline) == (first, 2)
    begin = recover._begin(archive, NOON + 3 * HOUR, 1)
    assert (begin.base.folder, begin.history.timeline) == (abandoned, 1)
    second = base_backup(ours, NOON + 4 * HOUR, 6, timeline=2)
    assert recover._begin(archive, None, None).base.folder == second

    history = ours.history(2)
    assert history == History(2, ((1, 0x5000060),))
    assert [history.name(number)[7::8] for number in (4, 5, 6)] == ["104", "205", "206"]
    assert wal_archive.number(history.name(0x1_23)) == 0x123


def test_a_piece_is_archived_once_and_never_overwritten(tmp_path):
    folder = tmp_path / "it's 5% of $HOME"
    ours, piece = ArchiveOf(folder), tmp_path / "piece"
    ours.wal.mkdir(parents=True)
    piece.write_bytes(b"words" * 1000)

    def archived() -> int:
        command = ours.server_settings(HOUR)["archive_command"]
        command = command.replace("%p", str(piece)).replace("%f", "00A").replace("%%", "%")
        return subprocess.run(["sh", "-c", command], check=False).returncode

    def fetched() -> int:
        command = ours.fetch_command().replace("%p", str(tmp_path / "back")).replace("%f", "00A")
        return subprocess.run(["sh", "-c", command.replace("%%", "%")], check=False).returncode

    assert fetched() != 0
    assert archived() == archived() == fetched() == 0
    assert (tmp_path / "back").read_bytes() == piece.read_bytes()
    assert [path.name for path in ours.wal.iterdir()] == ["00A.gz"]
    piece.write_bytes(b"another")
    assert archived() != 0
    assert fetched() == 0
    assert (tmp_path / "back").read_bytes() == b"words" * 1000
    shutil.rmtree(ours.wal)  # a disk that is not mounted
    assert archived() != 0


def test_settings_that_would_be_ignored_are_refused():
    given = {"SELFTRUST_WAL_ARCHIVE": "/archive", "SELFTRUST_BASE_BACKUP_EVERY": "12"}
    found = archive_of(Environment(given), Path("/data"))
    assert found == WalArchive(Path("/archive"), timedelta(minutes=1), 12 * HOUR, keep=7)
    assert archive_of(Environment({}), Path("/data")) is None
    for wrong in (
        {"SELFTRUST_WAL_ARCHIVE": "archive"},
        {"SELFTRUST_WAL_ARCHIVE": "/data/archive"},
        {**given, "SELFTRUST_WAL_SECONDS": "0"},
        {**given, "SELFTRUST_BASE_BACKUP_KEEP": "0"},
        {**given, "DATABASE_URL": "postgres://localhost/selftrust"},
    ):
        with pytest.raises(CannotStart):
            archive_of(Environment(wrong), Path("/data"))


@pytest.mark.django_db
def test_the_register_of_deleted_accounts_survives_the_data_folder(archive, ada, mira, caplog):
    register_copy.add(ada.pk)
    register.add(mira.pk)
    register_copy.catch_up()
    shutil.rmtree(settings.DATA_DIR)
    settings.DATA_DIR.mkdir()
    register_copy.put_back()
    assert register.read() == {register.mark(ada.pk), register.mark(mira.pk)}
    shutil.rmtree(archive.folder)  # not mounted: a deletion goes on
    register_copy.add(ada.pk)
    assert "no copy of a deletion" in caplog.text


@pytest.mark.django_db
def test_what_a_client_took_back_since_is_taken_back_again(ada, eve, mira):
    stays, ends = link(ada, mira), link(eve, mira)
    kept, revoked = share(stays, make_decision(ada)), share(stays, make_decision(ada))
    of_eve = share(ends, make_decision(eve))
    with acting_as(ada):
        consent.show_address(stays, ada.email)
    with transaction.atomic():  # what happened after the moment that is recovered
        with acting_as(ada):
            consent.take_back(stays, [revoked])
            consent.keep_out(ada, "decision", make_decision(ada))
            consent.show_address(stays, "")
        with acting_as(mira):
            ends.end()
        since = TakenBack.read()
        transaction.set_rollback(True)
    assert set(ShareGrant.objects.in_force()) == {kept, revoked, of_eve}

    assert since.do_again() == 2
    assert set(ShareGrant.objects.in_force()) == {kept}
    (current,) = CoachLink.objects.active()
    assert (current.pk, current.address_shown_since) == (stays.pk, None)
    assert CoachLink.objects.get(pk=ends.pk).ended_by == CoachLink.By.COACH
    assert since.do_again() == 0


@pytest.mark.django_db(transaction=True)
def test_a_database_of_ones_own_is_made_ready_after_its_recovery(data, ada, mira, client):
    client.force_login(ada)
    register.add(mira.pk)
    said = StringIO()
    call_command("after_recovery", stdout=said)
    assert "deleted again: 1." in said.getvalue()
    assert [*User.objects.all()] == [ada]
    assert not Session.objects.exists()
    assert [line.what for line in AuditEvent.objects.all()] == ["recover"]
