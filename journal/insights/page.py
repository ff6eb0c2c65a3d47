"""All measures of the page, in its order; the CSV file has the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from journal.insights import queries
from journal.insights.measures import (
    boundaries,
    decisions,
    lessons,
    plans,
    returns,
    self_compassion,
    self_trust,
    sureness,
    values,
)
from journal.insights.measures import promises as promise_measures
from journal.insights.periods import LENGTHS, Length, Period
from journal.insights.presentation import Fact, Measure
from journal.people.models import User

# Measures that wide screens show side by side.
GROUPS = (
    ("kept",),
    ("returns", "easing"),
    ("follow-through", "lessons"),
    ("sureness", "calibration"),
    ("process",),
    ("trust",),
    ("plans",),
    ("values",),
    ("rating",),
)


@dataclass(frozen=True)
class InsightsPage:
    period: Period
    measures: list[Measure]

    @property
    def lengths(self) -> tuple[Length, ...]:
        return LENGTHS

    @cached_property
    def with_data(self) -> list[Measure]:
        return [one for one in self.measures if not one.is_empty]

    @property
    def without_data(self) -> list[Measure]:
        """Measures without any record."""
        return [one for one in self.measures if one.is_empty]

    @property
    def groups(self) -> list[list[Measure]]:
        there = {one.slug: one for one in self.with_data}
        groups = ([there[slug] for slug in group if slug in there] for group in GROUPS)
        return [group for group in groups if group]

    @property
    def facts(self) -> list[tuple[Measure, Fact]]:
        return [(one, one.fact) for one in self.with_data if one.fact]

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the CSV file: the measure, the table, the row, the figure and its value."""
        for measure in self.measures:
            for table in measure.tables:
                for cells in table.cells():
                    yield measure.name, table.caption, *cells


def build_page(
    person: User, period: Period, found: queries.InsightsData | None = None
) -> InsightsPage:
    """One statement, however long the period; none if the caller passes `found`."""
    found = found or queries.ask(person, period)
    promises = found.promises
    kept = promise_measures.by_span(promises, period)
    return InsightsPage(
        period,
        [
            promise_measures.kept(promises, kept, period),
            returns.returns(promises, period),
            sureness.sureness(promises, found.sure, period),
            boundaries.held(found.held, found.held_before, found.in_force, period),
            self_compassion.easing(found.easing),
            lessons.applied(found.uses, period),
            decisions.confidence(found),
            decisions.process(found.process),
            self_trust.trust(found.trust, kept, period),
            plans.looked_back_on(found.plans),
            values.in_action(found.values, found.pictures, period),
            self_trust.pictures(found.pictures),
        ],
    )
