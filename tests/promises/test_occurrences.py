"""When a promise is due, against a slow and obvious reading of the rules, and worked by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.people import clock
from journal.people.models import User
from journal.promises.occurrences import (
    DAILY,
    ONCE,
    TIMES_PER_WEEK,
    WEEKDAYS,
    Plan,
    Terms,
    can_be_answered,
    chances,
    days,
    due_days,
    is_due,
    week_of,
    weeks,
)

FIRST = date(2026, 1, 1)
DATES = st.dates(date(2025, 12, 1), date(2026, 4, 30))


def terms_from(day: date) -> st.SearchStrategy[Terms]:
    return st.one_of(
        st.just(Terms(day, DAILY)),
        st.frozensets(st.integers(0, 6), min_size=1).map(lambda ds: Terms(day, WEEKDAYS, ds)),
        st.integers(1, 7).map(lambda n: Terms(day, TIMES_PER_WEEK, times_per_week=n)),
        DATES.map(lambda due_on: Terms(day, ONCE, due_on=due_on)),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    starts_on = draw(DATES)
    changes = sorted(
        {starts_on, *draw(st.lists(DATES.filter(lambda d: d > starts_on), max_size=3))}
    )
    pauses = []
    for first in sorted(draw(st.lists(DATES, max_size=2))):
        back = draw(st.none() | st.integers(0, 30).map(lambda n, first=first: first + timedelta(n)))
        pauses.append((first, back))
    return Plan(
        starts_on=starts_on,
        terms=tuple(draw(terms_from(day)) for day in changes),
        ends_on=draw(st.none() | DATES.filter(lambda d: d >= starts_on)),
        stopped_on=draw(st.none() | DATES),
        pauses=tuple(pauses),
        week_starts_on=draw(st.sampled_from([0, 5, 6])),
    )


@given(plans(), DATES)
def test_nothing_is_due_outside_the_promises_time(plan, day):
    outside = (
        day < plan.starts_on
        or (plan.ends_on is not None and day > plan.ends_on)
        or (plan.stopped_on is not None and day >= plan.stopped_on)
        or any(a <= day and (b is None or day < b) for a, b in plan.pauses)
    )

    if outside:
        assert not can_be_answered(plan, day)


@given(plans(), DATES)
def test_the_latest_terms_up_to_a_day_hold_on_it(plan, day):
    if plan.is_in_force(day):
        assert plan.terms_on(day) == max(
            (terms for terms in plan.terms if terms.effective_on <= day),
            key=lambda terms: terms.effective_on,
        )


@given(plans(), DATES, st.integers(1, 7))
def test_a_change_never_rewrites_the_days_before_it(plan, day, n):
    later = Terms(day, TIMES_PER_WEEK, times_per_week=n)
    kept = tuple(terms for terms in plan.terms if terms.effective_on < day)
    changed = Plan(
        plan.starts_on,
        (*kept, later),
        plan.ends_on,
        plan.stopped_on,
        plan.pauses,
        plan.week_starts_on,
    )

    before = day - timedelta(days=1)
    original = Plan(
        plan.starts_on, kept, plan.ends_on, plan.stopped_on, plan.pauses, plan.week_starts_on
    )
    assert due_days(changed, FIRST, before) == due_days(original, FIRST, before)


@given(plans())
def test_every_day_is_in_exactly_one_week_of_its_own(plan):
    by_week = [
        day for week in weeks(plan, date(2025, 11, 1), date(2026, 5, 31)) for day in week.days
    ]

    expected = [
        day
        for day in days(date(2025, 11, 1), date(2026, 5, 31))
        if (terms := plan.terms_on(day)) and terms.cadence == TIMES_PER_WEEK
    ]
    # A week that goes on after the last day looked at is told whole.
    assert [day for day in by_week if day <= date(2026, 5, 31)] == expected


@given(plans())
def test_a_target_never_asks_for_more_than_there_are_days_or_promised(plan):
    for week in weeks(plan, date(2025, 11, 24), date(2026, 5, 10)):
        promised = [plan.terms_on(day).times_per_week for day in week.days]
        assert 1 <= week.target <= len(week.days)
        assert week.target <= max(promised)
        if len(week.days) == 7 and len(set(promised)) == 1:
            assert week.target == promised[0]


@given(plans(), DATES)
def test_the_next_chance_is_the_first_day_after_that_can_be_answered(plan, day):
    found = next(chances(plan, day), None)

    answerable = [
        one for one in days(day + timedelta(1), day + timedelta(400)) if can_be_answered(plan, one)
    ]
    assert found == (answerable[0] if answerable else None)


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu"]
)


@given(
    plans(),
    st.datetimes(datetime(2026, 1, 2), datetime(2026, 4, 20), timezones=st.just(UTC)),
    ZONES,
    ZONES,
    st.integers(0, 23),
    st.integers(0, 23),
    st.sampled_from([0, 5, 6]),
)
def test_zone_day_start_and_week_start_move_nothing(
    plan, instant, zone, other_zone, hour, other_hour, week_start
):
    """The calendar says which day it is now; what is due on a day does not ask it."""
    person = User(zone=zone, day_starts_at=hour, week_starts_on=0)
    before = due_days(plan, FIRST, date(2026, 4, 30)), weeks(plan, FIRST, date(2026, 4, 30))
    here = clock.day_of(person, instant)

    person.zone, person.day_starts_at, person.week_starts_on = other_zone, other_hour, week_start
    there = clock.day_of(person, instant)

    assert before == (
        due_days(plan, FIRST, date(2026, 4, 30)),
        weeks(plan, FIRST, date(2026, 4, 30)),
    )
    assert abs((here - there).days) <= 2


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_a_daily_promise_is_due_once_on_days_with_23_and_25_hours(zone):
    person = User(zone=zone, day_starts_at=3)
    plan = Plan(date(2026, 1, 1), (Terms(date(2026, 1, 1), DAILY),))
    start = datetime(2026, 1, 2, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    seen = [clock.day_of(person, start + timedelta(hours=n)) for n in range(24 * 360)]

    distinct = sorted(set(seen))
    assert seen == sorted(seen)
    assert distinct == list(days(distinct[0], distinct[-1]))
    assert due_days(plan, distinct[0], distinct[-1]) == distinct


# --- worked by hand: 2 March 2026 is a Monday

MONDAY = date(2026, 3, 2)


def march(*numbers: int) -> list[date]:
    return [date(2026, 3, number) for number in numbers]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(MONDAY, DAILY), march(2, 3, 4, 5, 6, 7, 8)),
        (Terms(MONDAY, WEEKDAYS, frozenset([0, 3, 4])), march(2, 5, 6)),
        (Terms(MONDAY, WEEKDAYS, frozenset([6])), march(8)),
        (Terms(MONDAY, ONCE, due_on=date(2026, 3, 6)), march(6)),
        (Terms(MONDAY, TIMES_PER_WEEK, times_per_week=3), []),
    ],
)
def test_a_week_of_each_cadence(terms, expected):
    plan = Plan(MONDAY, (terms,))

    assert due_days(plan, MONDAY, date(2026, 3, 8)) == expected


def test_a_pause_leaves_its_first_day_out_and_its_last_in():
    plan = Plan(MONDAY, (Terms(MONDAY, DAILY),), pauses=((march(4)[0], march(6)[0]),))

    assert due_days(plan, MONDAY, date(2026, 3, 8)) == march(2, 3, 6, 7, 8)


def test_from_every_day_to_weekends_on_a_thursday():
    plan = Plan(
        MONDAY,
        (Terms(MONDAY, DAILY), Terms(date(2026, 3, 5), WEEKDAYS, frozenset([5, 6]))),
    )

    assert due_days(plan, MONDAY, date(2026, 3, 15)) == march(2, 3, 4, 7, 8, 14, 15)
    assert is_due(plan, date(2026, 3, 4))
    assert not is_due(plan, date(2026, 3, 5))


@pytest.mark.parametrize(
    ("n", "first_day", "target"),
    [
        (3, 2, 3),  # a whole week
        (3, 6, 1),  # Friday to Sunday: 9/7, to 1
        (3, 4, 2),  # Wednesday to Sunday: 15/7, to 2
        (5, 5, 3),  # Thursday to Sunday: 20/7, to 3
        (1, 8, 1),  # Sunday only: 1/7, but at least 1
        (7, 7, 2),  # Saturday and Sunday: 14/7, exactly 2
    ],
)
def test_the_first_week_asks_for_its_share(n, first_day, target):
    starts_on = date(2026, 3, first_day)
    plan = Plan(starts_on, (Terms(starts_on, TIMES_PER_WEEK, times_per_week=n),))

    assert week_of(plan, starts_on).target == target


def test_from_five_to_two_times_in_mid_week():
    """Monday to Wednesday 5 each, Thursday to Sunday 2 each: 23 sevenths, to 3."""
    plan = Plan(
        MONDAY,
        (
            Terms(MONDAY, TIMES_PER_WEEK, times_per_week=5),
            Terms(date(2026, 3, 5), TIMES_PER_WEEK, times_per_week=2),
        ),
    )

    assert [week.target for week in weeks(plan, MONDAY, date(2026, 3, 15))] == [3, 2]


def test_weeks_begin_where_they_did_when_the_promise_was_made():
    plan = Plan(MONDAY, (Terms(MONDAY, TIMES_PER_WEEK, times_per_week=7),), week_starts_on=6)

    first, second = weeks(plan, date(2026, 3, 1), date(2026, 3, 8))
    assert (first.starts_on, first.target) == (date(2026, 3, 1), 6)
    assert (second.starts_on, second.target) == (date(2026, 3, 8), 7)
