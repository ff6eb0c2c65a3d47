"""Everything on the page, in its order; the file holds the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from journal.insights import (
    of_boundaries,
    of_decisions,
    of_lessons,
    of_moments,
    of_oneself,
    of_promises,
    queries,
)
from journal.insights.shown import Fact, Measure
from journal.insights.windows import LENGTHS, Length, Window
from journal.lessons.queries import LOOKING_BACK, helped_since
from journal.people.models import User
from journal.reflections.rating import history

# What stands side by side where there is room for two.
GROUPS = (
    ("kept",),
    ("returns", "easing"),
    ("follow-through", "lessons"),
    ("calibration", "process"),
    ("trust",),
    ("rating",),
)


@dataclass(frozen=True)
class Page:
    window: Window
    measures: list[Measure]

    @property
    def lengths(self) -> tuple[Length, ...]:
        return LENGTHS

    @cached_property
    def told(self) -> list[Measure]:
        return [one for one in self.measures if not one.is_empty]

    @property
    def untold(self) -> list[Measure]:
        """What nothing was recorded for."""
        return [one for one in self.measures if one.is_empty]

    @property
    def groups(self) -> list[list[Measure]]:
        there = {one.slug: one for one in self.told}
        groups = ([there[slug] for slug in group if slug in there] for group in GROUPS)
        return [group for group in groups if group]

    @property
    def facts(self) -> list[tuple[Measure, Fact]]:
        return [(one, one.fact) for one in self.told if one.fact]

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """For the file: the measure, the table, the row, the figure and its value."""
        for measure in self.measures:
            for table in measure.tables:
                for row in table.rows:
                    for cell in row.cells:
                        if cell.value is not None:
                            yield measure.name, table.caption, row.head, cell.label, cell.value


def of(person: User, window: Window) -> Page:
    """Nine statements, however long the time and however much was told."""
    promises = queries.promises(person, window)
    now, before = queries.follow_through(person, window)
    reviews = queries.reviews(person, window)
    uses = helped_since(person, window.today - LOOKING_BACK)
    return Page(
        window,
        [
            of_promises.kept(promises, window),
            of_promises.returns(promises, window),
            of_boundaries.held(now, before, queries.boundaries(person), window),
            of_moments.easing(queries.easing(person, window)),
            of_lessons.applied(uses),
            of_decisions.calibration(reviews),
            of_decisions.process(reviews.process),
            of_oneself.trust(queries.trust(person, window), promises, window),
            of_oneself.pictures(history.of(person)),
        ],
    )
