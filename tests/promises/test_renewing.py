"""A promise that was let go, taken up again: at once, as after a wrong tap, or weeks later."""

from datetime import date, timedelta

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.promises.occurrences import due_days
from tests.conftest import signed_in
from tests.promises.factories import answer, make_promise
from tests.promises.test_changing import plan, reread, versioned

TODAY = date(2026, 11, 19)
LATER = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


@pytest.fixture
def walk(ada):
    return make_promise(ada, starts_on=date(2026, 11, 2))


def let_go(promise):
    address = f"/promises/{promise.pk}/retire/"
    sent = versioned(promise, retire_reason="too_big")
    return signed_in(promise.owner).post(address, sent, follow=True)


def test_a_promise_let_go_by_mistake_is_taken_back_with_one_tap(walk, ada_client):
    due = due_days(plan(walk), TODAY, LATER)
    undo = f'action="/promises/{walk.pk}/renew/"'
    assert undo in let_go(walk).content.decode()

    for _tap in range(2):
        assert ada_client.post(f"/promises/{walk.pk}/renew/").status_code == 302

    assert (reread(walk).state, reread(walk).retire_reason) == ("active", "")
    assert due_days(plan(reread(walk)), TODAY, LATER) == due


@pytest.mark.parametrize("answered", [True, False])
def test_nothing_was_due_while_it_was_let_go(walk, answered):
    if answered:
        answer(walk, {TODAY: "kept"})
    let_go(walk)

    with time_machine.travel("2026-12-03T20:00:00+01:00", tick=False):
        client = signed_in(walk.owner)
        assert "Start again" in client.get(f"/promises/{walk.pk}/").content.decode()
        client.post(f"/promises/{walk.pk}/renew/")

    due = due_days(plan(reread(walk)), TODAY, LATER + timedelta(days=1))
    assert due == [*([TODAY] if answered else []), LATER, LATER + timedelta(days=1)]


def test_one_let_go_while_it_paused_is_due_again_from_the_day_of_renewing(walk):
    with acting_as(walk.owner):
        walk.pause()
        walk.retire("too_big")
        walk.renew()
        assert not walk.pauses.filter(until_on=None).exists()
    assert due_days(plan(reread(walk)), TODAY, TODAY) == [TODAY]


def test_eve_takes_up_nothing(walk, eve_client):
    let_go(walk)
    assert eve_client.post(f"/promises/{walk.pk}/renew/").status_code == 404
    assert reread(walk).state == "retired"
