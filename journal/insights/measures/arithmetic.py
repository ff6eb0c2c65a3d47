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

from journal.promises.tallies import ENOUGH, wilson

FEWEST_RUNS = 3
FEWEST_TESTS = 5
FEWEST_PAIRS = 5
FEWEST_PREDICTIONS, FEWEST_IN_A_BIN = 20, 5
FEWEST_REVIEWS = 5
TAIL = 0.025  # of probability, on each side of what was expected
FEWEST_DAYS = 3  # of felt trust, for one dot
BINS = ((1, 49), (50, 69), (70, 89), (90, 99))  # of confidence, in per cent, both ends included

MISSES = re.compile("m+")

Range = tuple[float, float]
Comparison = Literal["more", "fewer", "same"]


def rate(k: int, n: int) -> Range | None:
    """The 95% interval for k of n, for n of at least ten. E. B. Wilson, J. Am. Stat. Assoc. 22
    (1927), 209-212. Raises ValueError unless 0 <= k <= n."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    return wilson(k, n) if n >= ENOUGH else None


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


Prediction = tuple[int, bool]  # confidence in per cent; whether it came true


def brier(predictions: Sequence[Prediction]) -> float | None:
    """The mean of (c - o)², with c the confidence as a share and o 1 or 0: 0 is perfect, 0.25
    results from always saying 50%, 1 is the worst. Needs twenty. G. W. Brier, Mon. Weather Rev. 78
    (1950), 1-3, in its form for two outcomes, half of his sum over both."""
    if len(predictions) < FEWEST_PREDICTIONS:
        return None
    return sum((sure / 100 - came_true) ** 2 for sure, came_true in predictions) / len(predictions)


@dataclass(frozen=True)
class Bin:
    """Predictions with similar confidence."""

    low: int
    high: int
    n: int = 0
    came_true: int = 0
    mean: float = 0  # confidence, in per cent

    @property
    def range(self) -> Range | None:
        """The range of the share that came true; None if the bin holds fewer than five."""
        return wilson(self.came_true, self.n) if self.n >= FEWEST_IN_A_BIN else None


def bins(predictions: Iterable[Prediction]) -> list[Bin]:
    """All four bins, empty ones too. A reliability diagram in few bins; A. H. Murphy and R. L.
    Winkler, J. R. Stat. Soc. C 26 (1977), 41-47. Raises ValueError outside 1 to 99."""
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
    """The bins with enough predictions to draw; none below twenty predictions in total."""
    if len(predictions) < FEWEST_PREDICTIONS:
        return []
    return [one for one in bins(predictions) if one.range is not None]


@dataclass(frozen=True)
class Confidence:
    """How often someone expected to be right by their own stated chances, and how often they were.

    A prediction below 50% counts as its opposite ("20% sure that it happens" as "80% sure that it
    does not": the half-range method of S. Lichtenstein, B. Fischhoff and L. D. Phillips, 1982).
    Those at 50% are left out, since they can't be right or wrong.
    """

    chances: Sequence[float]  # of being right, from 0.51 to 0.99
    right: int

    @property
    def n(self) -> int:
        return len(self.chances)

    @property
    def expected(self) -> float:
        return sum(self.chances)

    @property
    def verdict(self) -> Literal["over", "under", "fits"]:
        """Whether they were right less often than they expected, more often, or neither.

        An exact test against the stated chances themselves (the number right is Poisson binomial
        if they hold), 2.5% in each tail: somebody whose chances all hold is told "over" or "under"
        in at most one of twenty cases, whatever the chances are.
        """
        probabilities = poisson_binomial(self.chances)
        if sum(probabilities[: self.right + 1]) <= TAIL:
            return "over"
        return "under" if sum(probabilities[self.right :]) <= TAIL else "fits"


def confidence(predictions: Sequence[Prediction]) -> Confidence | None:
    """The predictions as chances of being right; None below twenty that can be right or wrong."""
    decided = [(sure, came_true) for sure, came_true in predictions if sure != 50]
    if len(decided) < FEWEST_PREDICTIONS:
        return None
    chances = [max(sure, 100 - sure) / 100 for sure, _came_true in decided]
    return Confidence(chances, sum(came_true == (sure > 50) for sure, came_true in decided))


def poisson_binomial(chances: Iterable[float]) -> list[float]:
    """The probability of 0, 1, ... n successes of n independent trials with these chances, by
    convolving one trial after the other (n² steps)."""
    probabilities = [1.0]
    for chance in chances:
        probabilities = [
            missed * (1 - chance) + reached * chance
            for missed, reached in zip([*probabilities, 0.0], [0.0, *probabilities], strict=True)
        ]
    return probabilities


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


def middle_trust(days: Sequence[int]) -> float | None:
    """The median of days of felt trust, 1 to 5. No mean, since the steps between the five words may
    differ in size. None below three days."""
    return median(days) if len(days) >= FEWEST_DAYS else None
