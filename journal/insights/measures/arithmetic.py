"""What a record says and how far it can be trusted: functions over plain values, no database.

Each states its source, its unit, and what it needs at least. Below that it gives None, and the
page shows counts and how many are still needed. Shares and ranges are from 0 to 1. The interval is
Wilson's, `tallies.wilson`; it takes each observation as independent of the others, which days of
one life are not, so the page calls it a rough range.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from journal.promises.tallies import ENOUGH, wilson

FEWEST_RUNS = 3
FEWEST_TESTS = 5
FEWEST_PAIRS = 5
FEWEST_PREDICTIONS, FEWEST_FOR_A_CURVE, FEWEST_IN_A_BIN = 10, 20, 5
FEWEST_REVIEWS = 5
FEWEST_DAYS = 3  # of felt trust, for a dot
BINS = ((1, 49), (50, 69), (70, 89), (90, 99))  # of confidence, in per cent, both ends included

MISSES = re.compile("m+")

Range = tuple[float, float]
Comparison = Literal["more", "fewer", "same"]


def rate(k: int, n: int) -> Range | None:
    """The 95 % interval for k of n, from ten on. E. B. Wilson, J. Am. Stat. Assoc. 22 (1927),
    209-212. ValueError where k is not from 0 to n."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    return wilson(k, n) if n >= ENOUGH else None


def compare_ranges(now: Range | None, before: Range | None) -> Comparison | None:
    """How two ranges of one's own lie to each other; None where one of them cannot be said.

    Ranges that overlap are "the same". That is stricter than a test of the difference (N. Schenker
    and J. F. Gentleman, Am. Stat. 55 (2001), 182-186): a change is said only when it is plain.
    """
    if now is None or before is None:
        return None
    if now[0] > before[1]:
        return "more"
    return "fewer" if now[1] < before[0] else "same"


@dataclass(frozen=True)
class Returns:
    """Runs of misses by how many chances it took to keep the promise again."""

    after: Mapping[int, int] = field(default_factory=dict)  # chances -> runs
    open_at_once: int = 0  # runs that nothing recorded has followed yet
    open_later: int = 0  # runs that go on: the next chance was missed too

    @property
    def closed(self) -> int:
        return sum(self.after.values())

    @property
    def open(self) -> int:
        return self.open_at_once + self.open_later

    @property
    def had_a_chance(self) -> int:
        """Runs that have a next recorded chance: what the share is of."""
        return self.closed + self.open_later

    @property
    def at_once(self) -> int:
        return self.after.get(1, 0)

    @property
    def is_enough(self) -> bool:
        return self.had_a_chance >= FEWEST_RUNS

    @property
    def median(self) -> float | None:
        """Chances until it was kept again, over the runs that ended; None below the minimum."""
        if not self.is_enough or not self.closed:
            return None
        return median(Counter(self.after).elements())

    @property
    def usual(self) -> int | None:
        """The fewest chances within which more than half of the runs that had one came back. Runs
        that go on count as not back yet, so that leaving them out cannot flatter."""
        back = 0
        for chances, runs in sorted(self.after.items()):
            back += runs
            if self.is_enough and 2 * back > self.had_a_chance:
                return chances
        return None


def returns(histories: Iterable[tuple[str, str]]) -> Returns:
    """The runs of misses that began in a time. Own definition (docs/measures.md).

    Each history is one promise: what was recorded before that time and in it, a letter for each
    chance in order, "m" where it was missed. A run belongs to the time in which it began; it ends
    at the next chance that was kept, and one that ended after n misses came back at chance n.
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
    """Crossings by what became of the limit. What was not safe to act on, and what is undecided,
    is `outside`: neither for nor against."""

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
    """How strong a hard moment was before and after, 0 to 10, by how often each pair came."""

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
        """The middle of before - after, in points; positive where it eased. From five pairs on."""
        if self.n < FEWEST_PAIRS:
            return None
        changes: Counter[int] = Counter()
        for (before, after), times in self.pairs.items():
            changes[before - after] += times
        return median(changes.elements())


Prediction = tuple[int, bool]  # how sure, in per cent; whether it came true


def brier(predictions: Sequence[Prediction]) -> float | None:
    """The mean of (c - o)², c the confidence as a share and o 1 or 0: 0 is perfect, 0.25 what
    always saying 50 % gives, 1 the worst. From ten on. G. W. Brier, Mon. Weather Rev. 78 (1950),
    1-3, in its form for two outcomes, half of his sum over both."""
    if len(predictions) < FEWEST_PREDICTIONS:
        return None
    return sum((sure / 100 - came_true) ** 2 for sure, came_true in predictions) / len(predictions)


@dataclass(frozen=True)
class Bin:
    """Predictions of about the same confidence."""

    low: int
    high: int
    n: int = 0
    came_true: int = 0
    mean: float = 0  # confidence, in per cent

    @property
    def range(self) -> Range | None:
        """Of the share that came true; None where the bin holds fewer than five."""
        return wilson(self.came_true, self.n) if self.n >= FEWEST_IN_A_BIN else None

    @property
    def fits(self) -> Literal["over", "under", "fits"] | None:
        """Whether the person was surer than what happened bears out, less sure, or neither; said
        only where the mean confidence lies outside the range."""
        if self.range is None:
            return None
        low, high = self.range
        if self.mean / 100 > high:
            return "over"
        return "under" if self.mean / 100 < low else "fits"


def bins(predictions: Iterable[Prediction]) -> list[Bin]:
    """All four, those without a prediction too. A reliability diagram in few bins; A. H. Murphy
    and R. L. Winkler, J. R. Stat. Soc. C 26 (1977), 41-47. ValueError outside 1 to 99."""
    predictions, found = list(predictions), []
    for sure, _came_true in predictions:
        if not 1 <= sure <= 99:
            raise ValueError(f"{sure} per cent sure")
    for low, high in BINS:
        here = [one for one in predictions if low <= one[0] <= high]
        mean = sum(sure for sure, _ in here) / len(here) if here else 0
        found.append(Bin(low, high, len(here), sum(true for _, true in here), mean))
    return found


def curve(predictions: Sequence[Prediction]) -> list[Bin]:
    """The bins that hold enough to be drawn; none before there are twenty predictions."""
    if len(predictions) < FEWEST_FOR_A_CURVE:
        return []
    return [one for one in bins(predictions) if one.range is not None]


@dataclass(frozen=True)
class Process:
    """Decisions looked back on: how they were decided, across how they turned out."""

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


def middle_trust(days: Sequence[int]) -> float | None:
    """The median of days of felt trust, 1 to 5: the steps between the five words are not known to
    be alike, so no mean. None below three days."""
    return median(days) if len(days) >= FEWEST_DAYS else None
