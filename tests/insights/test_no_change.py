"""People in whom nothing changed from one quarter to the next: the page claims no growth."""

import random
import re
from dataclasses import fields
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from journal.insights import grown, queries
from journal.insights.measures import arithmetic, promises
from journal.insights.periods import LENGTHS, Period
from journal.insights.presentation import Measure
from journal.insights.quarters import Quarter
from journal.insights.value_queries import Values
from journal.promises.day_codes import RecordedDays
from journal.promises.occurrences import DAY, Plan, Terms
from journal.promises.tallies import wilson
from journal.reflections.rating.history import History

QUARTER = Quarter.named("2026-3", date(2026, 10, 8))
CLAIMS = re.compile(r"\bmore\b|\bgrew|\bgrown\b|\bhigher\b|\bup since\b", re.IGNORECASE)


def chance_of_week(rng: random.Random, share: float, r: float) -> float:
    """The chance of a week's days, which are correlated by r."""
    return rng.betavariate(share * (1 / r - 1), (1 - share) * (1 / r - 1)) if r else share


def weeks(rng: random.Random, n: int, share: float, r: float) -> list[tuple[int, int]]:
    chances = [chance_of_week(rng, share, r) for _n in range(n)]
    return [(sum(rng.random() < chance for _day in range(21)), 21) for chance in chances]


def likely(weeks: list[tuple[int, int]], effect: float) -> arithmetic.Range:
    kept, total = (sum(column) for column in zip(*weeks, strict=True))
    return wilson(kept / effect, total / effect)


@pytest.mark.parametrize(("length", "most"), [(4, 25), (12, 15), (13, 15)])
def test_of_a_thousand_hardly_anyone_is_told_of_more(length, most):
    rng = random.Random(11)
    for r in (0, 0.1, 0.2):
        told = 0
        for _person in range(1000):
            share = rng.uniform(0.3, 0.9)
            before, now = (weeks(rng, length, share, r) for _n in "bn")
            effect = arithmetic.design_effect(before, now)
            ends = likely(now, effect), likely(before, effect)
            told += arithmetic.compare_ranges(*ends) == "more"
        assert told <= most


def test_a_week_is_worth_as_much_as_its_days_differ():
    """Thirteen weeks that go all well or all badly are worth twelve observations, not 91."""
    alike = [(7, 7)] * 7 + [(0, 7)] * 6
    effect = arithmetic.design_effect
    assert effect(alike) == pytest.approx(91 / 12)
    assert effect([(4, 7), (3, 7)] * 6 + [(4, 7)]) == 1
    assert effect([(7, 7)] * 13) == effect([(0, 7)] * 13) == 1
    # two periods, each of which goes its own way: what differs between them is no leaning
    assert effect([(7, 7)] * 4, [(0, 7)] * 4) == 1
    assert effect([(7, 7), (0, 7)] * 2, [(7, 7), (0, 7)] * 2) == pytest.approx(7 * 8 / 6)
    assert effect([(7, 7)] * 5 + [(0, 0)] * 8) is effect([(7, 7)] * 5, []) is effect() is None


def test_two_bad_weeks_are_not_fourteen_bad_days():
    period = Period(LENGTHS[0], date(2026, 10, 8))
    plan = Plan(period.first_read, (Terms(effective_on=period.first_read, cadence="daily"),))

    def kept(weeks: str) -> Measure:
        before = (period.earlier.first - period.first_read).days
        letters = "." * before + "".join(letter * 7 for letter in weeks)
        one: Any = RecordedDays(plan, period.first_read, period.today, letters)
        found = [(SimpleNamespace(statement="Walk"), one)]
        return promises.kept(found, promises.by_span(found, period), period)

    assert kept("kkkkkkmm").heading == "About as many kept as in the 28 days before"
    assert kept("kkkkmmmm").heading == "Fewer kept than usual"
    assert kept("mmmmkkkk").heading == "More kept than in the 28 days before"
    # too few weeks to see how much they lean
    assert kept("....kkkk").heading == "28 of 28 kept"
    same = kept("kkkkkkmm")  # the text and the table give the same range
    assert "Likely between 13% and 87%" in same.said[0]
    assert str(same.tables[0].lines[-1][3]) == "13–87%"


def found_of(rng: random.Random, share: float, later: float) -> queries.InsightsData:
    """Two quarters of three promises and of a limit; `later` is the chance in the second one."""
    first, today = QUARTER.earlier.first, QUARTER.today
    days = [first + n * DAY for n in range((QUARTER.last - first).days + 1)]
    chances = [later if day >= QUARTER.first else share for day in days]
    rest = "." * (today - QUARTER.last).days
    plan = Plan(first, (Terms(effective_on=first, cadence="daily"),))
    promises: list[Any] = []
    for n in range(3):
        letters = "".join("k" if rng.random() < chance else "m" for chance in chances)
        row = SimpleNamespace(pk=n, statement="Walk", value_id=None)
        promises.append((row, RecordedDays(plan, first, today, letters + rest)))
    held = [sum(rng.random() < chance for _n in range(30)) for chance in (share, later)]
    before, now = (arithmetic.FollowThrough(held=k, not_held=30 - k) for k in held)
    moments = [(rng.randint(2, 9), rng.randint(2, 9)) for _n in range(20)]
    sound = sum(rng.random() < share for _n in range(12))
    known: dict[str, Any] = {
        **{"promises": promises, "sure": {}, "in_force": {}},
        "held": now,
        "held_before": before,
        "easing": arithmetic.Easing({pair: moments.count(pair) for pair in moments}),
        "process": arithmetic.Process({(True, "good"): sound, (False, "good"): 12 - sound}),
        "predictions": [(sure, rng.random() < sure / 100) for sure in [60, 70, 80, 90] * 8],
        "unclear": 0,
        "uses": {"helped": 3},
        "trust": [(day, rng.randint(1, 5)) for day in days if day >= QUARTER.first],
        "pictures": History([]),
        "plans": arithmetic.Plans(),
        "values": Values([], [], 0),
    }
    names = [one.name for one in fields(queries.InsightsData)]  # a new measure has none of it
    return queries.InsightsData(**{name: known.get(name, []) for name in names})


def claims(found: queries.InsightsData) -> list[str]:
    sections = grown.build_sections(found, QUARTER, History([]), {}, {})
    assert sum(len(one.evidence) for one in sections) == 8
    said = [
        text for one in sections for m in one.evidence for text in (m.heading, m.words, *m.said)
    ]
    return [text for text in said if CLAIMS.search(text)]


def test_the_page_claims_nothing_where_nothing_changed_and_says_so_where_it_did():
    rng = random.Random(5)
    for share in (0.4, 0.6, 0.8) * 7:
        assert claims(found_of(rng, share, share)) == []
    told = claims(found_of(rng, 0.3, 0.9))
    assert [text for text in told if "quarter" in text] == [
        "Held more often than in the quarter before",
        "More kept than in the quarter before",
    ]
    assert len(told) == 4  # and the same in words
