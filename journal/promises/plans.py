"""The plain values that say when a promise is due, of a promise that was read with them."""

from datetime import date, timedelta
from typing import Any

from journal.promises.models import Promise
from journal.promises.occurrences import Plan, Terms


def plan_of(promise: Promise) -> Plan:
    """The plain values of a promise that was read `with_history`."""
    answered = {row["day"] for row in promise.answer_rows}
    ended_on = promise.ended_on
    return plan_from(promise, told_at_the_end=bool(ended_on and ended_on.isoformat() in answered))


def plan_from(promise: Promise, *, told_at_the_end: bool) -> Plan:
    """The same of a promise with its terms and pauses only: the day it was ended on is its own
    where it had its answer."""
    terms = [_terms(row) for row in promise.terms_rows]
    stopped_on = promise.ended_on
    if stopped_on and told_at_the_end:
        stopped_on += timedelta(days=1)
    pauses = [(date.fromisoformat(row["first"]), _day(row["back"])) for row in promise.pause_rows]
    return Plan(
        starts_on=promise.starts_on,  # type: ignore[arg-type]  # only a draft has none
        terms=tuple(terms),
        ends_on=promise.ends_on,
        stopped_on=stopped_on,
        pauses=tuple(pauses),
        week_starts_on=promise.week_starts_on,
    )


def _terms(row: dict[str, Any]) -> Terms:
    return Terms(
        effective_on=date.fromisoformat(row["effective_on"]),
        cadence=row["cadence"],
        weekdays=frozenset(row["weekdays"]),
        times_per_week=row["times_per_week"] or 0,
        due_on=_day(row["due_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
