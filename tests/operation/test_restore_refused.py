"""`manage.py restore` of what is damaged or does not fit: nothing is changed."""

import base64
import json
import shutil
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from journal.operation.backups import manifest, swap
from journal.operation.backups import restore as restoring
from journal.privacy import keys
from tests.operation.backup_runs import backup, databases_left_over, refusal, restore, rewritten
from tests.operation.canonical import of_everyone
from tests.privacy.complaints import complaints
from tests.privacy.stored import run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data")]

ANOTHER_KEY = base64.b64encode(bytes(range(32))).decode()


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
        copy = shutil.copytree(monday, monday.with_name(name.replace(" ", "-")))
        damage(copy)
        messages[name] = refusal(restore, copy, yes=True).replace(str(copy), "FOLDER")

    def half(name: str) -> str:
        whole = sizes[name]
        return f"{name} is incomplete: it has {whole // 2} bytes, but {whole} were written."

    changed = "manifest.json has been changed since the backup was made."
    complaint = messages.pop("not a dump")
    assert complaint.startswith("pg_restore failed: pg_restore: error:")
    assert messages == {
        "nothing there": "There is no backup in FOLDER: it has no manifest.json.",
        "no manifest": "There is no backup in FOLDER: it has no manifest.json.",
        "half a manifest": "FOLDER/manifest.json can't be read, so the backup is incomplete.",
        "half a dump": half("database.dump"),
        "no dump": "database.dump is missing from the backup.",
        "half the keys": half("data-keys.jsonl"),
        "no keys": "data-keys.jsonl is missing from the backup. "
        "Without the data keys, nothing people wrote can ever be read.",
        "another dump": "database.dump has been changed since the backup was made.",
        "another key": "data-keys.jsonl has been changed since the backup was made.",
        "other counts": changed,
        "other checksums": changed,
        "no seal": changed,
        "rubbish for a seal": changed,
        "another format": "This backup has format 2, but this version of Selftrust reads format 1. "
        "Restore it with the version that made it.",
        "newer PostgreSQL": "This backup was made by PostgreSQL 99, but this server runs "
        f"{connection.pg_version // 10_000}.",
        "newer Selftrust": "This backup was made by Selftrust 9.0, which is newer than this one "
        "(people.9999_more). Update Selftrust first.",
        "former tables": "This backup was made by an earlier Selftrust with different tables. "
        "Export each journal with the old version and import it with this one. Nothing was "
        "changed.",
    }
    assert of_everyone() == before


def test_under_another_master_key_it_is_refused_and_beside_it_it_opens(monday, settings):
    written = Path(settings.SELFTRUST_KEY_FILE).read_text().strip()
    before, name = of_everyone(), current()
    settings.SELFTRUST_KEY = ANOTHER_KEY

    assert refusal(restore, monday, yes=True) == (
        "This backup needs a master key that is missing here. Put its recovery key after the "
        "current one, separated by a comma, and try again. The SHA-256 of the missing key begins "
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
        "The current database has people's accounts in it. All of it would be replaced by the "
        f"backup of {made_at}. If that's what you want, use restore --yes."
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
        "Selftrust is running, or something else is connected to the database. Stop it first."
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

    assert said.startswith("Nothing was changed. Selftrust is running, or something else")
    assert run("select count(*) from entries_entry") == [(2,)]
    assert databases_left_over() == []


def test_what_does_not_come_back_row_for_row_is_not_swapped_in(monday):
    said = json.loads((monday / "manifest.json").read_text())
    rewritten(monday, rows=said["rows"] | {"entries_entry": 7})

    assert refusal(restore, monday, yes=True) == (
        "entries_entry has 1 rows instead of 7. Nothing was changed."
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
        "Nothing was changed, because row-level security would be incomplete: "
        "Row-level security doesn’t protect the table entries_entry."
    )
    assert complaints() == []
