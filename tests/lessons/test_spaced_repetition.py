"""When a lesson comes back, whatever is answered, and at most one a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.lessons import spaced_repetition
from journal.lessons.spaced_repetition import CAME_UP, FORGOT, USEFUL, Place, after, first_place

DAY = date(2026, 11, 19)
BOXES = st.integers(0, 4)
ANSWERS = st.sampled_from([USEFUL, FORGOT, CAME_UP])
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_five_times_useful_takes_3_7_21_60_and_120_days_and_then_it_rests():
    place, waits, day = first_place(DAY), [], DAY
    while place.next_due:
        waits.append((place.next_due - day).days)
        day = place.next_due
        place = after(place.box, USEFUL, day)

    assert waits == [3, 7, 21, 60, 120]
    assert place == Place(4, None)


@given(BOXES, DAYS)
def test_forgot_is_as_new(box, day):
    assert after(box, FORGOT, day) == Place(0, day + timedelta(days=3)) == first_place(day)


@given(BOXES, DAYS)
def test_it_came_up_waits_as_long_again(box, day):
    assert after(box, CAME_UP, day) == spaced_repetition.waiting_in(box, day)


@given(st.integers(0, 3), DAYS)
def test_useful_waits_longer_than_before(box, day):
    before, now = spaced_repetition.waiting_in(box, day), after(box, USEFUL, day)
    assert now.box == box + 1
    assert before.next_due < now.next_due


@given(st.lists(st.tuples(ANSWERS, st.integers(0, 40)), max_size=40))
def test_whatever_is_answered_it_is_in_a_box_and_comes_back_later_until_it_rests(answers):
    place, useful = first_place(DAY), 0
    for answer, late in answers:
        if place.next_due is None:
            break
        day = place.next_due + timedelta(days=late)
        place = after(place.box, answer, day)
        useful = {USEFUL: useful + 1, FORGOT: 0, CAME_UP: useful}[answer]
        assert 0 <= place.box <= 4
        if place.next_due is None:
            assert useful == 5
        else:
            assert useful == place.box
            assert 3 <= (place.next_due - day).days <= 120


def test_another_word_is_no_answer():
    with pytest.raises(ValueError, match="clear is no answer"):
        after(0, "clear", DAY)
