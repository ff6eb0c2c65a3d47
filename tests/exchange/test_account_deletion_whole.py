"""Of someone with something in every table nothing is left, whatever ends the deleting halfway."""

import json
import shutil
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.account_deletion import deletion, register, tasks
from journal.database import locks
from journal.operation.example.person import COACH_EMAIL, make_example_person
from journal.people.models import User
from journal.privacy.models import DataKey
from journal.privacy.ownership import OwnedModel
from tests.conftest import signed_in
from tests.exchange.factories import Killed, brought_in, exported, files_in, just_signed_in, work
from tests.factories import PASSWORD, make_entry
from tests.privacy.stored import run

pytestmark = pytest.mark.usefixtures("nora")  # who is there from the first test to the last

AT_ONCE = {"when": "now", "sure": "on"}


@pytest.fixture(scope="module")
def example(module_data, tmp_path_factory) -> tuple[UUID, Path]:
    """Someone with something in every table, and the files that came of it."""
    folder = tmp_path_factory.mktemp("nora")
    with override_settings(DATA_DIR=folder):
        nora = make_example_person(PASSWORD).person
        brought_in(nora, exported(nora))
    return nora.pk, folder


@pytest.fixture
def nora(example, data_folder, db) -> User:
    person_id, files = example
    shutil.copytree(files, data_folder, dirs_exist_ok=True)
    return User.objects.get(pk=person_id)


def traces_of(person_id: str, folder: Path) -> list[str]:
    """Where the id still stands: in any row of any table, in a session, in a file's name."""
    tables = run("select table_name from information_schema.tables where table_schema = 'public'")
    rows_with_it = " union all ".join(
        f"select '{table}' from \"{table}\" one where one::text like %s" for (table,) in tables
    )
    found = [table for (table,) in run(rows_with_it, *[f"%{person_id}%"] * len(tables))]
    found += [
        "a session"
        for session in Session.objects.all()
        if person_id in json.dumps(session.get_decoded())
    ]
    files = files_in(folder)
    found += [str(path) for path in files if person_id.encode() in path.read_bytes()]
    of_nobody = {"deleted", "photos.lock"}
    return found + [str(path) for path in files if not of_nobody & {path.name, path.parent.name}]


def test_deleted_at_once_nothing_is_left_in_any_table_session_task_or_file(nora, ada, data_folder):
    kept = make_entry(ada, "Mine")
    elsewhere = signed_in(nora)
    assert len(traces_of(str(nora.pk), data_folder)) > 10

    answer = just_signed_in(nora).post("/settings/delete/", AT_ONCE)
    assert answer.status_code == 200
    assert elsewhere.get("/today/").status_code == 302
    work()

    assert traces_of(str(nora.pk), data_folder) == []
    assert register.stored() == register.in_database() == {register.mark(nora.pk)}
    assert not DataKey.objects.filter(owner_id=nora.pk).exists()
    owners = {
        owner
        for model in apps.get_models()
        if issubclass(model, OwnedModel)
        for owner in model._base_manager.values_list("owner_id", flat=True)
    }
    coach = User.objects.get(email=COACH_EMAIL)
    assert owners == {ada.pk, coach.pk}  # whose notes are theirs, for a year
    assert coach.clients.get().ended_at is not None
    assert signed_in(ada).get(kept.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("number", range(len(deletion.STEPS)))
def test_killed_after_any_step_the_next_run_finishes_it(nora, data_folder, monkeypatch, number):
    def killed(_person):
        raise Killed

    steps = deletion.STEPS
    just_signed_in(nora).post("/settings/delete/", AT_ONCE)
    monkeypatch.setattr(deletion, "STEPS", (*steps[: number + 1], killed))
    with pytest.raises(Killed):
        deletion.delete_due()

    monkeypatch.setattr(deletion, "STEPS", steps)
    work()

    assert traces_of(str(nora.pk), data_folder) == []
    assert register.stored() == register.in_database() == {register.mark(nora.pk)}


def test_the_first_thing_that_goes_is_the_key(nora, monkeypatch):
    def killed(_person):
        raise Killed

    names = [step.__name__ for step in deletion.STEPS]
    assert names[:2] == ["deactivate_account", "delete_key"]
    monkeypatch.setattr(deletion, "STEPS", (*deletion.STEPS[:2], killed))
    with pytest.raises(Killed):
        deletion.delete(nora)

    assert not DataKey.objects.filter(owner_id=nora.pk).exists()
    assert not User.objects.get(pk=nora.pk).is_active


def test_what_another_process_deletes_is_said_and_tried_again(nora, data_folder, caplog):
    deletion.ask(nora, at_once=True)
    with locks.try_lock(deletion.LOCK, str(nora.pk)):
        assert tasks.delete_what_is_due() == 0
    assert "is tried again: Another process is deleting it." in caplog.text
    assert User.objects.filter(pk=nora.pk).exists()

    again = DBTaskResult.objects.filter(task_path__endswith="account_deletion.tasks.delete_due")
    assert again.update(run_after=timezone.now()) == 1
    work()

    assert traces_of(str(nora.pk), data_folder) == []


def test_half_of_the_rows_gone_is_no_trouble(nora, data_folder, monkeypatch):
    monkeypatch.setattr(deletion, "BATCH", 7)
    whole = deletion.batches

    def until_killed(model, person):
        for number, count in enumerate(whole(model, person)):
            if number == 1:
                raise Killed
            yield count

    monkeypatch.setattr(deletion, "batches", until_killed)
    with pytest.raises(Killed):
        deletion.delete(nora)
    monkeypatch.setattr(deletion, "batches", whole)
    deletion.delete_due()

    assert traces_of(str(nora.pk), data_folder) == []
