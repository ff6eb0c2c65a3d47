"""`manage.py doctor`: one sentence a line, and an exit code; and each can be something else."""

import shutil
import stat
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from journal.operation import installation_state
from journal.operation.backups import swap
from journal.privacy import keys
from tests.factories import make_entry
from tests.privacy.stored import run
from tests.support.factories import make_resource

pytestmark = pytest.mark.django_db

GB = 1024**3
WELL = f"""\
ok    Selftrust runs at home, for this machine only.
ok    The keys are closed to others on this machine.
ok    No mail is set up: passwords are not reset, and people come by invitation.
ok    50.0 GB are left on the disk of the data folder.
ok    PostgreSQL 18 answers.
ok    The tables are up to date.
ok    All {{tables}} tables with people’s rows are behind the wall.
ok    Whoever is not signed in sees no one’s rows.
ok    The master key opens what it sealed.
ok    The clocks agree.
ok    The last backup is 3 hours old.
ok    The support page names whom to call.
ok    Since {datetime.now(UTC).date().isoformat()} someone says that the recovery key is kept.
"""
NO_JOBS = "drop table if exists django_tasks_database_dbtaskresult cascade"
JOBS = """
create table django_tasks_database_dbtaskresult
    (status text, enqueued_at timestamptz, run_after timestamptz)
"""


@pytest.fixture(autouse=True)
def well(settings, tmp_path, monkeypatch, ada) -> Path:
    """An installation at home in which there is nothing to complain of. Returns its data folder."""
    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["localhost"]  # the test runner adds its own
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "secret_key").touch(mode=0o600)
    space = namedtuple("space", "free")(50 * GB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: space)
    three_hours_ago = timezone.now() - timedelta(hours=3, minutes=1)
    installation_state.note("backup", made_at=three_hours_ago.isoformat())
    installation_state.say_that_the_recovery_key_is_kept()
    make_resource(verified_on=timezone.localdate())
    make_entry(ada)
    run(NO_JOBS)
    return tmp_path


def doctor(**options) -> tuple[str, int]:
    said = StringIO()
    try:
        call_command("doctor", stdout=said, **options)
    except SystemExit as ended:
        return said.getvalue(), int(ended.code)
    return said.getvalue(), 0


def complaints(**options) -> tuple[list[str], int]:
    said, code = doctor(**options)
    return [line for line in said.splitlines() if not line.startswith("ok")], code


def test_where_all_is_well_it_says_what_it_looked_at():
    said, code = doctor()

    ((tables,),) = run("select count(distinct c.relname) from pg_class c where c.relrowsecurity")
    assert said == WELL.format(tables=tables)
    assert code == 0


def test_each_kind_of_trouble_has_its_exit_code(settings, well):
    (well / "backup.json").unlink()
    assert complaints() == (
        ["look  No backup was made yet. Run manage.py backup once a day."],
        1,
    )

    settings.ALLOWED_HOSTS = ["*"]
    assert complaints() == (
        [
            "bad   ALLOWED_HOSTS lets in every name: say which.",
            "look  No backup was made yet. Run manage.py backup once a day.",
        ],
        2,
    )


WALL = {
    "alter table entries_entry disable row level security": [
        "bad   The table entries_entry is not behind the wall.",
        "bad   Whoever is not signed in sees rows of the table entries_entry.",
    ],
    "drop policy own_rows on entries_entry": [
        "bad   The table entries_entry is not behind the wall.",
    ],
    "alter policy own_rows on entries_entry using (true)": [
        "bad   The table entries_entry is not behind the wall.",
        "bad   Whoever is not signed in sees rows of the table entries_entry.",
    ],
    "alter policy own_rows on entries_entry with check (true)": [
        "bad   The table entries_entry is not behind the wall.",
    ],
    "alter table people_user disable row level security": [
        "bad   The table people_user is not behind the wall.",
        "bad   Whoever is not signed in sees rows of the table people_user.",
    ],
    "create policy more on entries_entry to selftrust_person using (true)": [
        "bad   Whoever is not signed in sees rows of the table entries_entry.",
    ],
    "create table leaf (owner_id uuid)": [
        "bad   The table leaf is not behind the wall.",
    ],
    "alter table entries_topic force row level security": [
        "bad   Selftrust does not own the table entries_topic: backups would come out empty.",
    ],
    "alter role selftrust_person login": [
        "bad   The database role selftrust_person may do too much.",
    ],
    "alter role selftrust_coach createdb": [
        "bad   The database role selftrust_coach may do too much.",
    ],
}


