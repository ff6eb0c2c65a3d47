"""Promises and the daily check by token, and that the pages say the same."""

from datetime import date, timedelta

import pytest
import time_machine

from journal.privacy.rls import acting_as
from tests.api.factories import program_of
from tests.promises.factories import answer, make_promise

pytestmark = pytest.mark.django_db
NOON, TODAY = "2026-11-19T12:00:00+01:00", date(2026, 11, 19)  # a Thursday


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def program(ada):
    return program_of(ada, "check_in")


def test_promises_say_where_they_stand_today(ada, program):
    promise = make_promise(ada, "Walk after lunch", smallest_version="Once round the block")
    make_promise(ada, "Later", starts_on=TODAY + timedelta(days=2))
    answer(promise, {TODAY: "missed"}, note="Rain")
    found = program.ask("get", "promises").json()
    assert found["day"] == "2026-11-19"
    walk, later = sorted(found["promises"], key=lambda one: one["statement"], reverse=True)
    assert (walk["statement"], walk["smallest_version"]) == (
        "Walk after lunch",
        "Once round the block",
    )
    assert walk["today"] == {
        **{"promise": str(promise.pk), "day": "2026-11-19", "asked": True},
        "choices": ["kept", "kept_small", "missed", "excused"],
        **{"status": "missed", "excuse": "", "note": "Rain", "version": 1},
    }
    assert (later["today"]["asked"], later["today"]["status"]) == (False, None)
    assert later["next_due"] == "2026-11-21"


def test_an_answer_is_recorded_once_and_replaced_only_where_it_was_seen(ada, program):
    promise = make_promise(ada)
    path = f"promises/{promise.pk}/answers/2026-11-19"
    first, again = (program.ask("put", path, {"status": "kept", "note": "Sun"}) for _ in "ab")
    assert first.status_code == again.status_code == 200
    version = again.json()["version"]
    for other in ({"status": "missed"}, {"status": "kept", "note": "Rain"}):
        refused = program.ask("put", path, other)
        assert (refused.status_code, refused.json()["stored"]["note"]) == (409, "Sun")
    excused = {"status": "excused", "excuse": "ill", "version": version}
    changed = program.ask("put", path, excused).json()
    assert (changed["status"], changed["excuse"], changed["note"]) == ("excused", "ill", "Sun")
    assert program.ask("put", path, excused | {"excuse": "travel"}).status_code == 409
    assert program.ask("delete", f"{path}?version={version}").status_code == 409
    taken_back = program.ask("delete", f"{path}?version={changed['version']}").json()
    assert (taken_back["status"], taken_back["version"]) == (None, 0)
    with acting_as(ada):
        assert not ada.checkins.exists()


def test_a_day_takes_what_it_takes_on_the_page(ada, ada_client, program):
    """Every answer on every near day, by both ways: the same is stored, or both refuse."""
    daily = make_promise(ada, starts_on=TODAY - timedelta(days=20))
    weekly = make_promise(
        ada, "Read", cadence="times_per_week", times_per_week=2, starts_on=date(2026, 11, 16)
    )
    days = [TODAY + timedelta(days=number) for number in (-8, -7, 0, 1)]
    for promise in (daily, weekly):
        for day in days:
            for status in ("kept", "missed", "excused"):
                ways = []
                for give in (by_token, by_page):
                    give(program, ada_client, promise, day, status)
                    with acting_as(ada):
                        rows = ada.checkins.values_list("promise_id", "due_on", "status")
                        ways.append(list(rows))
                        ada.checkins.all().delete()
                assert ways[0] == ways[1], (promise.statement, day, status)


def by_token(program, _client, promise, day, status):
    program.ask("put", f"promises/{promise.pk}/answers/{day}", {"status": status})


def by_page(_program, client, promise, day, status):
    client.post(f"/promises/{promise.pk}/check-in/", {"due_on": day, "status": status})


def test_the_daily_check_keeps_what_is_left_out(ada, ada_client, program):
    path = "daily-checks/2026-11-19"
    empty = {"trust": None, "visit": "", "visit_words": "", "credit": ""}
    assert program.ask("get", path).json() == {"day": "2026-11-19", **empty, "version": 0}
    assert program.ask("put", path, {"trust": 4}).json()["version"] == 1
    words = {"visit": "boundary", "visit_words": "He rang at ten"}
    told = program.ask("put", path, {"credit": "I rang", "trust": 4, **words}).json()
    assert {name: told[name] for name in words} == words
    assert (told["trust"], told["credit"]) == (4, "I rang")
    assert "I rang" in ada_client.get("/today/").content.decode()
    refused = program.ask("put", path, {"trust": 2})
    assert (refused.status_code, refused.json()["stored"]) == (409, told)
    cleared = program.ask("put", path, {"trust": None, "version": told["version"]}).json()
    assert (cleared["trust"], cleared["credit"]) == (None, "I rang")
    assert program.ask("put", "daily-checks/2026-11-16", {"visit": "critic"}).status_code == 200
    assert program.ask("put", "daily-checks/2026-11-15", {"visit": "critic"}).status_code == 422
