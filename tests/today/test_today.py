"""What Today shows: the day, what is due, and nothing further back."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.boundaries import factories as boundaries
from tests.boundaries.factories import make_boundary
from tests.conftest import signed_in
from tests.decisions.factories import make_open
from tests.factories import make_entry
from tests.page import compact
from tests.promises.factories import answer, make_draft, make_promise
from tests.reflections.factories import make_own_prompt
from tests.reflections.rumination.factories import keep_writing
from tests.today.factories import make_daily_check

NOW = "2026-11-19T20:00:00+01:00"  # a Thursday evening, where ada lives
TODAY = date(2026, 11, 19)
LONG_AGO = date(2026, 9, 7)
SWITCHES = ("current_setting", "set_config", "SAVEPOINT", "RELEASE")


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(NOW, tick=False):
        yield


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def page(client, path: str = "/today/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return compact(response)


def statements(client, path: str = "/today/") -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return sum(not any(word in one["sql"] for word in SWITCHES) for one in captured)


def full_life(person, promises: int) -> None:
    """With something from every practice that is asked what waits."""
    for number in range(min(promises, 10)):
        boundaries.make_draft(person, f"Limit {number}")
        make_open(person, f"Question {number}?")
    make_boundary(person, tell_on=ago(1))
    make_own_prompt(person, "What did the sea say?")
    for number in range(promises):
        promise = make_promise(person, f"Promise {number}", starts_on=LONG_AGO)
        answer(promise, {ago(n): "kept" for n in range(number % 3, 6)})
    make_draft(person)
    for days in (0, 1, 4):
        make_daily_check(person, ago(days), trust=3, visit="critic", credit="Rang")
    for number in range(6):
        make_entry(person, f"Evening {number}")
    keep_writing(person, "Work", 5, 5, 5)


def test_today_takes_few_statements_with_1_promise_and_with_50(ada, eve):
    full_life(ada, 50)
    full_life(eve, 1)

    many, one = statements(signed_in(ada)), statements(signed_in(eve))

    assert (one, many) == (5, 5)  # the last looks at what keeps coming back


def test_a_day_before_asks_nothing_about_what_can_wait(ada):
    full_life(ada, 50)

    assert statements(signed_in(ada), "/today/?day=2026-11-18") == 3


def test_today_looks_no_further_where_nothing_can_keep_coming_back(ada):
    make_promise(ada, starts_on=LONG_AGO)
    make_entry(ada, "An evening without numbers")

    assert statements(signed_in(ada)) == 4  # whose session, promises, the check, all the rest


def test_practices_take_few_statements_with_1_promise_and_with_50(ada, eve):
    full_life(ada, 50)
    full_life(eve, 1)

    found = statements(signed_in(ada), "/practices/"), statements(signed_in(eve), "/practices/")

    assert found == (4, 4)


def test_the_day_is_the_persons_own_and_starts_when_theirs_does(ada):
    ada.day_starts_at = 3
    ada.save(update_fields=["day_starts_at"])
    with time_machine.travel("2026-11-20T02:30:00+01:00"):
        late = page(signed_in(ada))
    with time_machine.travel("2026-11-20T03:00:00+01:00"):
        early = page(signed_in(ada))

    assert "<h1>Thursday 19 November</h1>" in late
    assert 'name="date" value="2026-11-19"' in late
    assert "<h1>Friday 20 November</h1>" in early


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2026-11-19", "Thursday 19 November"),
        ("2026-11-18", "Wednesday 18 November"),
        ("2026-11-16", "Monday 16 November"),
        ("2026-11-15", "That day is not open"),
        ("2026-11-20", "That day is not open"),
        ("2026-02-30", "That day is not open"),
        ("0000-00-00", "That day is not open"),
        ("0001-01-01", "That day is not open"),
        ("9999-12-31", "That day is not open"),
        ("soon", "That day is not open"),
        ("a%00b", "That day is not open"),
    ],
)
def test_the_last_three_days_are_open_and_no_others(ada_client, day, title):
    found = page(ada_client, f"/today/?day={day}")

    assert f"<h1>{title}</h1>" in found
    assert "/today/?day=2026-11-16" in found or title == "Monday 16 November"
    assert "/today/?day=2026-11-15" not in found


def test_a_past_day_shows_its_own_answers(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    answer(walk, {ago(1): "kept_small", TODAY: "missed"})
    make_daily_check(ada, ago(1), trust=2)

    yesterday = page(ada_client, "/today/?day=2026-11-18")

    assert 'id="trust-2" name="trust" value="2" checked' in yesterday
    assert f'name="{walk.pk}-status" value="kept_small" checked' in yesterday
    assert 'name="date" value="2026-11-18"' in yesterday
    assert 'name="seen" value="2026-11-19"' in yesterday


def test_the_week_is_told_in_strokes_and_in_words(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    make_promise(ada, "Swim", starts_on=LONG_AGO, cadence="weekdays", weekdays=[3, 4])
    answer(walk, {ago(3): "kept", ago(2): "kept_small", ago(1): "missed", ago(0): "excused"})

    found = page(ada_client)

    for text in (
        "Mon 16: 1 kept",
        "Tue 17: 1 kept small",
        "Wed 18: 1 missed",
        "Thu 19: life happened once and 1 not recorded yet",
        "Fri 20: 2 due",
        "Sat 21: 1 due",
        "This week so far: 2 of 3 kept, 1 of them small.",
    ):
        assert text in found


def test_a_week_of_fifty_promises_draws_what_fits_and_counts_the_rest(ada, ada_client):
    full_life(ada, 50)

    found = page(ada_client)

    assert "Mon 16: 50 kept" in found
    assert '<span aria-hidden="true">+46</span>' in found


def test_what_is_open_comes_before_what_is_recorded(ada, ada_client):
    early = make_promise(ada, "Early", starts_on=LONG_AGO)
    late = make_promise(ada, "Late", starts_on=LONG_AGO)
    answer(early, {TODAY: "kept"})

    found = page(ada_client)

    assert found.index(f'id="due-{late.pk}"') < found.index(f'id="due-{early.pk}"')
    assert found.index(f'id="due-{early.pk}"') < found.index("Daily check-in")
    assert "Recorded (" not in found


def test_from_six_promises_on_the_recorded_ones_are_in_a_fold(ada, ada_client):
    for number in range(6):
        promise = make_promise(ada, f"Promise {number}", starts_on=LONG_AGO)
        if number < 4:
            answer(promise, {TODAY: "kept"})

    assert "<summary>Recorded (4)</summary>" in page(ada_client)


def test_of_more_than_twenty_the_rest_is_drawn_when_asked_for(ada, ada_client):
    rows = [make_promise(ada, f"Promise {number}", starts_on=TODAY) for number in range(23)]

    found = page(ada_client)

    assert sum(f'id="due-{one.pk}"' in found for one in rows) == 20
    assert 'name="do" value="all" data-hx-get="/today/?all"' in found
    assert "3 more" in found
    sent = {"date": f"{TODAY}", "seen": f"{TODAY}", f"{rows[0].pk}-status": "kept", "do": "all"}
    answered = ada_client.post("/today/check/", sent)  # without a script
    assert answered.url == "/today/?all"
    found = page(ada_client, answered.url)
    assert all(f'id="due-{one.pk}"' in found for one in rows)
    assert ("<summary>Recorded (1)</summary>" in found, " more</button>" in found) == (True, False)


def test_a_promise_without_a_bad_day_version_has_three_answers(ada, ada_client):
    make_promise(ada, starts_on=LONG_AGO, smallest_version="")

    found = page(ada_client)

    assert found.count("Kept small") == 0
    assert "Bad-day version" not in found


def test_one_button_is_filled(ada, ada_client):
    full_life(ada, 7)

    main = page(ada_client).partition("<main")[2].partition("</main>")[0]
    buttons = re.findall(r'class="(btn[^"]*)"', main)

    assert [one for one in buttons if "btn-2" not in one and "btn-quiet" not in one] == [
        "btn btn-wide"
    ]
