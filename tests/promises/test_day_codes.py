"""A letter a day says what occurrences and tallies say of the same days, for any promise."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal.promises import tallies
from journal.promises.day_codes import LETTERS, RecordedDays, encode_days, encode_due_days
from journal.promises.occurrences import DAILY, TIMES_PER_WEEK, Plan, Terms, days, is_due, weeks
from tests.promises.test_occurrences import DATES, MONDAY, plans

RECORDED = (tallies.KEPT, tallies.SMALL, tallies.MISSED)
SPANS = st.integers(0, 60)
ANSWERS = st.dictionaries(st.integers(0, 60), st.sampled_from("ksmx"), max_size=30)


def days_of(
    plan: Plan, first: date, length: int, given: dict[int, str], confirmed=()
) -> RecordedDays:
    today = first + timedelta(days=length)
    kept = {day: letter for day, letter in given.items() if day <= length}
    letters = encode_days(first, today, kept.keys(), "".join(kept.values()))
    return RecordedDays(plan, first, today, letters, frozenset(confirmed))


def by_day(one: RecordedDays) -> dict[date, str]:
    status = {letter: status for status, letter in LETTERS.items()}
    return {
        one.first + timedelta(days=n): status[letter]
        for n, letter in enumerate(one.answers)
        if letter != "."
    }


@given(plans(), DATES, SPANS)
def test_the_same_days_are_due(plan, first, length):
    last = first + timedelta(days=length)

    expected = "".join("01"[is_due(plan, day)] for day in days(first, last))
    assert encode_due_days(plan, first, last) == expected


@given(plans(), DATES, SPANS, ANSWERS, st.booleans())
def test_the_same_tally_and_the_same_outcomes(plan, first, length, given, confirmed):
    today = first + timedelta(days=length)
    known = [week.starts_on for week in weeks(plan, first, today)] if confirmed else []
    one = days_of(plan, first, length, given, known)
    answers = by_day(one)

    assert one.tally(first, today) == tallies.tally(plan, answers, known, today, first)
    # A week that began before this stretch is not told by it.
    if all(terms.cadence != TIMES_PER_WEEK for terms in plan.terms):
        story = tallies.outcomes(plan, answers, known, today, first)
        assert one.recorded(first, today) == "".join(LETTERS[s] for s in story if s in RECORDED)


@given(plans(), DATES, st.integers(1, 60), ANSWERS)
def test_parts_add_up_to_the_whole(plan, first, length, given):
    one = days_of(plan, first, length, given)
    middle = first + timedelta(days=length // 2)
    after = middle + timedelta(days=1)

    assert one.tally(first, middle) + one.tally(after, one.today) == one.tally(first, one.today)
    assert one.recorded(first, middle) + one.recorded(after, one.today) == one.recorded(
        first, one.today
    )


def test_a_week_is_told_when_it_ends():
    """Two of three on Monday and Wednesday, then a daily fortnight's first day."""
    later = MONDAY + timedelta(days=7)
    plan = Plan(MONDAY, (Terms(MONDAY, TIMES_PER_WEEK, times_per_week=3), Terms(later, DAILY)))
    one = days_of(plan, MONDAY, 8, {0: "k", 2: "s", 7: "m", 8: "k"}, [MONDAY])

    assert one.recorded(MONDAY, one.today) == "ksmmk"  # kept, small, the shortfall; missed, kept
    assert one.tally(MONDAY, one.today) == tallies.Tally(full=2, small=1, missed=2)


def test_the_last_three_days_and_today_are_open():
    one = days_of(Plan(MONDAY, (Terms(MONDAY, DAILY),)), MONDAY, 5, {})

    assert one.marks == "uuoooo"
    assert one.tally(MONDAY, one.today) == tallies.Tally(unrecorded=2, open=4)
