"""The measures and how far their figures can be trusted: functions over plain values.

Each states its source, its unit and its minimum sample. Below the minimum it returns None, and the
page shows counts and the number still missing. Shares and ranges are from 0 to 1. The interval is
Wilson's, `tallies.wilson`; it assumes independent observations, which days of one life are not, so
the page calls it a likely range.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from journal.promises.tallies import ENOUGH, Tally, wilson

FEWEST_RUNS = 3
FEWEST_TESTS = 5
FEWEST_PAIRS = 5
FEWEST_REVIEWS = 5
FEWEST_PLANS = 3
FEWEST_DAYS = 3  # of felt trust, for one dot
FEWEST_WEEKS = 6  # to see whether days lean together, for a comparison

MISSES = re.compile("m+")

Range = tuple[float, float]
Comparison = Literal["more", "fewer", "same"]


def rate(k: int, n: int) -> Range | None:
    """The 95% interval for k of n, for n of at least ten. E. B. Wilson, J. Am. Stat. Assoc. 22
    (1927), 209-212. Raises ValueError unless 0 <= k <= n."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    return wilson(k, n) if n >= ENOUGH else None


def design_effect(*periods: Iterable[tuple[int, int]]) -> float | None:
    """How many days are worth one independent observation, at least 1, where the days of a week go
    well or badly together. A period is k of n for each week, which vary around the period's share.
    J. N. K. Rao and A. J. Scott, Biometrics 48 (1992), 577-585. None below six weeks with an answer
    in all."""
    spread = by_days = 0.0
    count = shares = 0
    for period in periods:
        weeks = [(k, n) for k, n in period if n]
        if not weeks:
            continue
        kept, total = (sum(column) for column in zip(*weeks, strict=True))
        share = kept / total
        spread += sum((k - n * share) ** 2 for k, n in weeks)
        by_days += total * share * (1 - share)
        count, shares = count + len(weeks), shares + 1
    if count < FEWEST_WEEKS:
        return None
    return max(1.0, spread * count / (count - shares) / by_days) if by_days else 1.0


def compare_ranges(now: Range | None, before: Range | None) -> Comparison | None:
    """Compares two ranges of one person; None if one of them is missing.

    Ranges that overlap are "the same". That is stricter than a test of the difference (N. Schenker
    and J. F. Gentleman, Am. Stat. 55 (2001), 182-186): the page reports only plain changes.
    """
    if now is None or before is None:
        return None
    if now[0] > before[1]:
        return "more"
    return "fewer" if now[1] < before[0] else "same"


@dataclass(frozen=True)
class Returns:
    """Runs of misses, by the number of chances until the promise was kept again."""

    after: Mapping[int, int] = field(default_factory=dict)  # chances -> runs
    open_at_once: int = 0  # runs at the end of the record: the next chance has no answer yet
    open_later: int = 0  # longer runs at the end of the record: the next chance was missed, too

    @property
    def closed(self) -> int:
        return sum(self.after.values())

    @property
    def open(self) -> int:
        return self.open_at_once + self.open_later

    @property
    def had_a_chance(self) -> int:
        """Runs with a next recorded chance: the denominator of the share."""
        return self.closed + self.open_later

    @property
    def at_once(self) -> int:
        return self.after.get(1, 0)

    @property
    def is_enough(self) -> bool:
        return self.had_a_chance >= FEWEST_RUNS

    @property
    def median(self) -> float | None:
        """The median number of chances until a promise was kept again, over the runs that ended;
        None below the minimum."""
        if not self.is_enough or not self.closed:
            return None
        return median(Counter(self.after).elements())

    @property
    def range(self) -> Range | None:
        """The likely range of the share that was kept at the next chance; None below the
        minimum."""
        return wilson(self.at_once, self.had_a_chance) if self.is_enough else None

    @property
    def usual(self) -> int | None:
        """The fewest chances within which runs usually end: the lower bound for the share of those
        that did, out of all with a next chance, is at least one half. Open runs count as not ended,
        since leaving them out would flatter."""
        back = 0
        for chances, runs in sorted(self.after.items()):
            back += runs
            if self.is_enough and wilson(back, self.had_a_chance)[0] >= 0.5:
                return chances
        return None


