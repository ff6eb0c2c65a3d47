"""A promise over a long time, encoded as one letter per day, so that years stay cheap to compute.

Pure arithmetic. The results equal those that occurrences.py and tallies.py compute day by day (the
tests compare them), but these functions walk through stretches in which nothing changes. A dot
marks a day without an answer, and in `marks` a day on which nothing was due.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from journal.promises.occurrences import (
    DAILY,
    DAY,
    ONCE,
    TIMES_PER_WEEK,
    WEEKDAYS,
    Plan,
    Terms,
    target_of,
)
from journal.promises.tallies import (
    EXCUSED,
    KEPT,
    MISSED,
    OPEN,
    OPEN_DAYS,
    SMALL,
    UNRECORDED,
    Tally,
    tally_counts,
    week_is_over,
)

NOTHING = "."
LETTERS = {KEPT: "k", SMALL: "s", MISSED: "m", EXCUSED: "x", UNRECORDED: "u", OPEN: "o"}
ONLY_RECORDED = str.maketrans("", "", "xuo" + NOTHING)


def encode_days(first: date, last: date, days: Iterable[int], letters: str) -> str:
    """A string with the letter of each day at the day's offset from `first`."""
    codes = [NOTHING] * ((last - first).days + 1)
    for day, letter in zip(days, letters, strict=True):
        codes[day] = letter
    return "".join(codes)


def _stretches(plan: Plan, first: date, last: date) -> Iterator[tuple[date, date, Terms | None]]:
    """Stretches with the same terms, as first day and day after the last; None: not in force."""
    edges = {first, last + DAY, plan.starts_on}
    edges |= {terms.effective_on for terms in plan.terms}
    edges |= {day for pause in plan.pauses for day in pause if day}
    if plan.ends_on:
        edges.add(plan.ends_on + DAY)
    if plan.stopped_on:
        edges.add(plan.stopped_on)
    for begin, end in pairwise(sorted(day for day in edges if first <= day <= last + DAY)):
        yield begin, end, plan.terms_on(begin)


def encode_due_days(plan: Plan, first: date, last: date) -> str:
    """A 1 for each day from `first` to `last` on which `occurrences.is_due` is true."""
    return "".join(_due(*stretch) for stretch in _stretches(plan, first, last))


def _due(begin: date, end: date, terms: Terms | None) -> str:
    days = (end - begin).days
    if terms and terms.cadence == DAILY:
        return "1" * days
    if terms and terms.cadence == WEEKDAYS:
        week = "".join("01"[(begin.weekday() + n) % 7 in terms.weekdays] for n in range(7))
        return (week * (days // 7 + 1))[:days]
    if terms and terms.cadence == ONCE and terms.due_on and begin <= terms.due_on < end:
        before = (terms.due_on - begin).days
        return "0" * before + "1" + "0" * (days - before - 1)
    return "0" * days


def times_line(plan: Plan, first: date, last: date) -> str:
    """How many times a week the promise is due, for each day; 0 where it is not due by the week."""
    return "".join(
        str(terms.times_per_week if terms and terms.cadence == TIMES_PER_WEEK else 0)
        * (end - begin).days
        for begin, end, terms in _stretches(plan, first, last)
    )


@dataclass(frozen=True)
class RecordedDays:
    """A promise from `first` to today, with one letter for each day's answer."""

    plan: Plan
    first: date
    today: date
    answers: str
    confirmed: frozenset[date] = frozenset()  # weeks

    @cached_property
    def marks(self) -> str:
        """A letter for each due day."""
        due = encode_due_days(self.plan, self.first, self.today)
        if "0" in due:
            marks = "".join(
                (answer if answer != NOTHING else "u") if is_due == "1" else NOTHING
                for answer, is_due in zip(self.answers, due, strict=True)
            )
        else:
            marks = self.answers.replace(NOTHING, "u")
        still_open = OPEN_DAYS + 1  # today, and the days before it that can still be answered
        return marks[:-still_open] + marks[-still_open:].replace("u", "o")

    @cached_property
    def weeks(self) -> dict[int, Tally]:
        """The tally of each week that begins in this period, keyed by its first day."""
        if all(terms.cadence != TIMES_PER_WEEK for terms in self.plan.terms):
            return {}
        times = times_line(self.plan, self.first, self.today + 6 * DAY)
        found = {}
        for place in range(self.first_week, len(self.answers), 7):
            promised = times[place : place + 7]
            if promised == "0000000":
                continue
            codes = self.answers[place : place + 7]
            if "0" in promised:  # answers count on the days on which the promise is due by the week
                codes = "".join(a for a, n in zip(codes, promised, strict=False) if n != "0")
            start = self.first + place * DAY
            found[place] = tally_counts(
                target_of(sum(map(int, promised))),
                *(codes.count(letter) for letter in "ksx"),
                confirmed=start in self.confirmed,
                is_over=week_is_over(start + 6 * DAY, self.today),
            )
        return found

    @property
    def first_week(self) -> int:
        return -(self.first - self.plan.week_start(self.first)).days % 7

    def weeks_between(self, begin: int, end: int) -> list[tuple[int, Tally]]:
        """The weeks that begin from `begin` to `end`, both included."""
        if not self.weeks:
            return []
        starts = range(begin + (self.first_week - begin) % 7, end + 1, 7)
        return [(start, self.weeks[start]) for start in starts if start in self.weeks]

    def tally(self, first: date, last: date) -> Tally:
        """Counts the days due from `first` to `last`, and the weeks that begin in that period."""
        return tally_together([self], first, last)

    def recorded(self, first: date, last: date) -> str:
        """One letter for each kept, small or missed chance, in order of time. A week that is due by
        the week counts when it ends: kept units first, then missed ones."""
        place, end, codes = (first - self.first).days, (last - self.first).days, []
        begin = place
        for start, amount in self.weeks_between(begin - 6, end - 6):
            codes.append(self.marks[place : start + 7])
            place = start + 7
            codes.append("k" * amount.full + "s" * amount.small + "m" * amount.missed)
        codes.append(self.marks[place : end + 1])
        return "".join(codes).translate(ONLY_RECORDED)


def tally_together(promises: Iterable[RecordedDays], first: date, last: date) -> Tally:
    """The sum of several promises, from `first` to `last`."""
    marks, total = [], Tally()
    for one in promises:
        begin, end = (first - one.first).days, (last - one.first).days
        marks.append(one.marks[begin : end + 1])
        for _start, amount in one.weeks_between(begin, end):
            total += amount
    letters = "".join(marks)
    return total + Tally(*(letters.count(letter) for letter in LETTERS.values()))
