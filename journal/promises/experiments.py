"""What an experiment has come to: its weeks, the counts of each way, and what is said of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from journal.guide.todo_items import TodoItem, TodoSource
from journal.people import clock
from journal.people.models import User
from journal.promises.history import PromiseHistory, with_history
from journal.promises.models import LENGTHS, Experiment, Promise
from journal.promises.randomisation import FEWEST_WEEKS, A, B, differ, difference_range
from journal.promises.schedule_fields import Cadence
from journal.promises.tallies import ENOUGH_RECORDED, Tally, tally_span

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


def can_compare(record: PromiseHistory) -> bool:
    """Whether a promise goes on from week to week."""
    promise = record.promise
    is_active = promise.state == Promise.State.ACTIVE and not record.is_over
    return is_active and promise.cadence != Cadence.ONCE


def is_comparing(record: PromiseHistory) -> bool:
    """Whether a change of the promise would stop an experiment."""
    return any(not one.is_over(record.today) for one in record.promise.experiments.open())


def plan_context(record: PromiseHistory, rows: list[Experiment]) -> dict[str, Any]:
    """The experiments of a promise, for its page, and the way that was chosen last."""
    has_open = any(one.ended_on is None for one in rows)
    return {
        "experiments": rows,
        "can_compare": can_compare(record) and not has_open,
        "chosen_way": next((one.chosen_way for one in rows if one.chosen_way), ""),
    }


@dataclass(frozen=True)
class WeekRow:
    number: int
    starts_on: date
    letter: str
    way: str
    tally: Tally


@dataclass
class ExperimentResult:
    """`record` holds all answers since the experiment began."""

    experiment: Experiment
    record: PromiseHistory

    @property
    def today(self) -> date:
        return self.record.today

    # --- where it stands

    @property
    def is_stopped(self) -> bool:
        return bool(self.experiment.stop_reason)

    @property
    def is_running(self) -> bool:
        """From the day on which it was set up to the end of its last week."""
        return not self.is_stopped and not self.experiment.is_over(self.today)

    @property
    def is_settled(self) -> bool:
        """Whether the weeks are over, and no day of them can still be recorded or is past that."""
        return not self.is_stopped and not self.is_running and not self.open

    @property
    def asks_how_to_go_on(self) -> bool:
        return self.is_settled and self.experiment.ended_on is None

    @property
    def week_number(self) -> int:
        """Of today, or of the last day before it was stopped; 0 before the first week."""
        day = self.today
        if self.is_stopped and self.experiment.ended_on:
            day = self.experiment.ended_on - DAY
        return max(0, min((day - self.experiment.starts_on) // WEEK + 1, self.experiment.length))

    @property
    def plan(self) -> list[WeekRow]:
        """The weeks up to next week: what comes later was drawn, and waits."""
        return self.weeks[: self.week_number + 1]

    # --- what was kept

    @cached_property
    def weeks(self) -> list[WeekRow]:
        return list(self._weeks())

    def _weeks(self) -> Iterator[WeekRow]:
        one, record = self.experiment, self.record
        stopped_on = one.ended_on if self.is_stopped and one.ended_on else date.max
        for number, letter in enumerate(one.allocation):
            first = one.starts_on + number * WEEK
            last = min(first + WEEK - DAY, stopped_on - DAY)
            span = (record.today, first, last)
            amount = tally_span(record.plan, record.answers, record.confirmed, *span)
            yield WeekRow(number + 1, first, letter, one.way(letter), amount)

    @cached_property
    def first(self) -> Tally:
        return self._of(A)

    @cached_property
    def second(self) -> Tally:
        return self._of(B)

    def _of(self, letter: str) -> Tally:
        return sum((week.tally for week in self.weeks if week.letter == letter), start=Tally())

    @property
    def ways(self) -> list[tuple[str, Tally]]:
        return [(self.experiment.way_a, self.first), (self.experiment.way_b, self.second)]

    @property
    def open(self) -> int:
        return (self.first + self.second).open

    @property
    def unrecorded(self) -> int:
        return (self.first + self.second).unrecorded

    @property
    def is_enough(self) -> bool:
        """Three weeks of each way with something recorded, and seven in ten of what was due."""
        recorded = [week.letter for week in self.weeks if week.tally.n]
        return all(
            recorded.count(letter) >= FEWEST_WEEKS
            and amount.n >= ENOUGH_RECORDED * (amount.n + amount.unrecorded)
            for letter, amount in ((A, self.first), (B, self.second))
        )

    @cached_property
    def range(self) -> tuple[float, float] | None:
        """Of the share kept the first way minus that of the second."""
        if not self.is_settled or not self.is_enough:
            return None
        counts = [(week.tally.kept, week.tally.n) for week in self.weeks]
        return difference_range(counts, self.experiment.allocation)

    @property
    def better(self) -> str:
        """The letter of the way that was kept more often, as far as chance hardly explains it."""
        if self.range is None or not differ(self.range):
            return ""
        return A if self.range[0] > 0 else B

    @property
    def better_way(self) -> str:
        return self.experiment.way(self.better)

    @property
    def more(self) -> tuple[int, int]:
        """The range of a difference, as more times out of 100."""
        low, high = sorted(abs(end) for end in self.range or (0, 0))
        return max(1, round(100 * low)), round(100 * high)

    @property
    def could_be(self) -> tuple[int, int]:
        """Without a difference: how many fewer, and how many more, with the first way."""
        low, high = self.range or (0, 0)
        return ceil(round(-100 * low, 6)), ceil(round(100 * high, 6))


def read_result(person: User, pk: UUID, experiment: Experiment) -> ExperimentResult | None:
    """None where the promise is in the bin."""
    rows = with_history(person.promises.finished().filter(pk=pk), experiment.starts_on)
    today, promise = clock.today(person), rows.first()
    if promise is None:
        return None
    joined_on = clock.joined_on(person)
    record = PromiseHistory(promise, today, experiment.starts_on, joined_on)
    return ExperimentResult(experiment, record)


def maybe_over(person: User, day: date) -> QuerySet[Experiment]:
    """Open experiments whose weeks may be over."""
    begun = day - timedelta(weeks=LENGTHS[0])
    rows = person.experiments.open().filter(starts_on__lte=begun, promise__deleted_at=None)
    return rows.order_by("id")


def over_items(experiment: Experiment, day: date) -> list[TodoItem]:
    if not experiment.is_over(day):
        return []
    title, text = _("Two ways compared"), _("The weeks are over. See what came of it")
    on = experiment.last_day
    return [TodoItem(title, text, experiment.get_absolute_url(), own=False, on=on)]


over = TodoSource("prom", maybe_over, over_items)
