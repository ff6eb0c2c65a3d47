"""Whose turn it is: round by person, small jobs past large ones, and what a page says meanwhile."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.exchange import exporting, tasks, turns
from journal.exchange.models import Export
from journal.exchange.progress import Phase, Step
from journal.operation import worker_processes
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import asked, just_signed_in, packed, the_import, work
from tests.exchange.test_at_once import Counted, in_a_thread
from tests.factories import make_entry
from tests.people.second_steps import showed

ADDRESS = re.compile(r'data-hx-get="([^"]+)"')
SAID = '<p data-hx-swap-oob="innerHTML:#said">'
HTMX = {"HX-Request": "true", "HX-Target": "state"}


def upload(person: User, text: str = "A quiet day.") -> None:
    content = packed({"2026-01-01.md": text})
    signed_in(person).post("/settings/import/", {"file": SimpleUploadedFile("a.zip", content)})


def queue() -> list[tuple[str, str, str]]:
    """Who waits for what, and in which queue, in the order in which they are worked off."""
    names = dict(User.objects.values_list("pk", "email"))
    return [
        (names[owner].partition("@")[0], task.task_path.rpartition(".")[2], task.queue_name)
        for task in DBTaskResult.objects.ready()
        for owner in names
        if task.args_kwargs["args"][1] == str(owner)
    ]


def page_of(person: User, address: str = "/settings/export/", **options: object) -> str:
    client = signed_in(person)
    showed(client, "password", reauthenticated=True)  # without forgetting how far a job is
    return client.get(address, **options).content.decode()


def tidy(page: str) -> str:
    """Without the space that a template leaves."""
    return re.sub(r">\s+", ">", page)


@pytest.mark.django_db
def test_a_persons_second_job_enters_behind_those_of_others(ada, eve):
    asked(just_signed_in(ada))
    upload(ada)
    upload(eve)
    assert queue() == [("ada", "export", "default"), ("eve", "look_through", "default")]

    first = DBTaskResult.objects.ready().first()
    first.claim("a worker")
    tasks.export.call(*first.args_kwargs["args"])
    first.set_successful(None)

    assert queue() == [("eve", "look_through", "default"), ("ada", "look_through", "default")]
    work()
    assert (queue(), the_import(ada).preview["new"], the_import(eve).preview["new"]) == ([], 1, 1)


@pytest.mark.django_db
def test_what_is_small_has_a_worker_that_does_nothing_large(ada, eve, mira, monkeypatch):
    monkeypatch.setattr(turns, "FEW_ENTRIES", 0)
    make_entry(ada, "Many days.")
    asked(just_signed_in(ada))
    upload(eve)
    asked(just_signed_in(eve))
    monkeypatch.setattr(turns, "SMALL_FILE", 10)
    upload(mira)
    large = [("ada", "export", "large"), ("mira", "look_through", "large")]
    assert queue() == [large[0], ("eve", "look_through", "default"), large[1]]

    work("default")

    assert queue() == large
    with acting_as(eve):
        assert Export.objects.get().ready_at
    work("default,large")
    assert queue() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_the_jobs_of_two_people_and_never_two_of_one(ada, eve, monkeypatch):
    """Ada's export is in the middle when she uploads a file, and eve does."""
    asked(just_signed_in(ada))
    step = Counted(monkeypatch, exporting, "write")
    with ThreadPoolExecutor(1) as other:
        first = other.submit(in_a_thread, work, "default,large")
        assert step.reached.wait(60)
        upload(ada)
        upload(eve)
        assert queue() == [("eve", "look_through", "default")]

        work("default")

        assert (the_import(eve).preview["new"], the_import(ada).looked_at) == (1, None)
        waiting = page_of(ada, the_import(ada).get_absolute_url())
        assert "Waiting until your other export or import is done" in waiting
        step.may_go_on.set()
        first.result(60)
    assert the_import(ada).preview["new"] == 1
    with acting_as(ada):
        assert (Export.objects.get().tries, the_import(ada).tries) == (1, 0)


@pytest.mark.django_db
def test_the_page_says_how_many_come_first_and_when_nothing_moves(ada, eve, mira):
    for person in (ada, eve, mira):
        asked(just_signed_in(person))
    assert "Waiting: yours is next" in page_of(ada)
    assert "Waiting: 1 other comes first" in page_of(eve)
    assert "Waiting: 2 others come first" in page_of(mira)

    slow = "This is taking longer than usual."
    assert slow not in page_of(mira)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - 2 * turns.LONG)
    assert slow in page_of(mira)
    with acting_as(ada):
        progress = Export.objects.get().progress
    progress.write(Step(Phase.DATA, 40))  # ada’s moves, so a worker is there
    assert slow not in page_of(mira)

    DBTaskResult.objects.filter(args_kwargs__args__1=str(ada.pk)).update(status="RUNNING")
    assert "Data: 40%" in (page := page_of(ada))
    assert slow not in page
    with time_machine.travel(timezone.now() - 2 * turns.LONG):
        progress.write(Step(Phase.DATA, 40))
    assert slow in page_of(ada)
    assert slow in page_of(mira)


@pytest.mark.django_db
def test_after_a_killed_worker_the_number_begins_again_and_the_page_says_why(ada):
    asked(just_signed_in(ada))
    with acting_as(ada):
        row = Export.objects.get()
    assert tasks.may_try(Export, str(row.pk), str(ada.pk))
    row.progress.write(Step(Phase.PAGES, 63))
    DBTaskResult.objects.update(status="RUNNING")
    assert "Pages to read: 63%" in page_of(ada)

    worker_processes.give_back()  # which also whoever starts next does

    assert DBTaskResult.objects.filter(status="READY").count() == 1

    page = page_of(ada)
    assert "Waiting: yours is next" in page
    assert 'value="0"' in page
    DBTaskResult.objects.update(status="RUNNING")
    assert tasks.may_try(Export, str(row.pk), str(ada.pk))
    row.progress.write(Step(Phase.PHOTOS, 3))
    assert "It was interrupted and has started again." in page_of(ada)


@pytest.mark.django_db
def test_a_page_announces_each_phase_once_and_then_the_file_where_the_button_was(ada):
    client = just_signed_in(ada)
    asked(client)

    def polled() -> str:
        """As htmx asks again, by the address in the page."""
        address = ADDRESS.search(page)[1]
        return client.get(address, headers=HTMX).content.decode()

    page = client.get("/settings/export/").content.decode()
    assert 'href="/settings/export/">' in page[page.index('id="act"') :]  # without JavaScript
    assert SAID not in page
    assert SAID not in (page := polled())
    DBTaskResult.objects.update(status="RUNNING")
    with acting_as(ada):
        row = Export.objects.get()
    row.progress.write(Step(Phase.PHOTOS, 3))
    assert f"{SAID}Photos" in tidy(page := polled())
    row.progress.write(Step(Phase.PHOTOS, 9))
    assert SAID not in (page := polled())
    assert 'value="9"' in page

    work()

    page = polled()
    assert f"{SAID}Your export is ready" in tidy(page)
    assert "every 2s" not in page
    link = page[: page.index('id="act"')].rpartition("<a")[2]
    assert f"/settings/export/{row.pk}/" in link


@pytest.mark.django_db
def test_a_session_that_ended_meanwhile_leads_to_signing_in(ada):
    client = just_signed_in(ada)
    asked(client)
    for fields in ({}, {"said": "waiting-0"}):
        client.logout()
        answer = client.get("/settings/export/", fields, headers=HTMX)
        assert (answer.status_code, "/accounts/login/" in answer["HX-Redirect"]) == (204, True)
