"""`manage.py doctor`: one sentence a line, and an exit code; what it says of the database, its wall
and its backups."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.exchange import tasks, turns
from journal.exchange.progress import Phase, Step
from journal.installation.models import Note
from journal.operation import installation_state
from journal.operation.backups import swap
from journal.operation.health.database import ALLOWED
from journal.privacy import keys
from journal.reminders.models import Reminder
from tests.exchange.page_states import make_export
from tests.operation.doctor_runs import complaints, doctor
from tests.privacy.stored import run
from tests.reminders.factories import make_reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("well")]

TODAY = datetime.now(UTC).date().isoformat()
WELL = f"""\
ok    Selftrust runs on this machine only.
ok    Other users of this machine can’t read the keys.
ok    Email isn’t set up, so passwords can’t be reset by email and people join by invitation.
ok    50.0 GB are free on the data folder’s disk.
ok    PostgreSQL 18 answers.
ok    Selftrust needs at most 24 of {{allowed}} database connections.
ok    The tables are up to date.
ok    All {{tables}} tables with people’s rows are protected by row-level security.
ok    Someone who isn’t signed in can’t see anyone’s rows.
ok    The master key decrypts what people wrote.
ok    The clocks agree.
ok    No task has been waiting long.
ok    No email is waiting.
ok    Every photo has its files.
ok    No reminder is overdue.
ok    The last backup is 3 hours old.
ok    The support page names whom to call.
ok    Someone confirmed on {TODAY} that the recovery key is stored safely.
"""


def test_where_all_is_well_it_says_what_it_looked_at():
    said, code = doctor()

    ((tables,),) = run("select count(distinct c.relname) from pg_class c where c.relrowsecurity")
    ((allowed,),) = run(ALLOWED)
    assert said == WELL.format(tables=tables, allowed=allowed)
    assert code == 0


def test_each_kind_of_trouble_has_its_exit_code(settings, well):
    Note.objects.filter(name="backup").delete()
    assert complaints() == (
        ["look  There is no backup yet. Run manage.py backup once a day."],
        1,
    )

    settings.ALLOWED_HOSTS = ["*"]
    assert complaints() == (
        [
            "bad   ALLOWED_HOSTS allows every name. List the ones you use.",
            "look  There is no backup yet. Run manage.py backup once a day.",
        ],
        2,
    )


WALL = {
    "alter table entries_entry disable row level security": [
        "bad   Row-level security doesn’t protect the table entries_entry.",
        "bad   Someone who isn’t signed in can see rows of the table entries_entry.",
    ],
    "drop policy own_rows on entries_entry": [
        "bad   Row-level security doesn’t protect the table entries_entry.",
    ],
    "alter policy own_rows on entries_entry using (true)": [
        "bad   Row-level security doesn’t protect the table entries_entry.",
        "bad   Someone who isn’t signed in can see rows of the table entries_entry.",
    ],
    "alter policy own_rows on entries_entry with check (true)": [
        "bad   Row-level security doesn’t protect the table entries_entry.",
    ],
    "alter table people_user disable row level security": [
        "bad   Row-level security doesn’t protect the table people_user.",
        "bad   Someone who isn’t signed in can see rows of the table people_user.",
    ],
    "create policy more on entries_entry to selftrust_person using (true)": [
        "bad   Someone who isn’t signed in can see rows of the table entries_entry.",
    ],
    "create table leaf (owner_id uuid)": [
        "bad   Row-level security doesn’t protect the table leaf.",
    ],
    "alter table entries_tag force row level security": [
        "bad   Selftrust doesn’t own the table entries_tag, so backups would be empty.",
    ],
    "alter role selftrust_person login": [
        "bad   The database role selftrust_person has too many rights.",
    ],
    "alter role selftrust_coach createdb": [
        "bad   The database role selftrust_coach has too many rights.",
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

    assert line.endswith("missing. Start Selftrust, or run manage.py migrate.")
    assert (line[:6], code) == ("bad   ", 2)


def test_words_under_a_master_key_that_is_not_here_are_bad(settings):
    name = keys.master_keys()[0].name
    old = Path(settings.SELFTRUST_KEY_FILE).read_text().strip()
    settings.SELFTRUST_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    installation_state.say_that_the_recovery_key_is_kept()

    assert complaints() == (
        [
            "bad   What people wrote can’t be decrypted, because its master key is missing. The "
            f"key’s SHA-256 begins with {name}. Put that recovery key back."
        ],
        2,
    )
    settings.SELFTRUST_KEY += f",{old}"
    assert complaints() == (
        ["look  Some data keys still depend on an older master key. Run manage.py rotate_key."],
        1,
    )


def test_a_damaged_data_key_is_bad():
    run("update privacy_datakey set wrapped = wrapped || '\\x00'")

    (line,), code = complaints()

    assert line.startswith("bad   What people wrote can’t be decrypted")
    assert code == 2


def test_before_anyone_wrote_nothing_is_sealed():
    run("delete from privacy_datakey")

    said, code = doctor()

    assert ("ok    Nothing is encrypted yet.\n" in said, code) == (True, 0)


def test_two_clocks_that_differ():
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=4)):
        assert complaints() == ([], 0)
    for apart in (60, -60):
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=apart)):
            (line,), number = complaints()
            said = re.fullmatch(
                r"look  The database’s clock and this machine’s clock are (\d+) seconds apart.",
                line,
            )
            assert said  # a busy machine takes a few seconds between the two
            assert 50 < int(said[1]) < 70
            assert number == 1


def test_more_connections_than_the_database_allows(settings):
    settings.CAPACITY = replace(settings.CAPACITY, workers=64, pool=200)

    (line,), code = complaints()
    assert line.startswith("bad   Selftrust may need 12942 database connections, but only ")
    assert code == 2


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
            "look  The database postgres is left over from an interrupted restore and still "
            "has words in it. "
            "The next restore drops it, or do it by hand."
        ],
        1,
    )


def test_tasks_that_nobody_works_on():
    def task(status: str, enqueued: timedelta, run_after: timedelta) -> None:
        row = DBTaskResult.objects.create(
            status=status, args_kwargs={}, run_after=timezone.now() - run_after
        )
        DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - enqueued)

    young, old = timedelta(minutes=9), timedelta(minutes=11)
    task("READY", young, young)
    task("SUCCESSFUL", old, old)
    task("READY", old, -old)
    assert complaints() == ([], 0)

    task("READY", old, old)
    assert complaints() == (
        ["look  1 task has been waiting for more than ten minutes. Is manage.py worker running?"],
        1,
    )


def test_a_large_job_waits_for_another_one_or_for_a_worker(ada, eve, monkeypatch):
    monkeypatch.setattr(turns, "FEW_ENTRIES", -1)
    first, _second = make_export(ada), make_export(eve)
    tasks.enqueue_unfinished()
    waits = "look  1 task has been waiting for more than ten minutes. Is manage.py worker running?"
    DBTaskResult.objects.first().claim("a worker")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=11))
    assert complaints() == ([waits], 1)

    first.progress.write(Step(Phase.DATA, 3))
    assert complaints() == ([], 0)
    DBTaskResult.objects.update(queue_name=turns.SMALL)
    assert complaints() == ([waits], 1)


def test_reminders_that_nobody_sends(ada):
    row = make_reminder(ada)

    def is_due(ago: timedelta) -> None:
        Reminder.objects.filter(pk=row.pk).update(next_at=timezone.now() - ago)

    is_due(timedelta(minutes=9))
    assert complaints() == ([], 0)

    is_due(timedelta(minutes=11))
    assert complaints() == (
        ["look  1 reminder has been due for more than ten minutes. Is manage.py worker running?"],
        1,
    )


def test_a_database_that_does_not_answer(monkeypatch):
    """Without one there is little to say, and that is said."""

    def refuse(*_arguments):
        raise OperationalError("the server is away")

    monkeypatch.setattr(CursorWrapper, "execute", refuse)

    assert complaints() == (["bad   The database doesn’t answer."], 2)


def test_the_recovery_key_is_asked_for_until_it_is_kept_and_again_for_a_new_one(settings, well):
    nobody = (
        "look  Nobody has confirmed yet that the recovery key is stored safely. Without it, "
        "no backup can be restored. Confirm it at /accounts/operator/health/."
    )
    Note.objects.filter(name="recovery_key").delete()
    assert complaints() == ([nobody], 1)
    installation_state.say_that_the_recovery_key_is_kept()
    assert complaints() == ([], 0)

    old = Path(settings.SELFTRUST_KEY_FILE).read_text().strip()
    settings.SELFTRUST_KEY = f"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,{old}"
    assert nobody in complaints()[0]
