"""Two workers with the same work make one export."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.privacy.rls import acting_as
from journal.scheduled_exports import making, places, starting
from tests.exchange.test_at_once import Counted, both, in_a_thread
from tests.scheduled_exports.page_states import make_schedule

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_start_one_and_make_one(ada, monkeypatch):
    make_schedule(ada, next_at=timezone.now())
    starting_it = Counted(monkeypatch, starting, "_start")
    both(starting_it, starting.start_due)
    with acting_as(ada):
        row = ada.scheduled_exports.get()
    assert (starting_it.times, DBTaskResult.objects.count()) == (1, 1)

    making_it = Counted(monkeypatch, making, "write")
    both(making_it, making.make, row.pk, ada.pk)

    assert making_it.times == 1
    assert places.names_stored() == [row.stored_name]


def test_stopped_while_it_is_made_it_stays_stopped(ada, monkeypatch):
    """And nobody waits for the worker."""
    make_schedule(ada, next_at=timezone.now())
    starting.start_due()
    with acting_as(ada):
        row = ada.scheduled_exports.get()
    step = Counted(monkeypatch, making, "write")
    with ThreadPoolExecutor(1) as worker:
        made = worker.submit(in_a_thread, making.make, row.pk, ada.pk)
        assert step.reached.wait(30)
        with acting_as(ada):
            ada.export_schedules.get().stop()
        step.may_go_on.set()
        made.result(30)
    with acting_as(ada):
        assert ada.export_schedules.get().next_at is None
        assert ada.scheduled_exports.ready().count() == 1
