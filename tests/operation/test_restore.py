"""`manage.py restore`: everyone's journal as it was, or nothing changed at all."""

import base64
import json
import shutil
import signal
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from journal.account_deletion import register
from journal.embedded import keyfiles
from journal.operation.backups import manifest, swap
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
    refusal,
    restore,
    rewritten,
    said_elsewhere,
)
from tests.operation.canonical import canonical, of_everyone
from tests.people.factories import make_value
from tests.privacy.complaints import complaints
from tests.privacy.stored import run

pytestmark = pytest.mark.django_db(transaction=True)

DATABASE = "the present database"
ANOTHER_KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture
def monday(ada, mira, tmp_path) -> Path:
    """A backup of two people, after which ada went on writing."""
    make_entry(ada, "Monday's words")
    make_value(mira, "Fairness")
    backup(tmp_path / "monday")
    make_entry(ada, "Tuesday's words")
    return tmp_path / "monday"


def damaged(folder: Path, name: str) -> Path:
    copy = folder.with_name(name)
    shutil.copytree(folder, copy)
    return copy


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
        f"The backup of {made_at} is back: accounts: 4, rows: {rows}. Everyone signs in again.\n"
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


DAMAGES = {
    "nothing there": lambda folder: shutil.rmtree(folder),
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "half a manifest": lambda folder: truncate(folder / "manifest.json"),
    "half a dump": lambda folder: truncate(folder / "database.dump"),
    "no dump": lambda folder: (folder / "database.dump").unlink(),
    "half the keys": lambda folder: truncate(folder / "data-keys.jsonl"),
    "no keys": lambda folder: (folder / "data-keys.jsonl").unlink(),
    "another dump": lambda folder: flip(folder / "database.dump"),
    "another key": lambda folder: flip(folder / "data-keys.jsonl"),
    "other counts": lambda folder: edit(folder, rows={}),
    "other checksums": lambda folder: edit(folder, files={}),
    "no seal": lambda folder: edit(folder, seal=None),
    "rubbish for a seal": lambda folder: edit(folder, seal={"tag": "?", "master": current()}),
    "another format": lambda folder: edit(folder, format=2),
    "newer PostgreSQL": lambda folder: rewritten(folder, postgres=990000),
    "newer Selftrust": lambda folder: rewritten(
        folder, application="9.0", migrations=["people.0001_tables", "people.9999_more"]
    ),
    "former tables": lambda folder: rewritten(folder, migrations=["people.0001_initial"]),
    "not a dump": lambda folder: not_a_dump(folder),
}


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    stored = bytearray(path.read_bytes())
    stored[len(stored) // 2] ^= 1
    path.write_bytes(stored)


def edit(folder: Path, **changes: object) -> None:
    said = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(said | changes))


def not_a_dump(folder: Path) -> None:
    """Whole, and sealed by whoever holds the key; and yet nothing that pg_restore can read."""
    (folder / "database.dump").write_bytes(b"PGDMP and no more")
    rewritten(folder)


def current() -> str:
    return keys.master_keys()[0].name


def test_what_is_damaged_or_does_not_fit_is_refused_before_anything_is_touched(monday, monkeypatch):
    before, sizes = of_everyone(), {path.name: path.stat().st_size for path in monday.iterdir()}
    monkeypatch.setattr(swap, "make", lambda: pytest.fail("it was begun"))
    messages = {}
    for name, damage in DAMAGES.items():
        copy = damaged(monday, name.replace(" ", "-"))
        damage(copy)
        messages[name] = refusal(restore, copy, yes=True).replace(str(copy), "FOLDER")

    def half(name: str) -> str:
        whole = sizes[name]
        return f"{name} is not whole: {whole // 2} bytes are there, and {whole} were written."

    changed = "manifest.json was changed after the backup was made."
    complaint = messages.pop("not a dump")
    assert complaint.startswith("pg_restore did not do it: pg_restore: error:")
    assert messages == {
        "nothing there": "There is no backup in FOLDER: it has no manifest.json.",
        "no manifest": "There is no backup in FOLDER: it has no manifest.json.",
        "half a manifest": "FOLDER/manifest.json cannot be read: the backup is not whole.",
        "half a dump": half("database.dump"),
        "no dump": "database.dump is missing from the backup.",
        "half the keys": half("data-keys.jsonl"),
        "no keys": "data-keys.jsonl is missing from the backup. "
        "Without the data keys no word in it can be read again.",
        "another dump": "database.dump was changed after the backup was made.",
        "another key": "data-keys.jsonl was changed after the backup was made.",
        "other counts": changed,
        "other checksums": changed,
        "no seal": changed,
        "rubbish for a seal": changed,
        "another format": "This backup has the format 2, and this Selftrust reads format 1: "
        "restore it with the version that made it.",
        "newer PostgreSQL": "This backup was made by PostgreSQL 99, and here runs "
        f"{connection.pg_version // 10_000}.",
        "newer Selftrust": "This backup was made by Selftrust 9.0, which knows more than this one "
        "(people.9999_more): update Selftrust first.",
        "former tables": "This backup was made by an earlier Selftrust with other tables: export "
        "each journal with the old version and import it with this one. Nothing was changed.",
    }
    assert of_everyone() == before