@pytest.mark.parametrize("hole", WALL)
def test_a_hole_in_the_wall_is_bad(hole):
    run("set constraints all immediate")  # a table with checks to come is not altered
    run(hole)

    assert complaints() == (WALL[hole], 2)


def test_a_missing_migration_is_bad():
    run("delete from django_migrations where app = 'support'")
    missing = run("select count(*) from django_migrations where app = 'support'")
    assert missing == [(0,)]

    (line,), code = complaints()

    assert line.endswith("missing: start Selftrust, or run manage.py migrate.")
    assert (line[:6], code) == ("bad   ", 2)


def test_words_under_a_master_key_that_is_not_here_are_bad(settings):
    name = keys.master_keys()[0].name
    old = Path(settings.SELFTRUST_KEY_FILE).read_text().strip()
    settings.SELFTRUST_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    installation_state.say_that_the_recovery_key_is_kept()

    assert complaints() == (
        [
            "bad   What people wrote does not open: it is sealed under a master key that is not "
            f"here, whose SHA-256 begins with {name}. Put that recovery key back."
        ],
        2,
    )
    settings.SELFTRUST_KEY += f",{old}"
    assert complaints() == (
        ["look  Some data keys hang on an older master key: run manage.py rotate_key."],
        1,
    )


def test_a_damaged_data_key_is_bad():
    run("update privacy_datakey set wrapped = wrapped || '\\x00'")

    (line,), code = complaints()

    assert line.startswith("bad   What people wrote does not open")
    assert code == 2


def test_before_anyone_wrote_nothing_is_sealed():
    run("delete from privacy_datakey")

    said, code = doctor()

    assert ("ok    Nothing is sealed yet.\n" in said, code) == (True, 0)


def test_two_clocks_that_differ():
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=4)):
        assert complaints() == ([], 0)
    for apart in (60, -60):
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=apart)):
            assert complaints() == (
                ["look  The clocks of the database and of this machine are 60 seconds apart."],
                1,
            )


@pytest.mark.parametrize(
    ("left", "line", "code"),
    [
        (GB, [], 0),
        (GB - 1, ["look  1.0 GB are left on the disk of the data folder."], 1),
        (100 * 1024**2, ["bad   0.1 GB are left on the disk of the data folder."], 2),
    ],
)
def test_a_disk_that_fills_up(monkeypatch, left, line, code):
    space = namedtuple("space", "free")(left)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: space)

    assert complaints() == (line, code)


@pytest.mark.parametrize(("days", "line"), [(2, []), (3, ["The last backup is 3 days old."])])
def test_an_old_backup(days, line):
    made_at = timezone.now() - timedelta(days=days, seconds=-5)
    installation_state.note("backup", made_at=made_at.isoformat())
    if line:
        installation_state.note("backup", made_at=(made_at - timedelta(seconds=10)).isoformat())

    said, code = complaints()

    assert said == [f"look  {text} Run manage.py backup once a day." for text in line]
    assert code == len(line)


@pytest.mark.parametrize("left", ["fresh_name", "former_name"])
def test_what_a_stopped_restore_left(left, monkeypatch):
    monkeypatch.setattr(swap, left, lambda: "postgres")  # some database that is there

    assert complaints() == (
        [
            "look  The database postgres is left of a restore that was stopped, with words in it. "
            "The next restore drops it, or do it by hand."
        ],
        1,
    )


