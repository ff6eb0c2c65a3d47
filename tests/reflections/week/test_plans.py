"""What became of a weekly plan: the answer one week later."""

from datetime import date, timedelta

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.reflections.week import plans
from journal.reflections.week.promise_changes import Change, Changes
from tests.promises.factories import make_promise
from tests.query_counts import statements_of
from tests.reflections.week.factories import make_reflection

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
MONDAY = date(2026, 10, 5)
WEEK = timedelta(days=7)
PLAN = {"easier": "Shoes by the door", "next_choice": "keep"}


@pytest.fixture(autouse=True)
def sunday_evening():
    with time_machine.travel("2026-11-22T19:00:00+01:00", tick=False):
        yield


def outcomes(person) -> dict[str, int]:
    with acting_as(person):
        return dict(plans.outcomes(list(plans.reflections(person, TODAY)), TODAY))


def test_the_answer_a_week_later_is_the_outcome(ada, eve):
    for number, answer in enumerate(("", "yes", "bit", "no", "forgot")):
        make_reflection(ada, MONDAY + number * WEEK, plan_helped=answer, **PLAN)
    make_reflection(eve, MONDAY, **PLAN)

    # The last one, of 2 November, could be answered until 21 November.
    assert outcomes(ada) == {"yes": 1, "bit": 1, "no": 1, "forgot": 1, plans.NOT_SAID: 1}
    assert outcomes(eve) == {plans.NOT_SAID: 1}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([], plans.NOT_SAID),
        ([(7, {"plan_helped": "yes"})], "yes"),  # begun, and left
        ([(7, {"next_choice": "keep"}), (13, {"plan_helped": "yes"})], plans.NOT_SAID),
        ([(7, {}), (13, {"plan_helped": "bit"})], "bit"),  # another first day of the week since
        ([(14, {"plan_helped": "yes"})], plans.NOT_SAID),  # of a week that had no such plan
    ],
)
def test_which_reflection_answers(ada, later, expected):
    make_reflection(ada, MONDAY, **PLAN)
    for days, given in later:
        make_reflection(ada, MONDAY + timedelta(days=days), **given)
    assert outcomes(ada) == {expected: 1}


def test_a_plan_is_open_for_as_long_as_the_next_reflection_is(ada):
    for start, expected in ((date(2026, 11, 9), plans.OPEN), (date(2026, 11, 2), plans.NOT_SAID)):
        row = make_reflection(ada, start, **PLAN)
        assert outcomes(ada) == {expected: 1}
        with acting_as(ada):
            row.delete()


def test_a_promise_made_smaller_or_moved_is_a_plan_and_one_kept_is_none(ada):
    pk = str(make_promise(ada).pk)
    for number, (change, is_plan) in enumerate(
        [
            ({"next_choice": "promise", "next_statement": "Read a page"}, True),
            ({"next_choice": "keep", "changes": [Change(pk, "smaller", "Two pages")]}, True),
            ({"next_choice": "keep", "changes": [Change(pk, "move", "the tea")]}, True),
            ({"next_choice": "keep", "changes": [Change(pk, "keep")]}, False),
            ({"next_choice": "keep", "changes": [Change(pk, "pause")]}, False),
            ({"next_choice": "rest"}, False),
            ({"easier": "Not finished"}, False),
        ]
    ):
        change["changes"] = Changes(tuple(change.get("changes", ()))).text()
        row = make_reflection(ada, MONDAY + number * WEEK, **change)
        assert (number, outcomes(ada)) == (number, {plans.NOT_SAID: 1} if is_plan else {})
        with acting_as(ada):
            row.trash()
            assert outcomes(ada) == {}


def test_one_statement_for_all_measures_however_many_weeks(ada, ada_client):
    def asked() -> int:
        return len(statements_of(ada_client, "/insights/"))

    none = asked()
    for number in range(12):
        make_reflection(ada, MONDAY - number * WEEK, **PLAN)
    assert asked() == none
