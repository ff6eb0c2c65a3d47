"""When items in a week are reason to offer another view: worked out by hand, number by number."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.reflections.rumination.detection import Answer, Item, keeps_returning

DAY = date(2026, 11, 19)


def items(*recorded: tuple[int, ...]) -> list[Item]:
    """Days ago, before, and after where it was asked."""
    return [Item(DAY - timedelta(days=ago), *ratings) for ago, *ratings in recorded]


@pytest.mark.parametrize(
    ("recorded", "count"),
    [
        ([], 0),
        ([(2, 5), (1, 5)], 0),  # two are not three
        ([(2, 5), (1, 5), (0, 5)], 3),  # the same is not lighter
        ([(2, 5), (1, 6), (0, 8)], 3),
        ([(2, 0), (1, 0), (0, 0)], 3),  # nothing to ease from, and nothing eased
        ([(2, 5), (1, 6), (0, 5)], 0),  # the last one is lighter
        ([(2, 5), (1, 4), (0, 9)], 0),  # one in between was
        ([(0, 5), (0, 5), (0, 5)], 3),  # all on one day
        ([(3, 5), (2, 5), (1, 5), (0, 5)], 4),
        ([(6, 5), (1, 5), (0, 5)], 3),  # the seventh day, today included
        ([(7, 5), (1, 5), (0, 5)], 0),  # the eighth
        ([(7, 9), (2, 5), (1, 5), (0, 5)], 3),  # what is past is not compared with
        ([(2, 5), (1, 5), (-1, 5)], 0),  # tomorrow does not count
        ([(6, 5), (5, 5), (4, 5)], 3),  # nothing today, and still within seven days
        ([(2, 7, 7), (1, 7, 8), (0, 7, 7)], 3),  # none ended lower than it began
        ([(2, 7, 7), (1, 7, 6), (0, 7, 7)], 0),  # one did
        ([(2, 7, 9), (1, 7, 9), (0, 7, 9)], 3),  # between two it may settle
        ([(2, 7, 7), (1, 6, 6), (0, 6, 6)], 0),  # it began lower than the one before
        ([(2, 6), (1, 7, 7), (0, 7, 8)], 3),  # a mistake and two moments
        ([(2, 6, 1), (1, 7, 7), (0, 7, 8)], 0),  # the mistake was put at rest, lighter
    ],
)
def test_three_in_seven_days_of_which_none_eased(recorded, count):
    assert keeps_returning(items(*recorded), DAY) == count


@pytest.mark.parametrize(
    ("ago", "fresh"), [(0, True), (6, True), (7, False)], ids=["today", "six days", "a week"]
)
def test_for_seven_days_an_answer_is_fresh(ago, fresh):
    assert Answer(DAY - timedelta(days=ago)).is_fresh(DAY) is fresh


@pytest.mark.parametrize(
    ("back_in", "lies", "rests", "back"),
    [
        (None, False, False, False),  # nothing was set aside
        (14, False, True, False),
        (1, False, True, False),
        (0, False, True, True),
        (-2, False, True, True),
        (-3, False, False, False),  # three days are over
        (0, True, False, False),  # left to lie
    ],
)
def test_what_is_set_aside_rests_and_is_back_for_three_days(back_in, lies, rests, back):
    until = None if back_in is None else DAY + timedelta(days=back_in)
    answer = Answer(DAY - timedelta(days=14), until, DAY if lies else None)

    assert (answer.rests(DAY), answer.is_back(DAY)) == (rests, back)


ratings = st.integers(min_value=0, max_value=10)


@given(st.lists(ratings, min_size=3, max_size=12))
def test_of_one_rating_each_it_is_those_that_never_fall(numbers):
    recorded = items(*((0, number) for number in numbers))

    assert bool(keeps_returning(recorded, DAY)) == (numbers == sorted(numbers))


@given(st.lists(st.tuples(st.integers(-3, 20), ratings, ratings), max_size=10))
def test_what_lies_outside_the_seven_days_changes_nothing(recorded):
    inside = [one for one in recorded if 0 <= one[0] <= 6]

    assert keeps_returning(items(*recorded), DAY) == keeps_returning(items(*inside), DAY)
