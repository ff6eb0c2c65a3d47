"""`manage.py backup`: one folder, whole or not there, without a word and without the master key."""

import base64
import json
import os
import signal
import stat
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from journal.operation import installation_state
from journal.operation.backups import backup as backups
from journal.operation.backups import manifest, pg_tools, swap
from journal.privacy import keys
from tests.conftest import signed_in
from tests.factories import make_entry, make_newcomer
from tests.operation.backup_runs import as_sql, backup, killed, refusal, restore
from tests.people.factories import make_value
from tests.privacy.stored import run
from tests.privacy.test_canaries import disguises

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data")]
CANARY = "Quokkazebra"


def master_key() -> bytes:
    written = configured.SELFTRUST_KEY or Path(configured.SELFTRUST_KEY_FILE).read_text()
    return base64.b64decode(written.split(",")[0])


def test_it_says_what_is_in_it(ada, mira, tmp_path):
    make_entry(ada)
    make_entry(ada)
    make_entry(mira)

    said = backup(tmp_path / "monday")

    folder, name = tmp_path / "monday", keys.master_keys()[0].name
    manifest = json.loads((folder / "manifest.json").read_text())
    assert said == (
        f"Backup made in {folder}. Accounts: 2, rows: {sum(manifest['rows'].values())}.\n"
        f"To read it, you need the master key whose SHA-256 begins with {name}. "
        "Keep the key apart from the backup.\n"
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "data-keys.jsonl",
        "database.dump",
        "manifest.json",
        "photos",
        "photos.txt",
    ]
    assert (manifest["format"], manifest["application"], manifest["masters"]) == (
        1,
        "0.1.0",
        [name],
    )
    assert manifest["postgres"] == connection.pg_version
    tables = {
        table for (table,) in run("select tablename from pg_tables where schemaname='public'")
    }
    assert set(manifest["rows"]) == tables - backups.LEFT_OUT
    assert [manifest["rows"][t] for t in ("people_user", "entries_entry", "privacy_datakey")] == [
        2,
        3,
        2,
    ]
    for file in ("data-keys.jsonl", "database.dump"):
        stored = (folder / file).read_bytes()
        assert manifest["files"][file] == {
            "bytes": len(stored),
            "sha256": sha256(stored).hexdigest(),
        }
    wrapped = [json.loads(line) for line in (folder / "data-keys.jsonl").read_text().splitlines()]
    assert [row["owner_id"] for row in wrapped] == sorted([str(ada.pk), str(mira.pk)])


def test_nobody_else_on_the_machine_may_open_it(ada, tmp_path):
    before = os.umask(0)
    try:
        backup(tmp_path / "monday")
    finally:
        os.umask(before)

    folder = tmp_path / "monday"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes == {
        "monday": 0o700,
        "data-keys.jsonl": 0o600,
        "database.dump": 0o600,
        "manifest.json": 0o600,
        "photos": 0o700,
        "photos.txt": 0o600,
    }


def test_it_holds_no_word_no_master_key_and_no_way_in(ada, tmp_path):
    """A data key is in its own file only; a session would let whoever has the backup in."""
    visit = signed_in(ada)
    entry = {"title": CANARY, "body": f"About {CANARY}", "written_on": "2026-11-19"}
    assert visit.post("/journal/write/", entry).status_code == 302
    make_value(ada, CANARY)

    backup(tmp_path / "monday")

    folder, sql = tmp_path / "monday", as_sql(tmp_path / "monday")
    assert str(ada.pk).encode() in sql  # the dump is not empty
    assert b"COPY public.entries_entry" in sql
    files = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file()) + sql
    key = master_key()
    for secret in (key, base64.b64encode(key), key.hex().encode(), base64.urlsafe_b64encode(key)):
        assert secret not in files
    for disguise in disguises(CANARY):
        assert disguise not in files
    assert visit.session.session_key.encode() not in files
    ((wrapped,),) = run("select wrapped from privacy_datakey")
    assert bytes(wrapped).hex().encode() not in sql
    assert bytes(wrapped).hex().encode() in (folder / "data-keys.jsonl").read_bytes()


def test_counts_keys_and_dump_are_of_one_moment(ada, tmp_path, monkeypatch):
    """People go on writing: what comes while pg_dump runs is in none of them."""
    make_entry(ada, "Before")

    eve = make_newcomer("eve@example.org")

    def run_while_they_write(*arguments, **options):
        make_entry(ada, "Meanwhile")
        make_entry(eve, "Her first words, and so her data key")
        programs_run(*arguments, **options)

    programs_run = pg_tools.run
    with monkeypatch.context() as patched:
        patched.setattr(pg_tools, "run", run_while_they_write)
        backup(tmp_path / "monday")

    assert run("select count(*) from entries_entry") == [(3,)]
    restore(tmp_path / "monday", yes=True)
    assert run("select count(*) from entries_entry") == [(1,)]
    assert run("select owner_id from privacy_datakey") == [(ada.pk,)]


