"""Arithmetic held to the literature's worked examples, and to what must be true of any record."""

from collections import Counter
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.insights.measures import arithmetic
from journal.insights.measures.arithmetic import (
    Easing,
    FollowThrough,
    Process,
    Returns,
)
from journal.promises.tallies import wilson

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STORIES = st.lists(st.tuples(st.text("ksm", max_size=12), st.text("ksm", max_size=20)), max_size=5)


# --- Wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R. G. Newcombe, Statist. Med. 17 (1998) 857-872, table I, method 3 (score).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_as_newcombe_works_it_out(k, n, low, high):
    found = arithmetic.rate(k, n)

    assert found == pytest.approx((low, high), abs=5e-5)


def test_a_rate_needs_ten():
    assert arithmetic.rate(9, 9) is None
    assert arithmetic.rate(0, 0) is None
    assert arithmetic.rate(10, 10) == wilson(10, 10)
    with pytest.raises(ValueError):
        arithmetic.rate(11, 10)


@given(COUNTS)
def test_the_interval_holds_the_share_and_stays_between_nothing_and_all(counts):
    k, n = counts
    low, high = wilson(k, n)

    assert 0 <= low < high <= 1
    assert low - 1e-12 <= k / n <= high + 1e-12  # at nothing and all they meet, but for rounding


@given(COUNTS)
def test_more_kept_is_never_a_lower_range_and_more_told_a_narrower_one(counts):
    k, n = counts
    if k < n:
        assert wilson(k, n) < wilson(k + 1, n)
    wide, narrow = wilson(k, n), wilson(2 * k, 2 * n)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


@given(COUNTS)
def test_what_is_kept_and_what_is_not_mirror_each_other(counts):
    k, n = counts
    low, high = wilson(k, n)

    assert wilson(n - k, n) == pytest.approx((1 - high, 1 - low))


def test_ranges_that_overlap_are_the_same():
    assert arithmetic.compare_ranges((0.5, 0.7), (0.6, 0.9)) == "same"
    assert arithmetic.compare_ranges((0.5, 0.7), (0.7, 0.9)) == "same"  # they meet
    assert arithmetic.compare_ranges((0.9, 1.0), (0.7, 0.9)) == "same"
    assert arithmetic.compare_ranges((0.5, 0.69), (0.7, 0.9)) == "fewer"
    assert arithmetic.compare_ranges((0.91, 0.95), (0.7, 0.9)) == "more"
    assert arithmetic.compare_ranges(None, (0.7, 0.9)) is None
    assert arithmetic.compare_ranges((0.7, 0.9), None) is None


# --- coming back


def test_returns_worked_by_hand():
    """Back at once twice, at the second chance once; one goes on, one has no chance yet."""
    found = arithmetic.returns([("k", "kmksmmk"), ("", "mkkmm"), ("k", "kkm")])

    assert found == Returns({1: 2, 2: 1}, open_at_once=1, open_later=1)
    assert (found.closed, found.open, found.had_a_chance, found.at_once) == (3, 2, 4, 2)
    assert found.median == 1
    assert found.usual is None  # three of four may still be less than half
    assert found.range == wilson(2, 4)


def test_usually_needs_a_lower_bound_of_one_half():
    """Somebody who is back half of the time is rarely told that they usually are."""
    usual = {
        (k, n): Returns({1: k}, open_later=n - k).usual for n in range(3, 41) for k in range(n)
    }
    usual |= {(n, n): Returns({1: n}).usual for n in range(3, 41)}

    assert [usual[one] for one in ((3, 3), (4, 4), (6, 7), (7, 8))] == [None, 1, None, 1]
    assert Returns({1: 4, 2: 4}).usual == 2
    assert Returns({1: 4, 2: 4}, open_later=3).usual is None  # open runs count as not back
    false_alarms = {
        n: sum(comb(n, k) for k in range(n + 1) if usual[k, n] == 1) / 2**n for n in range(3, 41)
    }
    assert false_alarms.pop(4) == 0.0625
    assert max(false_alarms.values()) < 0.04


