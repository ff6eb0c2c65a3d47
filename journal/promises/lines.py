"""A long stretch of a promise as one letter a day, so that years cost no more than they must.

Pure arithmetic. It says the same as occurrences.py and tallies.py say day by day (the tests hold
them to each other), but walks through stretches in which nothing changes. A dot stands where
nothing was said, and in `marks` where nothing was due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from journal.promises.occurrences import DAILY, DAY, ONCE, TIMES_PER_WEEK, WEEKDAYS, Plan, weeks
from journal.promises.tallies import (
    EXCUSED,
    KEPT,
    MISSED,
    OPEN,
    OPEN_DAYS,
    SMALL,
    UNRECORDED,
    Tally,
    of_week,
)

NOTHING = "."
LETTERS = {KEPT: "k", SMALL: "s", MISSED: "m", EXCUSED: "x", UNRECORDED: "u", OPEN: "o"}
STATUS = {letter: status for status, letter in LETTERS.items()}


def blank(first: date, last: date) -> str:
    return NOTHING * ((last - first).days + 1)


def due_line(plan: Plan, first: date, last: date) -> str:
    """A 1 for each day from `first` to `last` that is due, as `occurrences.is_due` has it."""
    length = (last - first).days + 1
    edges = {first, last + DAY, plan.starts_on}
    edges |= {terms.effective_on for terms in plan.terms}
    edges |= {day for pause in plan.pauses for day in pause if day}
    if plan.ends_on:
        edges.add(plan.ends_on + DAY)
    if plan.stopped_on:
        edges.add(plan.stopped_on)
    stretches = sorted(day for day in edges if first <= day <= last + DAY)
    line = []
    for begin, end in pairwise(stretches):
        terms, days = plan.terms_on(begin), (end - begin).days
        if terms is None or terms.cadence == TIMES_PER_WEEK:
            line.append("0" * days)
        elif terms.cadence == DAILY:
            line.append("1" * days)
        elif terms.cadence == WEEKDAYS:
            week = "".join("01"[(begin.weekday() + n) % 7 in terms.weekdays] for n in range(7))
            line.append((week * (days // 7 + 1))[:days])
        elif terms.cadence == ONCE and terms.due_on and begin <= terms.due_on < end:
            before = (terms.due_on - begin).days
            line.append("0" * before + "1" + "0" * (days - before - 1))
        else:
            line.append("0" * days)
    return "".join(line).ljust(length, "0")


@dataclass(frozen=True)
class Told:
    """A promise from `first` to today, with one letter for what was answered on each day."""

    plan: Plan
    first: date
    today: date
    answers: str
    confirmed: frozenset[date] = frozenset()  # weeks

    @cached_property
    def marks(self) -> str:
        """A letter for each due day."""
        due = due_line(self.plan, self.first, self.today)
        marks = "".join(
            (answer if answer != NOTHING else "u") if is_due == "1" else NOTHING
            for answer, is_due in zip(self.answers, due, strict=True)
        )
        still_open = OPEN_DAYS + 1  # today, and the days before it that can still be told
        return marks[:-still_open] + marks[-still_open:].replace("u", "o")

    @cached_property
    def weeks(self) -> list[tuple[date, date, Tally]]:
        """Of each week by the week that begins in this time: its first and last day, its tally."""
        if all(terms.cadence != TIMES_PER_WEEK for terms in self.plan.terms):
            return []
        days = {
            self.first + n * DAY: STATUS[letter]
            for n, letter in enumerate(self.answers)
            if letter != NOTHING
        }
        return [
            (
                week.starts_on,
                week.ends_on,
                of_week(week, days, self.today, confirmed=week.starts_on in self.confirmed),
            )
            for week in weeks(self.plan, self.first, self.today)
        ]

    def tally(self, first: date, last: date) -> Tally:
        """The days due from `first` to `last`, and the weeks that begin then."""
        part = self.marks[(first - self.first).days : (last - self.first).days + 1]
        total = Tally(*(part.count(letter) for letter in LETTERS.values()))
        return sum((one for start, _end, one in self.weeks if first <= start <= last), total)

    def recorded(self, first: date, last: date) -> str:
        """What was kept, kept small or missed, one letter each, in the order of time. A week by
        the week is told when it ends, what was kept before what was not."""
        place, told = (first - self.first).days, []
        for _start, end, amount in self.weeks:
            if first <= end <= last:
                told.append(self.marks[place : (end - self.first).days + 1])
                place = (end - self.first).days + 1
                told.append("k" * amount.full + "s" * amount.small + "m" * amount.missed)
        told.append(self.marks[place : (last - self.first).days + 1])
        return "".join(told).translate(ONLY_RECORDED)


ONLY_RECORDED = str.maketrans("", "", "xuo" + NOTHING)


def line(first: date, last: date, days: Iterable[int], letters: str) -> str:
    """The letters put on their days, counted from `first`; a day said twice keeps the last."""
    told = list(blank(first, last))
    for day, letter in zip(days, letters, strict=True):
        told[day] = letter
    return "".join(told)
