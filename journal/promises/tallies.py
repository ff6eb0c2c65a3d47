"""The tally of a promise's record: counts, and a rough range if the sample is large enough.

Pure arithmetic. `answers` maps a day to the person's answer. A due day without an answer is open
for three days and unrecorded after that, never missed. Excused and unrecorded days are counted
separately, not against the person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from journal.promises.occurrences import Plan, Week, days, due_days, ending_weeks, week_of, weeks

ANSWERS = KEPT, SMALL, MISSED, EXCUSED = "kept", "kept_small", "missed", "excused"
OPEN, UNRECORDED, AHEAD = "open", "unrecorded", "ahead"
OPEN_DAYS = 3
WINDOW_DAYS = 28
ENOUGH, ENOUGH_RECORDED = 10, 0.7
Z = 1.96
MISSES, OUT_OF = 3, 5


@dataclass(frozen=True)
class Tally:
    full: int = 0
    small: int = 0
    missed: int = 0
    excused: int = 0
    unrecorded: int = 0
    open: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.full + other.full,
            self.small + other.small,
            self.missed + other.missed,
            self.excused + other.excused,
            self.unrecorded + other.unrecorded,
            self.open + other.open,
        )

    @property
    def kept(self) -> int:
        return self.full + self.small

    @property
    def n(self) -> int:
        return self.kept + self.missed

    @property
    def due(self) -> int:
        """Everything that was due, whatever its answer."""
        return self.n + self.excused + self.unrecorded + self.open

    @property
    def range(self) -> tuple[int, int] | None:
        """The rough range in whole per cent; None below the minimum sample."""
        if self.n < ENOUGH or self.n < ENOUGH_RECORDED * (self.n + self.unrecorded):
            return None
        low, high = wilson(self.kept, self.n)
        return round(100 * low), round(100 * high)


def wilson(k: float, n: float) -> tuple[float, float]:
    """The 95% interval for k of n. E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212."""
    p, z2 = k / n, Z * Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def status_of(day: date, answers: Mapping[date, str], today: date) -> str:
    """The status of a due day: its answer, or else open or unrecorded."""
    if day in answers:
        return answers[day]
    return OPEN if day + timedelta(days=OPEN_DAYS) >= today else UNRECORDED


def tally_days(
    plan: Plan, answers: Mapping[date, str], first: date, last: date, today: date
) -> Tally:
    """Counts the days due from `first` to `last`; days after today do not count."""
    counts = dict.fromkeys((KEPT, SMALL, MISSED, EXCUSED, UNRECORDED, OPEN), 0)
    for day in due_days(plan, first, min(last, today)):
        counts[status_of(day, answers, today)] += 1
    return Tally(*counts.values())


def tally_week(week: Week, answers: Mapping[date, str], today: date, *, confirmed: bool) -> Tally:
    """Due units = target - excused; kept is capped at the target. A shortfall counts as
    missed only once the person has confirmed the week. Before that it is open, and
    unrecorded three days later."""
    given = [answers[day] for day in week.days if day in answers]
    counts = (given.count(KEPT), given.count(SMALL), given.count(EXCUSED))
    return tally_counts(
        week.target, *counts, confirmed=confirmed, is_over=week_is_over(week.ends_on, today)
    )


def week_is_over(ends_on: date, today: date) -> bool:
    return ends_on + timedelta(days=OPEN_DAYS) < today


def tally_counts(
    target: int, kept: int, small: int, excused: int, *, confirmed: bool, is_over: bool
) -> Tally:
    """Same as `tally_week`, from the numbers of days kept, kept small and excused."""
    excused, full = min(excused, target), min(kept, target)
    small = min(small, target - full)
    shortfall = max(0, target - excused - full - small)
    if confirmed:
        return Tally(full, small, missed=shortfall, excused=excused)
    if is_over:
        return Tally(full, small, excused=excused, unrecorded=shortfall)
    return Tally(full, small, excused=excused, open=shortfall)


def tally(
    plan: Plan, answers: Mapping[date, str], confirmed: Iterable[date], today: date, first: date
) -> Tally:
    """Counts everything due from `first` to today: single days, and weeks that
    begin in that period."""
    total = tally_days(plan, answers, first, today, today)
    known = set(confirmed)
    for week in weeks(plan, first, today):
        total += tally_week(week, answers, today, confirmed=week.starts_on in known)
    return total


def tally_span(
    plan: Plan,
    answers: Mapping[date, str],
    confirmed: Iterable[date],
    today: date,
    first: date,
    last: date,
) -> Tally:
    """Counts what was due from `first` to `last`: single days, and weeks
    that end in that period."""
    total = tally_days(plan, answers, first, last, today)
    known = set(confirmed)
    for week in ending_weeks(plan, first, last):
        total += tally_week(week, answers, today, confirmed=week.starts_on in known)
    return total


def outcomes(
    plan: Plan, answers: Mapping[date, str], confirmed: Iterable[date], today: date, first: date
) -> list[str]:
    """Each due unit in order of time, as kept, kept_small, missed or unrecorded.

    A week that is due by the week counts when it ends: kept units first, then the others. Excused
    and open units are left out.
    """
    known, results = set(confirmed), []
    for day in days(first, today):
        results += [status_of(one, answers, today) for one in due_days(plan, day, day)]
        week = week_of(plan, day)
        if week and week.ends_on == day:
            amount = tally_week(week, answers, today, confirmed=week.starts_on in known)
            results += [KEPT] * amount.full + [SMALL] * amount.small + [MISSED] * amount.missed
    return [one for one in results if one not in (EXCUSED, OPEN)]


def offers_renegotiation(results: list[str]) -> bool:
    """Whether three of the last five due were missed."""
    return results[-OUT_OF:].count(MISSED) >= MISSES