def test_under_another_master_key_it_is_refused_and_beside_it_it_opens(monday, settings):
    written = Path(settings.SELFTRUST_KEY_FILE).read_text().strip()
    before, name = of_everyone(), current()
    settings.SELFTRUST_KEY = ANOTHER_KEY

    assert refusal(restore, monday, yes=True) == (
        "This backup was made under a master key that is not here: put its recovery key behind the "
        "present one, separated by a comma, and try again. The SHA-256 of what is missing begins "
        f"with {name}."
    )
    settings.SELFTRUST_KEY = f"{ANOTHER_KEY},{written}"
    assert of_everyone() == before
    restore(monday, yes=True)
    assert of_everyone().keys() == before.keys()
    assert run("select count(*) from entries_entry") == [(1,)]


def test_people_are_not_replaced_without_saying_so(monday, ada):
    made_at = manifest.checked(monday)["made_at"]

    assert refusal(restore, monday) == (
        "People have accounts in the present database, and everything in it would be replaced by "
        f"the backup of {made_at}. If that is meant: restore --yes."
    )
    assert run("select count(*) from entries_entry") == [(2,)]

    run("truncate people_user cascade")
    restore(monday)  # nobody is there, so nobody has to be asked
    assert list(of_everyone()) == ["ada@example.org", "mira@example.org"]


def test_while_selftrust_runs_it_is_refused(monday, monkeypatch):
    monkeypatch.setattr(swap, "PATIENCE", 0.2)
    with psycopg.connect(**connection.get_connection_params()):
        said = refusal(restore, monday, yes=True)

    assert said == (
        "Selftrust is running, or someone else is connected to the database: stop it first."
    )
    assert run("select count(*) from entries_entry") == [(2,)]
    assert databases_left_over() == []


@pytest.mark.long  # PostgreSQL waits five seconds for the other to go
def test_whoever_comes_in_at_the_last_moment_keeps_the_old_one(monday, monkeypatch):
    late: list[psycopg.Connection] = []
    present = dict(connection.get_connection_params())

    def and_someone_comes() -> int:
        late.append(psycopg.connect(**present))
        return 0

    monkeypatch.setattr(restoring, "reapply", and_someone_comes)
    said = refusal(restore, monday, yes=True)
    late[0].close()

    assert said.startswith("Nothing was changed. Selftrust is running, or someone else")
    assert run("select count(*) from entries_entry") == [(2,)]
    assert databases_left_over() == []


def test_what_does_not_come_back_row_for_row_is_not_swapped_in(monday):
    said = json.loads((monday / "manifest.json").read_text())
    rewritten(monday, rows=said["rows"] | {"entries_entry": 7})

    assert refusal(restore, monday, yes=True) == (
        "entries_entry came back with 1 rows instead of 7. Nothing was changed."
    )
    assert run("select count(*) from entries_entry") == [(2,)]
    assert databases_left_over() == []


def test_a_backup_without_its_wall_is_not_swapped_in(ada, tmp_path):
    run("alter table entries_entry disable row level security")
    try:
        backup(tmp_path / "monday")
    finally:
        run("alter table entries_entry enable row level security")

    assert refusal(restore, tmp_path / "monday", yes=True) == (
        "Nothing was changed, since the wall would not stand: "
        "The table entries_entry is not behind the wall."
    )
    assert complaints() == []


def test_an_older_backup_is_brought_up_to_date(ada, tmp_path):
    entry = make_entry(ada, "From before")
    call_command("migrate", "support", "zero", verbosity=0)
    try:
        backup(tmp_path / "monday")
    finally:
        call_command("migrate", verbosity=0)
    entry.delete()

    said = restore(tmp_path / "monday", yes=True)

    assert said.split("\n")[1].startswith("Migrations that are newer than the backup: ")
    assert "From before" in of_everyone()["ada@example.org"]
    assert complaints() == []


def test_who_was_deleted_after_the_backup_does_not_come_back(monday, mira, data):
    (data / "deleted.txt").write_text(f"\n{register.mark(mira.pk)}\n")

    said = restore(monday, yes=True)

    assert said.endswith("Accounts deleted after the backup, and now again: 1.\n")
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

    assert restored.startswith("The backup of ")
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

    assert "Everyone signs in again." in restore(monday, yes=True)

    (elsewhere,) = messages
    assert elsewhere.endswith("CommandError: A backup is being put back already.\n")
    assert databases_left_over() == []
    assert "Tuesday's words" not in of_everyone()[ada.email]
    monkeypatch.undo()
    assert "Everyone signs in again." in restore(monday, yes=True)  # the lock was let go
