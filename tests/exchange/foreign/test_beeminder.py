"""Beeminder's datapoints."""

import json

import pytest

from tests.exchange.factories import packed
from tests.exchange.foreign.reading import answers, asked, left_out, read, sample

pytestmark = pytest.mark.django_db
KEPT = [
    ("2024-03-02", "kept", ""),
    ("2024-03-03", "kept", "3.5\nsecond\nthird"),
    ("2024-03-06", "kept", "late in UTC"),  # in Berlin
]


def test_the_points_of_one_goal(ada):
    row = read(ada, sample("beeminder.json"), "sample-goal.json")
    assert answers(ada) == {"sample-goal": KEPT}
    assert asked(row) == {"unsure": 1}
    assert left_out(row) == {"It has no date.": 2, "An answer that can’t be read.": 1}

    goal = {"slug": "sample", "title": "The goal", "goal_type": "hustler"}
    whole = {
        "username": "ada",
        "goals": [{**goal, "datapoints": json.loads(sample("beeminder.json"))}],
    }
    weight = {"slug": "weight", "goal_type": "fatloser", "datapoints": [{"daystamp": "20240302"}]}
    whole["goals"].append(weight)
    again = read(ada, json.dumps(whole).encode(), "all.json", count_unsure="missed")

    assert (again.preview["new"], again.preview["changed"]) == (1, 0)  # the same goal
    assert ("2024-03-04", "missed", "none") in answers(ada)["sample-goal"]
    assert left_out(again)["What it counts is neither a yes nor a no."] == 1


def test_tables_of_several_goals(ada):
    files = {
        "goals/one.csv": "daystamp,value,comment\n20240302,1,\n20240303,1,why\n",
        "goals/two.csv": "timestamp,value,comment\n1709679600,1,\n2024-03-04T20:00:00,2,\n",
    }
    read(ada, packed(files))
    assert answers(ada) == {
        "one": [("2024-03-02", "kept", ""), ("2024-03-03", "kept", "why")],
        "two": [("2024-03-04", "kept", "2"), ("2024-03-06", "kept", "")],
    }