def test_a_run_belongs_to_the_time_in_which_it_began():
    assert arithmetic.returns([("km", "mk")]) == Returns({}, 0, 0)  # began before
    assert arithmetic.returns([("kmk", "mk")]) == Returns({1: 1}, 0, 0)
    assert arithmetic.returns([("", "mk")]) == Returns({1: 1}, 0, 0)


def test_below_three_runs_with_a_chance_there_is_no_middle():
    two = arithmetic.returns([("", "mkmkm")])

    assert (two.had_a_chance, two.is_enough, two.median, two.usual) == (2, False, None, None)
    assert (Returns().is_enough, Returns().median) == (False, None)


def test_nobody_came_back_yet():
    still = arithmetic.returns([("", "mm"), ("", "mm"), ("", "mmm")])

    assert (still.is_enough, still.median, still.usual) == (True, None, None)


@given(STORIES)
def test_every_miss_of_the_time_is_in_one_run(stories):
    found = arithmetic.returns(stories)
    began = [
        (before + now)[len(before) + n - 1 : len(before) + n] != "m" or len(before) + n == 0
        for before, now in stories
        for n, mark in enumerate(now)
        if mark == "m"
    ]

    assert found.closed + found.open == sum(began)
    assert 0 <= found.at_once <= found.had_a_chance <= found.closed + found.open
    if found.median is not None:
        assert found.median >= 1
    if found.usual is not None:
        within = sum(runs for n, runs in found.after.items() if n <= found.usual)
        assert wilson(within, found.had_a_chance)[0] >= 0.5


# --- limits, moments, process


def test_follow_through_leaves_out_what_could_not_be_acted_on():
    found = FollowThrough(held=3, held_later=1, partly=1, not_held=1, outside=4)

    assert (found.k, found.n, found.is_enough, found.range) == (4, 6, True, None)
    assert FollowThrough(held=8, not_held=2).range == wilson(8, 10)
    assert FollowThrough(held=4, outside=9).is_enough is False


def test_easing_worked_by_hand():
    """8→5, 7→4, 9→7, 6→3, 7→6, 4→5, 6→4: the design's seven moments."""
    pairs = [(8, 5), (7, 4), (9, 7), (6, 3), (7, 6), (4, 5), (6, 4)]
    found = Easing(Counter(pairs))

    assert (found.n, found.eased, found.same, found.stronger) == (7, 6, 0, 1)
    assert found.median == 2  # of 3, 3, 2, 3, 1, -1, 2


def test_easing_needs_five_pairs():
    assert Easing({(8, 2): 4}).median is None
    assert Easing({(8, 2): 5}).median == 6
    assert Easing({(8, 2): 3, (5, 5): 2}).median == 6  # each as often as it came
    assert Easing().median is None


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 10), st.integers(0, 10)), st.integers(1, 4), max_size=12
)


@given(PAIRS)
def test_what_eased_stayed_and_grew_is_all_there_is(pairs):
    found, turned = (
        Easing(pairs),
        Easing({(after, before): n for (before, after), n in pairs.items()}),
    )

    assert found.eased + found.same + found.stronger == found.n
    assert (turned.eased, turned.stronger) == (found.stronger, found.eased)
    if found.median is not None:
        assert -10 <= found.median <= 10
        assert turned.median == -found.median


def test_process_counts_by_how_it_was_decided():
    found = Process({(True, "good"): 3, (True, "poor"): 1, (False, "good"): 1, (False, "mixed"): 1})

    assert (found.n, found.sound, found.is_enough) == (6, 4, True)
    assert Process({(True, "good"): 4}).is_enough is False


# --- days of felt trust


def test_the_middle_of_felt_trust_needs_three_days():
    assert arithmetic.middle_trust([5, 5]) is None
    assert arithmetic.middle_trust([1, 5, 4]) == 4
    assert arithmetic.middle_trust([1, 2, 4, 5]) == 3
