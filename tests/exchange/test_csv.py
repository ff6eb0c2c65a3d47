"""The tables of an export: every practice is in one, as a spreadsheet takes it."""

import csv
import io
from datetime import date, timedelta

import pytest

from journal.exchange.csv_files import BOM, CSV_FILES
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing
from tests.decisions.factories import make_decision, make_forecast, make_review
from tests.exchange.factories import exported, files_of
from tests.factories import make_entry
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_full_moment
from tests.reflections.mistakes_factories import make_full_mistake
from tests.reflections.rating_factories import make_rating
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 2)
WORD = "Quokka"


def tables(person, **fields) -> dict[str, list[dict[str, str]]]:
    """The rows of each file by its name."""
    files = {
        name.rpartition("/")[2].removesuffix(".csv"): content.decode()
        for name, content in files_of(exported(person, **fields)).items()
        if name.endswith(".csv")
    }
    assert all(content.startswith(BOM) for content in files.values())
    return {
        name: list(csv.DictReader(io.StringIO(content.removeprefix(BOM))))
        for name, content in files.items()
    }


def make_everything(person):
    promise = make_promise(person, f"={WORD}", starts_on=MONDAY, why=WORD)
    answer(promise, {MONDAY: "kept"}, note=WORD)
    make_crossing(make_boundary(person, WORD), f"{WORD} called")
    decision = make_decision(person, WORD, reasons=WORD, confidence=70)
    make_review(decision, outcome=WORD)
    make_forecast(person, WORD, chance=60)
    make_full_mistake(person, WORD)
    make_full_moment(person, WORD)
    make_rating(person, MONDAY)
    make_daily_check(person, MONDAY, credit=WORD)
    make_entry(person, WORD, title=WORD)
    return promise


def test_every_practice_is_in_a_table_with_its_words(ada):
    make_everything(ada)
    found = tables(ada)
    assert {name: len(rows) for name, rows in found.items()} == dict.fromkeys(CSV_FILES, 1)
    assert [name for name, rows in found.items() if WORD not in str(rows)] == ["check-ups"]
    (promise,) = found["promises"]
    assert (promise["promise"], promise["state"], promise["why"]) == (f"'={WORD}", "active", WORD)
    (decision,) = found["decisions"]
    assert (decision["decision"], decision["chosen_option_name"]) == (WORD, "Study")
    assert (decision["confidence"], decision["review_prediction_result"]) == ("70", "yes")
    assert found["forecasts"][0]["chance"] == "60"
    assert found["crossings"][0]["what_happened"] == f"{WORD} called"


def test_figures_only_say_the_same_without_a_word(ada):
    promise = make_everything(ada)
    found = tables(ada, format="figures")
    assert {name: len(rows) for name, rows in found.items()} == dict.fromkeys(CSV_FILES, 1)
    assert WORD not in str(found)
    assert found["promises"][0]["promise"] == str(promise.pk)
    assert found["check-ins"][0]["promise"] == str(promise.pk)
    assert found["decisions"][0]["review_outcome_quality"] == "good"


def test_a_week_that_fell_short_is_missed_as_often_as_it_did(ada):
    fields = {"cadence": "times_per_week", "times_per_week": 3, "starts_on": MONDAY}
    promise = make_promise(ada, "Swim", **fields)
    answer(promise, {MONDAY: "kept"})
    with acting_as(ada):
        promise.confirm_week(MONDAY)
    rows = [list(row.values())[:4] for row in tables(ada)["check-ins"]]
    assert rows == [
        ["2026-11-02", "Swim", "kept", "1"],
        [(MONDAY + timedelta(days=6)).isoformat(), "Swim", "missed", "2"],
    ]


def test_what_hangs_on_something_in_the_bin_is_in_no_table(ada):
    promise = make_promise(ada, "Swim", starts_on=MONDAY)
    answer(promise, {MONDAY: "kept"})
    boundary = make_boundary(ada)
    make_crossing(boundary)
    with acting_as(ada):
        promise.trash()
        boundary.trash()
    assert not any(tables(ada).values())