def test_tasks_that_nobody_works_on():
    run(JOBS)
    waiting = "insert into django_tasks_database_dbtaskresult values (%s, now() - %s, now() - %s)"
    young, old = timedelta(minutes=9), timedelta(minutes=11)
    run(waiting, "READY", young, young)
    run(waiting, "SUCCESSFUL", old, old)
    run(waiting, "READY", old, -old)
    assert complaints() == ([], 0)

    run(waiting, "READY", old, old)
    assert complaints() == (
        ["look  1 task waits for more than ten minutes: is manage.py worker running?"],
        1,
    )


def test_keys_that_others_may_open(well):
    path = well / "keys" / "secret_key"
    path.chmod(0o640)

    assert complaints() == (
        [f"bad   Others on this machine may open {path}: chmod it to 600, a folder to 700."],
        2,
    )
    path.chmod(0o600)
    path.parent.chmod(0o711)
    assert complaints()[0][0].startswith(f"bad   Others on this machine may open {path.parent}:")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o711  # it looks, and changes nothing


SHORT = "bad   SECRET_KEY is too short: use 50 random characters or more."
SETTINGS = [
    ({"SECRET_KEY": "a" * 60}, "bad   SECRET_KEY is too short: use 50 random characters or more."),
    (
        {"SECRET_KEY": "abcdefgh"},
        "bad   SECRET_KEY is too short: use 50 random characters or more.",
    ),
    ({"DEBUG": True}, "look  SELFTRUST_DEBUG is on: errors show what they should not."),
    (
        {"ALLOWED_HOSTS": ["localhost", "journal.example.org"]},
        "look  Selftrust answers as journal.example.org, and SELFTRUST_ENV is not production: "
        "cookies may travel without HTTPS.",
    ),
]


@pytest.mark.parametrize(("changes", "line"), SETTINGS)
def test_settings_that_are_not_right(settings, changes, line):
    for name, value in changes.items():
        setattr(settings, name, value)

    assert complaints() == ([line], 1 if line.startswith("look") else 2)


PRODUCTION = {
    "PRODUCTION": True,
    "MAIL_WORKS": True,
    "ALLOWED_HOSTS": ["journal.example.org"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 60,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "TRUSTED_PROXY_COUNT": 1,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
}


def test_in_production(settings):
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    said, code = doctor()
    assert said.startswith("ok    The settings are those of production.\n")
    assert ("ok    Mail is set up.\n" in said, code) == (True, 0)

    settings.SESSION_COOKIE_SECURE = False
    assert complaints() == (["bad   Cookies travel without HTTPS."], 2)
    settings.SESSION_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 0
    (line,), code = complaints()
    assert line.startswith("look  You have not set a value for the SECURE_HSTS_SECONDS setting.")
    settings.SECURE_HSTS_SECONDS, settings.MAIL_WORKS = 60, False
    assert complaints() == (
        ["look  No mail is set up: passwords are not reset, and people come by invitation."],
        1,
    )


def test_a_test_mail(settings):
    said, code = doctor(send="ada@example.org")

    assert said.endswith("ok    A mail to ada@example.org was handed over.\n")
    assert code == 0
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["ada@example.org"], "A test from Selftrust")
    ]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    (line,), code = complaints(send="ada@example.org")
    assert line.startswith("bad   The mail to ada@example.org could not be sent: ")
    assert code == 2


def test_a_database_that_does_not_answer(monkeypatch):
    """Without one there is little to say, and that is said."""

    def refuse(*_arguments):
        raise OperationalError("the server is away")

    monkeypatch.setattr(CursorWrapper, "execute", refuse)

    assert complaints() == (["bad   The database does not answer."], 2)


def test_the_recovery_key_is_asked_for_until_it_is_kept_and_again_for_a_new_one(settings, well):
    nobody = (
        "look  Nobody has said yet that the recovery key is kept. Without it a backup opens "
        "nowhere. Say so under /accounts/operator/health/."
    )
    (well / "recovery_key.json").unlink()
    assert complaints() == ([nobody], 1)
    installation_state.say_that_the_recovery_key_is_kept()
    assert complaints() == ([], 0)

    old = Path(settings.SELFTRUST_KEY_FILE).read_text().strip()
    settings.SELFTRUST_KEY = f"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,{old}"
    assert nobody in complaints()[0]
