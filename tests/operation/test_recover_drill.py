"""The drill: the data folder is lost, and what was written until a moment comes back."""

import shutil
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.embedded.recovering import RECOVERING
from tests.embedded.conftest import sign_in, until
from tests.embedded.running import Visitor, new_folder, served, start, started_before

pytestmark = pytest.mark.long

PASSWORD = "a long enough password"
WITHIN = 5  # seconds until what was written is in the archive
DELETE = """
from journal.account_deletion.deletion import delete
from journal.people.models import User
delete(User.objects.get(email="mira@example.org"))
"""


class Installation:
    def __init__(self, folder: Path) -> None:
        self.data, self.archive = folder / "var", folder / "archive"
        self.settings = {
            "SELFTRUST_WAL_ARCHIVE": str(self.archive),
            "SELFTRUST_WAL_SECONDS": str(WITHIN),
        }

    def served(self):
        return served(self.data, **self.settings)

    def run(self, *command: str) -> tuple[int, str]:
        process = start(self.data, 0, "manage.py", *command, **self.settings)
        said, complaints = process.communicate(timeout=600)
        return process.returncode, said + complaints

    def base_backups(self) -> list[Path]:
        return sorted(self.archive.glob("*/base/2*Z"))

    def pieces(self) -> list[Path]:
        return sorted(self.archive.glob("*/wal/" + "?" * 24 + ".gz"))

    def archived(self) -> float:
        """Waits until all that is written now is archived. Returns the seconds."""
        began = time.monotonic()
        with sign_in(self.data) as database:
            asked = "select pg_walfile_name(pg_current_wal_lsn())"
            name = database.execute(asked).fetchone()[0]
        until(lambda: any(piece.name == f"{name}.gz" for piece in self.pieces()))
        return time.monotonic() - began

    def journal_of(self, email: str) -> str | None:
        """What the page shows; None, if they can't sign in."""
        with self.served() as (_server, port, _data):
            visitor = Visitor(port)
            visitor.ask("GET", "/accounts/login/")
            fields = {"login": email, "password": PASSWORD}
            if visitor.ask("POST", "/accounts/login/", fields)[0] != 302:
                return None
            return visitor.ask("GET", "/journal/")[1]


@pytest.fixture(scope="module")
def history() -> Iterator[tuple[Path, datetime, datetime]]:
    """A folder with a lost installation and its archive; the moment that is wanted, and a later one
    that is not."""
    folder = new_folder()
    place = Installation(folder)
    place.archive.mkdir(mode=0o711)
    started_before(place.data)
    with place.served() as (server, port, data):
        ada, mira = Visitor(port), Visitor(port)
        ada.sign_up("ada@example.org", PASSWORD)
        mira.sign_up("mira@example.org", PASSWORD)
        ada.write("Before the base backup")
        until(place.base_backups)
        ada.write("After it")
        mira.write("Hers")
        place.archived()
        ada.write("In another piece")
        moment = datetime.now(UTC)
        time.sleep(1)  # a moment is a second
        ada.write("Too late")
        place.archived()
        later = datetime.now(UTC)
        assert place.run("shell", "-c", DELETE)[0] == 0
        ada.write("Much too late")
        place.archived()
        ada.write("In the last piece but one")
        place.archived()
        ada.write("In the last piece")
        told = place.run("doctor")[1]
        assert "piece of the database’s log was archived 0 minutes ago" in told
        assert "The last base backup is 0 hours old" in told
        wal = place.pieces()[-1].parent
        wal.rename(wal.with_name("away"))
        ada.write("While the archive is away")
        until(lambda: "log can’t be archived" in place.run("doctor")[1])
        wal.with_name("away").rename(wal)
        sys.stdout.write(f"All of it was archived {place.archived():.1f} s later.\n")
        server.kill()
        server.wait()
    until(lambda: not _is_running(data))
    shutil.copytree(data / "keys", folder / "keys")
    shutil.rmtree(data)
    yield folder, moment, later
    shutil.rmtree(folder, ignore_errors=True)


