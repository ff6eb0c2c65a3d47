"""The test by which two ways are compared, against scipy, and in people who are made up."""

import random
from collections.abc import Callable, Iterable
from itertools import combinations
from math import exp, log
from typing import Any

import pytest

from journal.promises.randomisation import (
    A,
    Week,
    alternating,
    differ,
    difference_range,
    drawn,
    newcombe,
)

DRIFTS = ("", "wanders", "falls", "breaks")


def test_a_draw_gives_each_way_half_of_the_weeks_and_differs_from_time_to_time():
    draws = {drawn(12) for _ in range(50)}
    assert {one.count(A) for one in draws} == {6}
    assert len(draws) > 20
    assert alternating(8) == "abababab"


# For each week what was kept of how many; the range; how many of all allocations show a difference
# as great as this one, and as small: scipy.stats.permutation_test (1.17.1), permutation_type
# "independent", of the difference of shares.
BY_SCIPY = [
    ("abbaabab", "7/7 2/7 4/7 6/7 5/7 3/7 6/6 1/5", (0.1429, 0.7938), (1, 70)),
    ("abababab", "4/7 5/7 3/7 6/7 5/7 4/7 6/7 5/6", (-0.4286, 0.2857), (59, 20)),
    ("bababaabba", "2/5 5/5 1/5 4/5 3/5 5/5 4/4 2/5 3/5 3/4", (0.2111, 0.7028), (1, 252)),
    ("aabbbaba", "1/1 1/1 0/1 0/1 0/1 1/1 0/1 1/1", (0.3072, 1.0), (1, 70)),
]


@pytest.mark.parametrize(("allocation", "weeks", "likely", "beyond"), BY_SCIPY)
def test_the_range_leaves_out_zero_only_where_scipy_does(allocation, weeks, likely, beyond):
    low, high = difference_range(read(weeks), allocation)
    assert (low, high) == pytest.approx(likely, abs=1e-4)
    allocations = {8: 70, 10: 252}[len(allocation)]
    rejected = any(count / allocations <= 0.025 for count in beyond)
    assert differ((low, high)) == rejected


def read(weeks: str) -> list[Week]:
    pairs = (week.split("/") for week in weeks.split())
    return [(int(kept), int(of)) for kept, of in pairs]


@pytest.mark.parametrize(
    ("counts", "by_statsmodels"),  # confint_proportions_2indep(method="newcomb") of 0.15.0
    [
        ((22, 27, 8, 24), (0.2115, 0.6666)),
        ((15, 20, 14, 20), (-0.2178, 0.3089)),
        ((0, 5, 0, 5), (-0.4345, 0.4345)),
    ],
)
def test_the_least_range_is_that_of_newcombe(counts, by_statsmodels):
    assert newcombe(*counts) == pytest.approx(by_statsmodels, abs=1e-4)


@pytest.mark.parametrize(
    ("allocation", "weeks"),
    [
        ("abababab", "0/0 " * 8),
        ("abababab", "5/5 0/0 5/5 0/0 5/5 0/0 5/5 0/0"),  # one way was never recorded
        ("abababab", "7/7 1/7 7/7 1/7 7/7 1/7 0/0 0/0"),  # each lost a week: 2 of 70 at least
    ],
)
def test_nothing_is_said_where_no_result_could_be_unlikely_enough(allocation, weeks):
    assert difference_range(read(weeks), allocation) is None


def test_a_week_on_holiday_takes_nothing_from_a_clear_difference():
    assert differ(difference_range(read("7/7 2/7 6/7 1/7 7/7 1/7 6/7 0/0"), "abababab"))


def test_whatever_the_weeks_were_at_most_one_draw_in_twenty_is_a_false_alarm():
    chance = random.Random("whatever")
    for length, records in ((8, 12), (10, 2)):
        for _ in range(records):
            weeks = [(chance.randint(0, n), n) for n in chance.choices(range(8), k=length)]
            draws = list(every_allocation(length))
            alarms = sum(alarm(weeks, one) for one in draws)
            assert alarms <= 0.05 * len(draws)


def every_allocation(weeks: int) -> Iterable[str]:
    for of_a in combinations(range(weeks), weeks // 2):
        yield "".join("a" if week in of_a else "b" for week in range(weeks))


def alarm(weeks: list[Week], allocation: str) -> bool:
    found = difference_range(weeks, allocation)
    return found is not None and differ(found)


def a_record(
    chance: random.Random, allocation: str, drift: str = "", tie: float = 0, gain: float = 0
) -> list[Week]:
    """Seven days a week, of which 60% are kept at first. `tie` is the correlation between the days
    of one week, `gain` what the first way adds."""
    level, weeks = log(0.6 / 0.4), []
    for week, letter in enumerate(allocation):
        if drift == "wanders":
            level += chance.gauss(0, 0.6)
        if drift == "falls":
            level -= 2.4 / len(allocation)
        if drift == "breaks" and week == len(allocation) // 2:
            level -= 1.5
        share = 1 / (1 + exp(-level)) + gain * (letter == A)
        if tie:
            rest = 1 / tie - 1
            share = chance.betavariate(share * rest, (1 - share) * rest)
        weeks.append((sum(chance.random() < share for _ in range(7)), 7))
    return weeks


def by_lot(chance: random.Random, weeks: int) -> str:
    return "".join(chance.sample("ab" * (weeks // 2), weeks))


def in_turn(_chance: random.Random, weeks: int) -> str:
    return alternating(weeks)


def share_of_alarms(
    people: int, weeks: int, order: Callable[[random.Random, int], str], **life: Any
) -> float:
    chance, found = random.Random(f"{weeks} {life}"), 0
    for _ in range(people):
        allocation = order(chance, weeks)
        found += alarm(a_record(chance, allocation, **life), allocation)
    return found / people


@pytest.mark.parametrize("order", [by_lot, in_turn])
def test_people_without_a_difference_are_told_of_one_in_at_most_5_of_100_cases(order):
    """A thousand of each, in steady weeks and in those that drift, their days tied together."""
    found = [share_of_alarms(125, 8, order, drift=d, tie=t) for d in DRIFTS for t in (0, 0.2)]
    assert sum(found) / len(found) <= 0.05
    assert max(found) <= 0.08  # of 125, within chance of 5%


@pytest.mark.parametrize(
    ("weeks", "people", "noticed"),  # docs/measures.md
    [(8, 400, 0.25), (12, 60, 0.6)],
)
def test_a_real_difference_is_noticed_as_often_as_the_note_says(weeks, people, noticed):
    found = share_of_alarms(people, weeks, by_lot, tie=0.1, gain=0.3)
    assert found == pytest.approx(noticed, abs=0.12)
