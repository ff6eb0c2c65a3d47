"""PredictionBook's JSON, and a table of the same columns."""

import json
from datetime import date

import pytest

from tests.exchange.foreign.reading import forecasts, left_out, notes, previewed, read, sample

pytestmark = pytest.mark.django_db


def day(month: int, day: int) -> date:
    return date(2026, month, day)


def test_my_predictions(ada):
    row = read(ada, sample("predictionbook.json"), "predictions.json")
    assert forecasts(ada) == [
        ("[Samples] The sample ends well", 70, day(3, 7), day(3, 10), "yes", day(3, 11)),
        ("The sample goes on", 1, day(3, 7), day(12, 31), "", None),
    ]
    assert left_out(row) == {
        "It was withdrawn.": 1,
        "Somebody else’s answer to a prediction.": 1,
    }
    assert notes(row) == {
        "Only the first chance of a forecast counts. Later ones stay in your file.": 1,
        "A forecast has no notes or tags here. They stay in your file.": 1,
        "Nothing is quite certain here: 0% becomes 1%, and 100% becomes 99%.": 1,
    }
    again = json.loads(sample("predictionbook.json"))["predictions"]
    again[1]["outcome"] = False
    row = read(ada, json.dumps(again).encode(), "bare.json")
    assert (row.preview["new"], row.preview["changed"]) == (0, 1)
    assert forecasts(ada)[1][4] == "no"


def test_a_table(ada):
    rows = [
        "id,description,created_at,deadline,confidence,outcome",
        "1,Sample,2026-03-07 10:00:00,2026-03-09,35%,wrong",
        "1,Sample,2026-03-08 10:00:00,2026-03-09,60,wrong",
        "2,Sample two,2026-03-08T10:00:00Z,2026-03-09,60,perhaps",
        "3,No chance,2026-03-08T10:00:00Z,2026-03-09,,",
        "4,No date,,2026-03-09,4,",
        "5,Too much,2026-03-08T10:00:00Z,2026-03-09,101,",
    ]
    row = read(ada, "\n".join(rows).encode(), "predictions.csv")
    assert forecasts(ada) == [
        ("Sample", 35, day(3, 7), day(3, 9), "no", day(3, 9)),
        ("Sample two", 60, day(3, 8), day(3, 9), "", None),
    ]
    assert sorted(left_out(row).values()) == [1, 1, 1]


def test_odd_items_cost_themselves_only(ada):
    said = {"confidence": 40, "created_at": "2026-03-07T10:00:00Z"}
    one = {"id": 1, "description": "Sample", "deadline": None, "outcome": None, "responses": [said]}
    items = [
        *(one, 4, {**one, "id": 2, "responses": 7}, {**one, "id": 3, "responses": [[], said]}),
        {**one, "id": 4, "description": None},
        {**one, "id": 5, "responses": [{**said, "confidence": "much"}]},
        {**one, "id": [], "outcome": {}, "description": "Without an id"},
    ]
    row = read(ada, json.dumps(items).encode(), "x.json")
    assert [one[0] for one in forecasts(ada)] == ["Sample", "Sample", "Without an id"]
    assert sum(left_out(row).values()) == 4


def test_predictions_without_the_chances_of_anybody_are_refused_by_name(ada):
    one = {"id": 1, "description": "Sample", "deadline": "2026-03-09", "mean_confidence": 60}
    row = previewed(ada, json.dumps([one]).encode(), "predictions.json")
    assert "without your chances" in row.refusal