def _is_running(data: Path) -> bool:
    return (data / "postgres" / "postmaster.pid").exists()


@pytest.fixture
def lost(history) -> Iterator[tuple[Installation, datetime, datetime]]:
    """Its data folder is empty, but for the keys that the operator kept elsewhere."""
    kept, moment, later = history
    folder = new_folder()
    shutil.copytree(kept / "archive", folder / "archive")
    (folder / "var").mkdir(mode=0o711)
    shutil.copytree(kept / "keys", folder / "var" / "keys")
    yield Installation(folder), moment, later
    shutil.rmtree(folder, ignore_errors=True)


def test_what_was_written_until_a_moment_comes_back_and_no_deleted_account(lost):
    place, moment, later = lost
    code, said = place.run("recover", "--to", moment.isoformat())
    sys.stdout.write(said)
    assert code == 0, said
    assert "deleted again: 1." in said

    shown = place.journal_of("ada@example.org")
    for words in ("Before the base backup", "After it", "In another piece"):
        assert words in shown
    assert "oo late" not in shown
    assert place.journal_of("mira@example.org") is None
    assert "recover  done" in place.run("audit")[1]

    # It was too early. What was written before the recovery is still in the archive.
    command = ("recover", "--to", later.isoformat(), "--timeline", "1")
    code, said = place.run(*command)
    assert code == 1
    assert "recover --yes" in said
    code, said = place.run(*command, "--yes")
    assert code == 0, said
    shown = place.journal_of("ada@example.org")
    assert "Too late" in shown
    assert "Much too late" not in shown
    assert place.journal_of("mira@example.org") is None
    (aside,) = place.data.glob("postgres.before-*")
    assert (aside / "PG_VERSION").exists()
    assert "of the archive" in said
    assert not (place.data / RECOVERING).exists()
    assert "postgres.before-" in place.run("doctor")[1]

    # And the recovered one is archived in its turn, from its first moment on.
    code, said = place.run("recover", "--yes")
    assert code == 0, said
    assert "Too late" in place.journal_of("ada@example.org")


def test_a_piece_that_lacks_or_is_damaged_is_named_and_what_precedes_it_is_kept(lost):
    place, moment, _later = lost
    ends = datetime.now(UTC).isoformat()
    before_last = place.pieces()[-2]
    content = before_last.read_bytes()
    before_last.write_bytes(content[: len(content) // 2])
    for command in (["recover"], ["recover", "--to", ends]):
        code, said = place.run(*command)
        assert code == 1
        assert f"{before_last.name} is damaged" in said
    before_last.unlink()
    code, said = place.run("recover")
    assert code == 1
    assert f"{before_last.name} is missing" in said
    assert not [path for path in place.data.iterdir() if path.name.startswith("postgres.r")]
    assert not (place.data / "postgres").exists()

    code, said = place.run("recover", "--to", moment.isoformat())
    assert code == 0, said


def test_a_moment_after_the_last_change_is_all_that_is_in_the_archive(lost):
    place, _moment, _later = lost
    code, said = place.run("recover", "--to", datetime.now(UTC).isoformat())
    assert code == 0, said
    assert "In the last piece<" in place.journal_of("ada@example.org")


def test_one_that_is_killed_leaves_nothing_half_and_the_next_start_finishes_it(lost):
    place, moment, _later = lost
    for point in ("make_ready", "_set_aside"):
        kill = (
            "-m",
            "tests.process_kill",
            "selftrust",
            f"journal.operation.backups.recover.{point}",
        )
        command = ("recover", f"--to={moment.isoformat()}")
        killed = start(place.data, 0, *kill, *command, **place.settings)
        killed.communicate(timeout=600)
        assert killed.returncode == -signal.SIGKILL
        assert not (place.data / "postgres").exists()
    assert "In another piece" in place.journal_of("ada@example.org")
    assert place.journal_of("mira@example.org") is None
