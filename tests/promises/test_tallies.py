"""What a record amounts to, worked by hand, and what must hold of any."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.promises import tallies
from journal.promises.occurrences import DAILY, TIMES_PER_WEEK, Plan, Terms, due_days, week_of
from journal.promises.tallies import EXCUSED, KEPT, MISSED, OPEN, SMALL, UNRECORDED, Tally
from tests.promises.test_occurrences import MONDAY, plans

ANSWERS = {"k": KEPT, "s": SMALL, "m": MISSED, "x": EXCUSED}


def daily() -> Plan:
    return Plan(MONDAY, (Terms(MONDAY, DAILY),))


def by_week(n: int) -> Plan:
    return Plan(MONDAY, (Terms(MONDAY, TIMES_PER_WEEK, times_per_week=n),))


def answers_from(marks: str, first: date = MONDAY) -> dict[date, str]:
    """One letter a day; a dot says nothing."""
    days = {first + timedelta(days=n): mark for n, mark in enumerate(marks)}
    return {day: ANSWERS[mark] for day, mark in days.items() if mark != "."}


@pytest.mark.parametrize(
    ("marks", "today", "expected"),
    [
        ("kkk", 4, Tally(full=3)),
        ("ksmx", 5, Tally(full=1, small=1, missed=1, excused=1)),
        ("k.", 3, Tally(full=1, open=1)),  # today is never late
        ("k...", 5, Tally(full=1, open=3)),  # three days back can still be told
        ("k....", 6, Tally(full=1, open=4)),
        (
            "k.....",
            7,
            Tally(full=1, open=4, unrecorded=1),
        ),  # four days back: unrecorded, not missed
        ("x.......", 9, Tally(excused=1, open=4, unrecorded=3)),
    ],
)
def test_single_days(marks, today, expected):
    today = date(2026, 3, today)

    assert tallies.tally(daily(), answers_from(marks), [], today, MONDAY) == expected


SUNDAY = date(2026, 3, 8)


@pytest.mark.parametrize(
    ("marks", "confirmed", "after", "expected"),
    [
        # n, then what became of the week; `after` days after its last one
        ("k.k.k..", False, 1, Tally(full=3)),
        ("k.k....", False, 0, Tally(full=2, open=1)),
        ("k.k....", False, 3, Tally(full=2, open=1)),
        ("k.k....", False, 4, Tally(full=2, unrecorded=1)),  # short, but nobody said so
        ("k.k....", True, 1, Tally(full=2, missed=1)),
        ("k.s.k.k", True, 1, Tally(full=3)),  # kept is capped at the target, full ones first
        ("k.s.s.s", True, 1, Tally(full=1, small=2)),
        ("x.k.k..", True, 1, Tally(full=2, excused=1)),  # one unit less is due
        ("x.k....", True, 1, Tally(full=1, missed=1, excused=1)),
        ("xxxxxxx", True, 1, Tally(excused=3)),  # a week away: nothing is due
        (".......", True, 1, Tally(missed=3)),
        ("x.k.k.k", True, 1, Tally(full=3, excused=1)),
    ],
)
def test_three_times_a_week(marks, confirmed, after, expected):
    week = week_of(by_week(3), MONDAY)
    today = SUNDAY + timedelta(days=after)

    assert tallies.tally_week(week, answers_from(marks), today, confirmed=confirmed) == expected


def test_seven_of_eleven_is_the_range_in_the_specification():
    assert Tally(full=4, small=3, missed=4).range == (35, 85)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Tally(full=9), False),  # n is 9
        (Tally(full=10), True),
        (Tally(full=9, missed=1), True),
        (Tally(full=10, excused=30), True),  # excused days stay outside
        (Tally(full=10, unrecorded=4), True),  # 10 of 14 are more than 70 %
        (Tally(full=14, unrecorded=6), True),  # exactly 70 %
        (Tally(full=10, unrecorded=5), False),  # 10 of 15 are not
    ],
)
def test_the_range_is_said_only_of_enough(amount, said):
    assert (amount.range is not None) is said


@given(st.integers(1, 300), st.integers(0, 300))
def test_the_range_holds_the_rate_and_stays_within_bounds(n, k):
    k = min(k, n)
    low, high = tallies.wilson(k, n)

    assert 0 <= low <= k / n + 1e-9
    assert k / n - 1e-9 <= high <= 1
    mirrored = tallies.wilson(n - k, n)
    assert (low, high) == pytest.approx((1 - mirrored[1], 1 - mirrored[0]))


RECORDS = st.dictionaries(
    st.dates(date(2025, 12, 1), date(2026, 4, 30)), st.sampled_from([KEPT, SMALL, MISSED, EXCUSED])
)


@given(plans(), RECORDS, st.dates(date(2026, 1, 10), date(2026, 4, 30)), st.booleans())
def test_every_due_unit_is_told_once(plan, answers, today, confirmed):
    first = date(2025, 12, 29)
    found = tallies.weeks(plan, first, today)
    known = [week.starts_on for week in found] if confirmed else []

    amount = tallies.tally(plan, answers, known, today, first)

    units = len(due_days(plan, first, today))
    for week in found:
        given_units = [answers.get(day) for day in week.days]
        kept = min(given_units.count(KEPT) + given_units.count(SMALL), week.target)
        excused = min(given_units.count(EXCUSED), week.target)
        units += max(week.target, kept + excused)
    assert amount.n + amount.excused + amount.unrecorded + amount.open == units


@given(plans(), st.dates(date(2026, 1, 10), date(2026, 4, 30)))
def test_silence_is_never_a_miss(plan, today):
    amount = tallies.tally(plan, {}, [], today, date(2025, 12, 29))

    assert (amount.n, amount.excused) == (0, 0)


@given(plans(), RECORDS, st.dates(date(2026, 1, 10), date(2026, 4, 30)))
def test_excusing_every_miss_leaves_no_miss_and_takes_no_kept_day(plan, answers, today):
    first = date(2025, 12, 29)
    excused = {day: EXCUSED if said == MISSED else said for day, said in answers.items()}

    before = tallies.tally(plan, answers, [], today, first)
    after = tallies.tally(plan, excused, [], today, first)

    assert after.missed == 0
    assert after.kept == before.kept


@pytest.mark.parametrize(
    ("marks", "offered"),
    [
        ("mmkkm", True),
        ("mmm", True),
        ("mmkkkm", False),  # only two in the last five
        ("mmxxm", True),  # excused days are not due
        ("mkkkk", False),
        ("mm", False),
    ],
)
def test_three_misses_in_five_due(marks, offered):
    today = MONDAY + timedelta(days=len(marks))
    outcomes = tallies.outcomes(daily(), answers_from(marks), [], today, MONDAY)

    assert tallies.offers_renegotiation(outcomes) is offered


def test_a_day_nobody_recorded_counts_among_the_five():
    marks = "mm......m"  # three misses; between them four unrecorded days and two still open
    today = MONDAY + timedelta(days=len(marks))

    outcomes = tallies.outcomes(daily(), answers_from(marks), [], today, MONDAY)

    assert outcomes == [MISSED] * 2 + [UNRECORDED] * 4 + [MISSED]
    assert OPEN not in outcomes
    assert not tallies.offers_renegotiation(outcomes)


def test_a_confirmed_week_with_three_short_is_three_misses():
    outcomes = tallies.outcomes(by_week(4), answers_from("k......"), [MONDAY], SUNDAY, MONDAY)

    assert outcomes == [KEPT, MISSED, MISSED, MISSED]
