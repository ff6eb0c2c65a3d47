"""What was recorded for each of a person's values: plain values for the measure.

A promise and a boundary name one value, a decision up to three. What names none is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from journal.boundaries.models import Crossing
from journal.decisions.models import Decision
from journal.insights.measures.arithmetic import ValueInAction
from journal.insights.periods import Period, Span
from journal.people import clock
from journal.people.models import User
from journal.people.values.models import Value
from journal.promises.day_codes import RecordedDays
from journal.promises.models import CheckIn, Promise
from journal.promises.occurrences import DAY, Plan, days

Result = Crossing.Result
HELD = (Result.HELD, Result.HELD_LATER)
TESTED = (*HELD, Result.PARTLY, Result.NOT_HELD)


@dataclass(frozen=True)
class Values:
    """The values and what was recorded for each, in the same order; `decisions` are those that name
    any value, since one can name three."""

    values: list[Value]
    actions: list[ValueInAction]
    decisions: int

    @property
    def in_action(self) -> list[Value]:
        return [value for value, one in zip(self.values, self.actions, strict=True) if one]

    @property
    def total(self) -> ValueInAction:
        return sum(self.actions, start=ValueInAction())

    @property
    def without_boundaries(self) -> "Values":
        """How often limits held, without how many there are."""
        return replace(self, actions=[replace(one, boundaries=0) for one in self.actions])


def _values(person: User, period: Period) -> QuerySet:
    """In the person's order, then those that rest."""
    return person.values.live().order_by("rank", "id")


def _decided(person: User, period: Period) -> QuerySet:
    """Each decision of the time with each of its values; without those that were dropped."""
    time = period.of_values
    rows = person.values_in_play.filter(
        value__isnull=False,
        decision__deleted_at=None,
        decision__finished_at__isnull=False,
        decision__decided_on__gte=time.first,
        decision__decided_on__lte=time.last,
    )
    rows = rows.exclude(decision__state=Decision.State.DROPPED)
    return rows.order_by().values("decision", "value")


def _limits(person: User, period: Period) -> QuerySet:
    """Boundaries that were not archived before the time, with how often each was tested in it."""
    time = period.of_values
    rows = person.boundaries.finished().filter(value__isnull=False)
    rows = rows.filter(Q(retired_on=None) | Q(retired_on__gte=time.first))
    there = Q(
        crossings__deleted_at=None,
        crossings__occurred_on__gte=time.first,
        crossings__occurred_on__lte=time.last,
    )
    return (
        rows.order_by()
        .values("pk", "value", "finished_at")
        .annotate(
            held=Count("crossings", filter=there & Q(crossings__result__in=HELD)),
            tested=Count("crossings", filter=there & Q(crossings__result__in=TESTED)),
        )
    )


def _days_off(person: User, period: Period) -> QuerySet:
    time = period.of_values
    rows = person.checkins.filter(
        excuse=CheckIn.Excuse.SPARE_DAY,
        promise__value__isnull=False,
        promise__deleted_at=None,
        due_on__gte=time.first,
        due_on__lte=time.last,
    )
    return rows.order_by().values("promise__value").annotate(n=Count("pk"))


BUILDERS = (_values, _decided, _limits, _days_off)


def read_values(
    person: User,
    answers: Sequence[list[Any]],
    promises: Iterable[tuple[Promise, RecordedDays]],
    period: Period,
) -> Values:
    """Counts by value what the builders found."""
    values, decided, limits, days_off = answers
    time = period.of_values
    by_value: dict[str, ValueInAction] = {}

    def add(value: Any, **counted: Any) -> None:
        by_value[str(value)] = by_value.get(str(value), ValueInAction()) + ValueInAction(**counted)

    for promise, record in promises:
        if promise.value_id and _is_in_force(record.plan, time):
            kept, paused = record.tally(time.first, time.last), _days_paused(record.plan, time)
            add(promise.value_id, promises=1, kept=kept, paused=paused)
    for row in decided:
        add(row["value"], decisions=1)
    for row in limits:
        made_on = clock.day_of(person, _instant(row["finished_at"]))
        if made_on <= time.last or row["tested"]:
            add(row["value"], boundaries=1, held=row["held"], tested=row["tested"])
    for row in days_off:
        add(row["promise__value"], days_off=row["n"])
    shown = [value for value in values if value.is_active or str(value.pk) in by_value]
    actions = [by_value.get(str(value.pk), ValueInAction()) for value in shown]
    return Values(shown, actions, len({str(row["decision"]) for row in decided}))


def _instant(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _is_in_force(plan: Plan, time: Span) -> bool:
    """Whether the promise was there on one of the days, paused or not."""
    return plan.starts_on <= time.last and _last_day(plan) >= time.first


def _days_paused(plan: Plan, time: Span) -> int:
    first, last = max(time.first, plan.starts_on), min(time.last, _last_day(plan))
    return sum(map(plan.is_paused_on, days(first, last))) if plan.pauses else 0


def _last_day(plan: Plan) -> date:
    stopped_on = plan.stopped_on and plan.stopped_on - DAY
    return min(day or date.max for day in (plan.ends_on, stopped_on))
