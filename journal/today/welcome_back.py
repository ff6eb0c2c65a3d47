"""The return after a gap: one sentence of welcome, and a way to start again. Never a backlog."""

from dataclasses import dataclass
from datetime import date, timedelta

from journal.promises.history import PromiseHistory
from journal.promises.models import EDITABLE_DAYS, Promise
from journal.promises.queries import DueToday
from journal.reflections.daily.models import DailyCheck

AWAY_DAYS = 5  # days without an answer, while something was due
CHOICES = 3


@dataclass(frozen=True)
class Away:
    """The days of the gap that can still be excused, and promises to start again with."""

    from_on: date
    until_on: date
    again: list[DueToday]
    paused: list[Promise]


def after_a_gap(
    records: list[PromiseHistory], due: list[DueToday], checks: list[DailyCheck], today: date
) -> Away | None:
    """None if the person answered recently, or nothing was due during the gap."""
    recorded = [check.date for check in checks if check.is_answered]
    recorded += [on for record in records if (on := record.promise.last_answered_on)]
    starts = [record.promise.starts_on for record in records if record.promise.starts_on]
    if not starts:
        return None
    first = max([min(starts), *(day + timedelta(days=1) for day in recorded)])
    if (today - first).days < AWAY_DAYS:
        return None
    first = max(first, today - timedelta(days=EDITABLE_DAYS))
    gap = [first + timedelta(days=n) for n in range((today - first).days)]
    if not any(record.lacks_answer(day) for record in records for day in gap):
        return None
    paused = [record.promise for record in records if record.promise.state == Promise.State.PAUSED]
    return Away(gap[0], gap[-1], due[:CHOICES], paused[: CHOICES - len(due[:CHOICES])])
