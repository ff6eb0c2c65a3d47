"""Nothing of ada is left, and nothing of anyone else is touched."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from journal.exchange import deleting, register
from journal.operation import demo
from journal.people.models import User
from journal.privacy.models import DataKey
from journal.privacy.ownership import OwnedModel
from journal.privacy.wall import acting_as
from tests.conftest import signed_in
from tests.exchange.making import brought_in, exported, just_signed_in, work
from tests.makers import PASSWORD, make_entry, make_person
from tests.privacy.stored import run

pytestmark = pytest.mark.django_db

AT_ONCE, IN_A_WEEK = {"when": "now", "sure": "on"}, {"when": "week", "sure": "on"}


@pytest.fixture(autouse=True)
def data_folder(tmp_path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def nora(db) -> User:
    """Someone with something in every table."""
    nora = demo.make_example_person(PASSWORD).person
    archive = exported(nora)
    brought_in(nora, archive)
    return nora


def traces_of(person_id: str, folder: Path) -> list[str]:
    """Where the id still stands: in any column of any table, in a session, in a file's name."""
    found = []
    for table, column in run(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'public'"
    ):
        if run(f'select 1 from "{table}" where "{column}"::text like %s', f"%{person_id}%"):
            found.append(f"{table}.{column}")
    found += [
        "a session"
        for session in Session.objects.all()
        if person_id in json.dumps(session.get_decoded())
    ]
    files = [path for path in folder.rglob("*") if path.is_file()]
    found += [str(path) for path in files if person_id.encode() in path.read_bytes()]
    return found + [str(path) for path in files if path.name != "deleted.txt"]


def test_deleted_at_once_nothing_is_left_in_any_table_session_task_or_file(nora, ada, data_folder):
    kept = make_entry(ada, "Mine")
    elsewhere = signed_in(nora)
    assert len(traces_of(str(nora.pk), data_folder)) > 10

    answer = just_signed_in(nora).post("/settings/delete/", AT_ONCE)
    assert answer.status_code == 200
    assert elsewhere.get("/today/").status_code == 302
    work()

    assert traces_of(str(nora.pk), data_folder) == []
    assert register.read(register.path()) == {register.mark(nora.pk)}
    assert not DataKey.objects.filter(owner_id=nora.pk).exists()
    owners = {
        owner
        for model in apps.get_models()
        if issubclass(model, OwnedModel)
        for owner in model._base_manager.values_list("owner_id", flat=True)
    }
    coach = User.objects.get(email=demo.coaching.EMAIL)
    assert owners == {ada.pk, coach.pk}  # whose notes are theirs, for a year
    assert coach.clients.get().ended_at is not None
    assert signed_in(ada).get(kept.get_absolute_url()).status_code == 200


def test_asked_for_in_a_week_everything_stays_until_then_and_signing_in_keeps_it(ada):
    make_entry(ada, "Mine")
    client = just_signed_in(ada)
    elsewhere = signed_in(ada)

    answer = client.post("/settings/delete/", IN_A_WEEK)

    assert "signing in keeps it" in answer.content.decode()
    assert client.get("/today/").status_code == elsewhere.get("/today/").status_code == 302
    work()
    ada.refresh_from_db()
    assert ada.deletion_due_at > timezone.now() + timedelta(days=6)
    again = client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD}, follow=True)
    assert "Welcome back. Your account stays" in again.content.decode()
    ada.refresh_from_db()
    assert ada.deletion_due_at is None
    call_command("purge")
    assert User.objects.filter(pk=ada.pk).exists()


def test_after_the_week_the_daily_purge_finishes_it_too(ada, eve):
    make_entry(ada, "Mine")
    just_signed_in(ada).post("/settings/delete/", IN_A_WEEK)
    User.objects.filter(pk=ada.pk).update(deletion_due_at=timezone.now() - timedelta(seconds=1))

    call_command("purge")

    assert list(User.objects.all()) == [eve]


class Killed(BaseException):
    """Nobody catches it, as nobody catches kill -9."""


@pytest.mark.parametrize("number", range(len(deleting.STEPS)))
def test_killed_after_any_step_the_next_run_finishes_it(nora, data_folder, monkeypatch, number):
    def killed(_person):
        raise Killed

    steps = deleting.STEPS
    just_signed_in(nora).post("/settings/delete/", AT_ONCE)
    monkeypatch.setattr(deleting, "STEPS", (*steps[: number + 1], killed))
    with pytest.raises(Killed):
        deleting.delete_due()

    monkeypatch.setattr(deleting, "STEPS", steps)
    work()

    assert traces_of(str(nora.pk), data_folder) == []
    assert register.read(register.path()) == {register.mark(nora.pk)}


def test_the_first_thing_that_goes_is_the_key(nora, monkeypatch):
    def killed(_person):
        raise Killed

    names = [step.__name__ for step in deleting.STEPS]
    assert names[:2] == ["close_the_door", "delete_key"]
    monkeypatch.setattr(deleting, "STEPS", (*deleting.STEPS[:2], killed))
    with pytest.raises(Killed):
        deleting.delete(nora)

    assert not DataKey.objects.filter(owner_id=nora.pk).exists()
    assert not User.objects.get(pk=nora.pk).is_active


def test_half_of_the_rows_gone_is_no_trouble(nora, data_folder, monkeypatch):
    monkeypatch.setattr(deleting, "BATCH", 7)
    whole = deleting.batches

    def until_killed(model, person):
        for number, count in enumerate(whole(model, person)):
            if number == 1:
                raise Killed
            yield count

    monkeypatch.setattr(deleting, "batches", until_killed)
    with pytest.raises(Killed):
        deleting.delete(nora)
    monkeypatch.setattr(deleting, "batches", whole)
    deleting.delete_due()

    assert traces_of(str(nora.pk), data_folder) == []


def test_whoever_comes_back_with_a_backup_is_deleted_again(ada, eve):
    deleting.delete(ada)
    back = make_person("ada@example.org", id=ada.pk)
    make_entry(back, "From the backup")

    assert deleting.reapply() == 1

    assert list(User.objects.all()) == [eve]
    assert deleting.reapply() == 0


def test_it_asks_for_the_password_and_for_a_choice(ada):
    asked = signed_in(ada).post("/settings/delete/", AT_ONCE)
    assert asked.status_code == 403
    assert "Is it you?" in asked.content.decode()
    assert User.objects.get(pk=ada.pk).deletion_due_at is None

    unsure = just_signed_in(ada).post("/settings/delete/", {"when": "now"})
    assert "Tick the box, so that nothing goes by mistake." in unsure.content.decode()
    ada.refresh_from_db()
    assert ada.deletion_due_at is None
    assert settings.DATA_DIR


def test_the_page_says_how_much_would_go(ada, eve, django_assert_num_queries):
    make_entry(eve, "Mine")
    for number in range(3):
        make_entry(ada, f"Words {number}", labelled="Sleep")
    page = signed_in(ada).get("/settings/delete/").content.decode()
    assert "then the 4 items in your journal" in page
    with acting_as(ada), django_assert_num_queries(1):
        assert deleting.items_of(ada) == 4
