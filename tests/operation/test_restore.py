"""`manage.py restore`: everyone's journal as it was; killed, it leaves the old one or the new."""

import json
import shutil
import signal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from journal.account_deletion import register
from journal.embedded import keyfiles
from journal.operation.backups import restore as restoring
from journal.operation.example import person as example
from journal.privacy import keys
from tests.conftest import signed_in
from tests.decisions.factories import make_decision
from tests.embedded.running import new_folder, start
from tests.factories import make_entry
from tests.operation.backup_runs import (
    backup,
    databases_left_over,
    killed,
    restore,
    said_elsewhere,
)
from tests.operation.canonical import canonical, of_everyone
from tests.privacy.complaints import complaints
from tests.privacy.stored import run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data")]


def test_the_drill_everyones_journal_is_as_it_was(ada, eve, tmp_path):
    """The example person and two more: backed up, changed, lost, and put back."""
    example.make_example_person("an example for the tests")
    make_decision(ada)
    make_entry(ada, "Ada’s words")
    make_entry(eve, "Eve’s words", title="A title")
    before = of_everyone()
    assert list(before) == sorted(
        ["ada@example.org", "eve@example.org", example.EMAIL, example.COACH_EMAIL]
    )
    assert "Eve’s words" in before["eve@example.org"]
    said = backup(tmp_path / "monday")

    make_entry(ada, "Written after the backup")
    run("update entries_entry set title = null where owner_id = %s", eve.pk)
    run("delete from privacy_datakey where owner_id = %s", eve.pk)
    run("delete from promises_checkin")
    run("delete from lessons_thread")
    assert "no data key" in opened_or_not(eve)
    visit = signed_in(ada)

    restored = restore(tmp_path / "monday", yes=True)

    rows = said.split("rows: ")[1].split(".")[0]
    made_at = json.loads((tmp_path / "monday/manifest.json").read_text())["made_at"]
    assert restored == (
        f"Restored the backup of {made_at}. Accounts: 4, rows: {rows}. Everyone has to sign in "
        f"again.\n"
    )
    assert of_everyone() == before
    assert complaints() == []  # the wall, as the catalog has it, and its roles
    assert databases_left_over() == []
    assert visit.get("/today/").status_code == 302
    assert "Ada’s words" in signed_in(ada).get("/journal/").content.decode()


def opened_or_not(person) -> str:
    try:
        return canonical(person)
    except keys.SealBroken as error:
        return str(error)


def test_an_older_backup_is_brought_up_to_date(ada, tmp_path):
    entry = make_entry(ada, "From before")
    call_command("migrate", "support", "zero", verbosity=0)
    try:
        backup(tmp_path / "monday")
    finally:
        call_command("migrate", verbosity=0)
    entry.delete()

    said = restore(tmp_path / "monday", yes=True)

    assert said.split("\n")[1].startswith("Migrations newer than the backup: ")
    assert "From before" in of_everyone()["ada@example.org"]
    assert complaints() == []


def test_who_was_deleted_after_the_backup_does_not_come_back(monday, mira, data):
    (data / "deleted.txt").write_text(f"\n{register.mark(mira.pk)}\n")

    said = restore(monday, yes=True)

    assert said.endswith(
        "Accounts that were deleted after the backup and have been deleted again: 1.\n"
    )
    assert list(of_everyone()) == ["ada@example.org"]
    assert run("select count(*) from privacy_datakey") == [(1,)]
    assert run("select count(*) from people_value") == [(0,)]


KILLS = [
    ("swap._rename", "old"),  # one of the two has its new name, and nobody sees it yet
    ("swap.swap", "new"),
    pytest.param("restore.fill", "old", marks=pytest.mark.long),
    pytest.param("swap.make", "old", marks=pytest.mark.long),
    pytest.param("restore.bring_up_to_date", "old", marks=pytest.mark.long),
    pytest.param("restore.reapply", "old", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("point", "left"), KILLS)
def test_killed_anywhere_it_leaves_the_old_or_the_new(monday, ada, point, left):
    bodies = {"old": 2, "new": 1}
    old = of_everyone()

    assert killed(point, "restore", str(monday), "--yes") == -signal.SIGKILL

    assert len(databases_left_over()) == 1
    assert run("select count(*) from entries_entry") == [(bodies[left],)]
    if left == "old":
        assert of_everyone() == old
    restore(monday, yes=True)
    assert databases_left_over() == []
    assert run("select count(*) from entries_entry") == [(1,)]


@pytest.mark.long
def test_on_a_new_machine_the_backup_and_the_recovery_key_are_enough(monday, settings):
    """Another server, on which not even the roles of the wall are known; nobody has to be asked."""
    recovery_key = Path(settings.SELFTRUST_KEY_FILE).read_text()
    restore(monday, yes=True)
    before, folder = of_everyone(), new_folder()
    try:
        keyfiles.make_folder(folder / "var")
        (folder / "var" / "keys").mkdir(mode=0o700)
        (folder / "var" / "keys" / "selftrust_key").write_text(recovery_key)
        restored = output(folder / "var", "manage.py", "restore", str(monday))
        messages = output(folder / "var", "-m", "tests.operation.everyone")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

    assert restored.startswith("Restored the backup of ")
    assert json.loads(messages) == before


def output(data: Path, *command: str) -> str:
    child = start(data, 0, *command)
    said, complaint = child.communicate(timeout=120)
    assert child.returncode == 0, complaint
    return said


def test_two_at_once_exclude_each_other(ada, monday, monkeypatch):
    """A second one comes while the first fills its database, in a process of its own."""
    name, messages = connection.settings_dict["NAME"], []
    fill = restoring.fill

    def meanwhile(source: Path, said: dict) -> None:
        messages.append(said_elsewhere(name, "restore", str(monday), "--yes"))
        fill(source, said)

    monkeypatch.setattr(restoring, "fill", meanwhile)

    assert "Everyone has to sign in again." in restore(monday, yes=True)

    (elsewhere,) = messages
    assert elsewhere.endswith("CommandError: Another restore is already running.\n")
    assert databases_left_over() == []
    assert "Tuesday's words" not in of_everyone()[ada.email]
    monkeypatch.undo()
    assert "Everyone has to sign in again." in restore(monday, yes=True)  # the lock was let go
