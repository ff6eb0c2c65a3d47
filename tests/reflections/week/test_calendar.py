"""Weeks follow the person's first day and day start, whatever the calendar and the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.tallies import Tally
from journal.reflections.week import calendar, snapshot_builder
from tests.lessons.factories import make_lesson
from tests.promises.factories import answer, make_promise
from tests.reflections.week.factories import make_reflection
from tests.reflections.week.flow_client import post, step_of

DAY = timedelta(days=1)


def person(**fields) -> User:
    return User(**{"zone": "Europe/Berlin", "week_starts_on": 0, "day_starts_at": 0, **fields})


@pytest.mark.parametrize("first", [0, 5, 6])
def test_exactly_one_week_is_open_on_any_day_for_seven_days(first):
    ada, day = person(week_starts_on=first), date(2026, 1, 1)
    opened: dict[date, int] = {}
    for n in range(400):
        start = calendar.open_week(ada, day + n * DAY)
        assert start.weekday() == first
        assert calendar.is_open(start, day + n * DAY)
        for other in (start - 7 * DAY, start + 7 * DAY):
            assert not calendar.is_open(other, day + n * DAY)
        opened[start] = opened.get(start, 0) + 1
    assert set(list(opened.values())[1:-1]) == {7}


@pytest.mark.parametrize(
    ("today", "first", "start"),
    [
        (date(2027, 1, 3), 0, date(2026, 12, 28)),  # the last day of ISO week 53 of 2026
        (date(2027, 1, 9), 0, date(2026, 12, 28)),
        (date(2027, 1, 10), 0, date(2027, 1, 4)),
        (date(2024, 12, 31), 0, date(2024, 12, 23)),
        (date(2026, 1, 2), 5, date(2025, 12, 27)),  # from Saturday to Friday
        (date(2026, 1, 3), 6, date(2025, 12, 28)),  # from Sunday to Saturday
        (date(2024, 2, 29), 0, date(2024, 2, 19)),
    ],
)
def test_week_53_and_the_ends_of_years(today, first, start):
    assert calendar.open_week(person(week_starts_on=first), today) == start


@pytest.mark.parametrize(
    ("zone", "hour", "day", "begins"),
    [
        ("Europe/Berlin", 0, date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        # 02:00 is left out that night: the day begins where the clocks go on, at 03:00.
        ("Europe/Berlin", 2, date(2026, 3, 29), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        # 02:00 comes twice: the day begins with the first.
        ("Europe/Berlin", 2, date(2026, 10, 25), datetime(2026, 10, 25, 0, tzinfo=UTC)),
        # Midnight itself is left out in Beirut.
        ("Asia/Beirut", 0, date(2026, 3, 29), datetime(2026, 3, 28, 22, tzinfo=UTC)),
        ("Pacific/Apia", 0, date(2026, 11, 16), datetime(2026, 11, 15, 11, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_an_instant_that_belongs_to_it(zone, hour, day, begins):
    ada = person(zone=zone, day_starts_at=hour)
    assert clock.begins(ada, day) == begins
    assert clock.day_of(ada, begins) == day
    assert clock.day_of(ada, begins - timedelta(seconds=1)) == day - DAY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("monday", "hours"),
    [(date(2026, 3, 23), 167), (date(2026, 10, 19), 169)],
    ids=["the short week", "the long week"],
)
def test_weeks_in_which_the_clocks_change_hold_what_was_written_in_them(ada, monday, hours):
    begins = clock.begins(ada, monday)
    ends = begins + timedelta(hours=hours)
    assert ends == clock.begins(ada, monday + 7 * DAY)
    minute = timedelta(minutes=1)
    for name, at in (
        ("before", begins - minute),
        ("first", begins),
        ("last", ends - minute),
        ("after", ends),
    ):
        with time_machine.travel(at, tick=False):
            make_lesson(ada, name, "look")
    with time_machine.travel(ends + DAY, tick=False):
        promise = make_promise(ada, starts_on=monday)
        answer(promise, {monday + n * DAY: "kept" for n in range(-1, 8)})
        with acting_as(ada):
            record = snapshot_builder.build_snapshot(ada, monday)
    assert [one.sentence[3:8].strip(", ") for one in record.lessons] == ["first", "last"]
    assert record.tally.full == 7


@pytest.mark.django_db
def test_her_day_starts_at_three_so_sunday_night_is_still_this_week(ada, ada_client):
    ada.day_starts_at = 3
    ada.save(update_fields=["day_starts_at"])
    with time_machine.travel("2026-11-23T02:30:00+01:00", tick=False):
        assert calendar.open_week(ada, clock.today(ada)) == date(2026, 11, 16)
    with time_machine.travel("2026-11-22T02:30:00+01:00", tick=False):  # Saturday, to her
        assert calendar.open_week(ada, clock.today(ada)) == date(2026, 11, 9)
        page = ada_client.get("/week/2026-11-16/").content.decode()
        assert "You can look back on it from Sunday 22 November on." in page


@pytest.mark.django_db
def test_begun_at_home_and_ended_in_another_zone_it_stays_one_week(ada, ada_client):
    with time_machine.travel("2026-11-22T19:00:00+01:00", tick=False) as moving:
        make_reflection(ada, sentence_of_week="Packing")
        ada.zone = "Pacific/Auckland"  # where it is Monday morning
        ada.save(update_fields=["zone"])
        moving.shift(timedelta(minutes=5))
        assert post(ada_client, step_of("next"), pick="keep").url == "/week/2026-11-16/done/"
    with acting_as(ada):
        row = ada.weeklyreflections.get()
    assert row.finished_at is not None
    assert (row.week_start, row.written_zone) == (date(2026, 11, 16), "Europe/Berlin")


@pytest.mark.django_db
def test_a_week_of_a_promise_counts_in_the_week_in_which_it_ends(ada):
    with time_machine.travel("2026-11-21T19:00:00+01:00", tick=False):
        monday = date(2026, 11, 9)
        swim = make_promise(ada, cadence="times_per_week", times_per_week=2, starts_on=monday)
        answer(swim, {monday: "kept", date(2026, 11, 17): "kept_small"})
        ada.week_starts_on = User.WeekStart.SUNDAY
        with acting_as(ada):
            record = snapshot_builder.build_snapshot(ada, date(2026, 11, 15))
    assert record.tally == Tally(full=1, unrecorded=1)  # of the promise's week from 9 to 15
    assert record.promises[0].marks[2] == "kept_small"


@pytest.mark.django_db
def test_a_new_first_day_of_the_week_leaves_what_was_written_where_it_was(ada, ada_client):
    with time_machine.travel("2026-11-25T19:00:00+01:00", tick=False):
        make_reflection(ada, date(2026, 11, 16), sentence_of_week="From Monday on")
        ada.week_starts_on = User.WeekStart.SUNDAY
        ada.save(update_fields=["week_starts_on"])

        assert "From Monday on" in ada_client.get("/week/2026-11-16/").content.decode()
        assert ada_client.get("/week/2026-11-09/").url == "/week/2026-11-08/"
        assert ada_client.get(step_of("next")).status_code == 200
        assert "From Monday on" in ada_client.get("/week/").content.decode()
