"""Fatebook's CSV and JSON."""

import json
from datetime import date

import pytest
from django.utils import timezone

from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.foreign.reading import (
    asked,
    forecasts,
    left_out,
    notes,
    previewed,
    read,
    sample,
)

pytestmark = pytest.mark.django_db
FIRST = "Only the first chance of a forecast counts. Later ones stay in your file."
NOTES = "A forecast has no notes or tags here. They stay in your file."
FAR = "A day more than five years away was moved closer."
CERTAIN = "Nothing is quite certain here: 0% becomes 1%, and 100% becomes 99%."
ROUNDED = "A chance with decimals was rounded."


def day(month: int, day: int) -> date:
    return date(2026, month, day)


def far() -> date:
    return date(timezone.now().year + 4, 12, 1)


def test_an_export(ada):
    row = read(ada, sample("fatebook.csv"), "forecasts.csv")
    assert forecasts(ada) == [
        ("Will the sample rain?", 29, day(3, 8), day(3, 9), "yes", day(3, 9)),  # in Berlin
        ("Which sample?: The first", 50, day(3, 7), day(4, 9), "unclear", day(4, 9)),
        ("Which sample?: The second", 13, day(3, 7), day(4, 9), "no", day(4, 9)),
        ("Is the sample certain?", 99, day(3, 7), far(), "", None),
    ]
    assert notes(row) == {FIRST: 1, NOTES: 1, FAR: 1, CERTAIN: 1, ROUNDED: 1}
    assert left_out(row) == {"It’s a forecast of somebody else: Eve.": 1}
    assert asked(row) == {"who Ada": 5, "who Eve": 1}
    again = read(ada, sample("fatebook.csv"), "forecasts.csv")
    assert (again.preview["new"], again.preview["changed"]) == (0, 0)


def test_whose_they_are_is_asked(ada):
    row = previewed(ada, sample("fatebook.csv"), who="Eve")
    assert (row.preview["new"], row.preview["kinds"][0]["skipped"]) == (1, 5)
    read(ada, sample("fatebook.csv"), who="Eve")
    assert [one[:2] for one in forecasts(ada)] == [("Which sample?: The second", 90)]


def question(pk: str, **more) -> dict:
    said = {"forecast": "0.7", "createdAt": "2026-03-07T19:15:00.000Z", "user": {"name": "Ada"}}
    return {
        **{"id": pk, "title": f"Sample {pk}", "resolveBy": "2026-05-01T00:00:00.000Z"},
        **{"resolution": None, "createdAt": "2026-03-07T19:15:00.000Z", "forecasts": [said]},
        **more,
    }


def test_a_later_answer_of_the_api_resolves_what_nobody_answered_here(ada):
    before = json.dumps({"items": [question("a"), question("b"), question("c")]})
    read(ada, before.encode(), "fatebook.json")
    assert {one[4] for one in forecasts(ada)} == {""}
    with acting_as(ada):
        answered = next(one for one in ada.forecasts.all() if one.question == "Sample b")
    signed_in(ada).post(f"/decisions/forecasts/{answered.pk}/answer/", {"result": "no"})
    over = {"resolution": "YES", "resolvedAt": "2026-04-02T22:30:00.000Z"}
    changed = question("c", title="Sample c in other words")
    after = json.dumps([question("a", **over), question("b", **over), changed])

    row = read(ada, after.encode(), "fatebook.json")

    assert (row.preview["new"], row.preview["changed"]) == (0, 1)
    results = {one[0]: one[4:] for one in forecasts(ada)}
    assert results["Sample a"] == ("yes", day(4, 3))
    assert (results["Sample b"][0], results["Sample c"]) == ("no", ("", None))
    signed_in(ada).post(f"{row.get_absolute_url()}undo/")
    assert {one[0]: one[4] for one in forecasts(ada)}["Sample a"] == ""


def test_odd_items_cost_themselves_only(ada):
    said = {"createdAt": "2026-03-07T19:15:00Z", "user": 4}
    items = [
        *(7, question("a"), question("b", forecasts=[]), question("c", title=None)),
        question("d", forecasts=[{**said, "forecast": "NaN"}, {**said, "forecast": 1.5}, []]),
        question("e", forecasts=[{**said, "forecast": True}], createdAt=5),
        question("f", resolution="PERHAPS", resolveBy="soon"),
        question("g", title="x" * 300, resolveBy="9999-12-31T23:59:59Z"),
        question("h", title="\ud800 and \0"),
    ]
    row = read(ada, json.dumps({"items": items}).encode(), who="Ada")
    assert [(one[0][:8], one[3]) for one in forecasts(ada)] == [
        ("Sample f", day(4, 6)),
        ("Sample a", day(5, 1)),
        ("xxxxxxxx", far()),
    ]
    assert sum(left_out(row).values()) == 7