def returns(histories: Iterable[tuple[str, str]]) -> Returns:
    """The runs of misses that began in a period. Own definition (docs/measures.md).

    Each history is one promise: its record before the period and in it, a letter for each chance in
    order, "m" for a miss. A run belongs to the period in which it began; it ends at the next kept
    chance, and a run of n misses ends at chance n.
    """
    after: Counter[int] = Counter()
    open_at_once = open_later = 0
    for before, now in histories:
        began_now = now.lstrip("m") if before.endswith("m") else now
        runs = [len(run) for run in MISSES.findall(began_now)]
        if runs and now.endswith("m"):
            is_long = runs.pop() > 1
            open_later, open_at_once = open_later + is_long, open_at_once + (not is_long)
        after.update(runs)
    return Returns(dict(after), open_at_once, open_later)


@dataclass(frozen=True)
class FollowThrough:
    """Crossings by result. `outside` counts those that were not safe to act on or are undecided:
    neither for nor against."""

    held: int = 0
    held_later: int = 0
    partly: int = 0
    not_held: int = 0
    outside: int = 0

    @property
    def k(self) -> int:
        return self.held + self.held_later

    @property
    def n(self) -> int:
        return self.k + self.partly + self.not_held

    @property
    def is_enough(self) -> bool:
        return self.n >= FEWEST_TESTS

    @property
    def range(self) -> Range | None:
        return rate(self.k, self.n)


@dataclass(frozen=True)
class Easing:
    """The strength of hard moments before and after, 0 to 10: how often each pair occurred."""

    pairs: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return sum(self.pairs.values())

    @property
    def eased(self) -> int:
        return sum(times for (before, after), times in self.pairs.items() if after < before)

    @property
    def stronger(self) -> int:
        return sum(times for (before, after), times in self.pairs.items() if after > before)

    @property
    def same(self) -> int:
        return self.n - self.eased - self.stronger

    @property
    def median(self) -> float | None:
        """The median of before - after, in points; positive means easier. Needs five pairs."""
        if self.n < FEWEST_PAIRS:
            return None
        changes: Counter[int] = Counter()
        for (before, after), times in self.pairs.items():
            changes[before - after] += times
        return median(changes.elements())


@dataclass(frozen=True)
class Process:
    """Reviewed decisions: how they were decided, by how they turned out."""

    cells: Mapping[tuple[bool, str], int] = field(default_factory=dict)  # (sound, outcome)

    @property
    def n(self) -> int:
        return sum(self.cells.values())

    @property
    def sound(self) -> int:
        return sum(times for (sound, _outcome), times in self.cells.items() if sound)

    @property
    def is_enough(self) -> bool:
        return self.n >= FEWEST_REVIEWS


@dataclass(frozen=True)
class Plans:
    """Plans of the weekly reflection, by what became of them."""

    answers: Mapping[str, int] = field(default_factory=dict)  # a value of Helped -> plans
    not_said: int = 0  # nobody looked back on them
    open: int = 0  # they can still be looked back on

    @property
    def k(self) -> int:
        return sum(self.answers.values())

    @property
    def n(self) -> int:
        return self.k + self.not_said

    @property
    def range(self) -> Range | None:
        """The likely range of the share that was looked back on; None below the minimum."""
        return wilson(self.k, self.n) if self.n >= FEWEST_PLANS else None


@dataclass(frozen=True)
class ValueInAction:
    """What was recorded for one value. Counts, without a minimum; the two ranges have their own."""

    promises: int = 0
    kept: Tally = field(default_factory=Tally)
    decisions: int = 0
    boundaries: int = 0
    held: int = 0
    tested: int = 0
    paused: int = 0  # days, of each promise
    days_off: int = 0  # planned ones

    @property
    def rest(self) -> int:
        return self.paused + self.days_off

    @property
    def kept_range(self) -> Range | None:
        """Needs ten answers, and answers for seven in ten due units."""
        return wilson(self.kept.kept, self.kept.n) if self.kept.range is not None else None

    @property
    def held_range(self) -> Range | None:
        return rate(self.held, self.tested)

    def __bool__(self) -> bool:
        return self != ValueInAction()

    def __add__(self, other: "ValueInAction") -> "ValueInAction":
        return ValueInAction(
            self.promises + other.promises,
            self.kept + other.kept,
            self.decisions + other.decisions,
            self.boundaries + other.boundaries,
            self.held + other.held,
            self.tested + other.tested,
            self.paused + other.paused,
            self.days_off + other.days_off,
        )


def middle_trust(days: Sequence[int]) -> float | None:
    """The median of days of felt trust, 1 to 5. No mean, since the steps between the five words may
    differ in size. None below three days."""
    return median(days) if len(days) >= FEWEST_DAYS else None