def test_whoever_sees_only_some_rows_makes_no_backup(ada, tmp_path):
    """Row policies apply to every role but the owner of the tables; forced, even to the owner."""
    make_entry(ada)
    run("alter table entries_entry force row level security")
    try:
        said = refusal(backup, tmp_path / "monday")
    finally:
        run("alter table entries_entry no force row level security")

    assert said == (
        "This database account does not own the table entries_entry, so the backup would be "
        "empty. Run it as the owner of the tables."
    )
    assert list(tmp_path.glob("*monday*")) == []


def test_pg_dump_itself_refuses_rows_it_may_not_see(ada, tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "_tables_of_ours", lambda _reader: [])
    run("alter table entries_entry force row level security")
    try:
        said = refusal(backup, tmp_path / "monday")
    finally:
        run("alter table entries_entry no force row level security")

    assert said.startswith("pg_dump failed:")
    assert 'row-level security policy for table "entries_entry"' in said
    assert list(tmp_path.glob("*monday*")) == []


def test_what_is_there_is_not_overwritten(ada, tmp_path):
    (tmp_path / "monday").mkdir()
    backup(tmp_path / "monday")  # an empty folder will do
    before = (tmp_path / "monday/manifest.json").read_bytes()
    (tmp_path / "a file").touch()

    monday, file, nowhere = tmp_path / "monday", tmp_path / "a file", tmp_path / "disk" / "monday"
    assert refusal(backup, monday) == f"{monday} already exists."
    assert refusal(backup, file) == f"{file} already exists."
    assert refusal(backup, nowhere) == f"The folder {tmp_path / 'disk'} doesn't exist."
    assert (tmp_path / "monday/manifest.json").read_bytes() == before


def test_one_at_a_time(ada, tmp_path):
    with swap.connected_to(connection.settings_dict["NAME"]) as other:
        other.execute("select pg_advisory_lock(%s)", [backups.LOCK])
        assert refusal(backup, tmp_path / "tuesday") == "Another backup is already running."
    assert list(tmp_path.glob("*tuesday*")) == []


def test_killed_half_way_it_leaves_nothing_that_looks_like_a_backup(ada, tmp_path):
    make_entry(ada)

    assert killed("pg_tools.run", "backup", str(tmp_path / "monday")) == -signal.SIGKILL

    half = tmp_path / ".monday.half"
    assert [path.name for path in half.iterdir()] == ["database.dump"]
    assert not (tmp_path / "monday").exists()
    assert installation_state.last_backup() is None
    backup(tmp_path / "monday")
    assert not half.exists()
    assert manifest.checked(tmp_path / "monday")["rows"]["entries_entry"] == 1


def test_when_it_was_made_is_noted_where_the_application_reads_it(ada, tmp_path):
    backup(tmp_path / "monday")

    made_at = installation_state.last_backup()
    assert timezone.now() - timedelta(seconds=30) < made_at <= timezone.now()
    assert refusal(backup, tmp_path / "monday").endswith("monday already exists.")
    assert installation_state.last_backup() == made_at


def test_a_missing_or_older_pg_dump_is_said_in_a_sentence(ada, tmp_path, monkeypatch):
    older = tmp_path / "bin" / "pg_dump"
    older.parent.mkdir()
    older.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (Debian)'\n")
    older.chmod(0o755)
    needed = connection.pg_version // 10_000
    monkeypatch.setattr(configured, "DATABASE_URL", "postgres://somewhere")
    monkeypatch.setenv("PATH", str(older.parent))
    assert pg_tools.program("pg_dump") != older  # ours is new enough

    monkeypatch.setattr(pg_tools.paths, "program", no_embedded_server)
    said = (
        f"pg_dump of PostgreSQL {needed} or newer isn't installed here. Install PostgreSQL's "
        "client programs."
    )
    assert refusal(backup, tmp_path / "monday") == said
    older.unlink()
    assert refusal(backup, tmp_path / "monday") == said
    older.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {needed}.1'\n")
    older.chmod(0o755)
    assert pg_tools.program("pg_dump") == older


def no_embedded_server(name):
    raise pg_tools.CannotStart("There is none for this platform.")
