"""How sure someone was against what happened, of predictions and of promises.

Functions over plain values. Both are judged by the person's own stated chances: somebody whose
chances all hold is told otherwise in at most one of twenty cases, however few or many there are.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import prod
from typing import Literal

from journal.insights.measures.arithmetic import Range
from journal.promises.tallies import wilson

FEWEST_PREDICTIONS, FEWEST_IN_A_BIN = 20, 5
FEWEST_PROMISES, FEWEST_TIMES, FEWEST_PROMISES_IN_A_BIN = 5, 20, 3
TAIL = 0.025  # of probability, on each side of what was expected
BINS = ((1, 49), (50, 69), (70, 89), (90, 99))  # of confidence, in per cent, both ends included
SURE_BINS = ((0, 6), (7, 8), (9, 10))  # of the answer from 0 to 10, both ends included
STAKES = (0.5, 0.9)  # the parts of it that a promise can lose

Verdict = Literal["over", "under", "fits"]

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
    def verdict(self) -> Verdict:
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
class Stated:
    """How often a promise was kept in the time about which the person said how sure they were."""

    promise: Hashable
    sure: int  # 0 to 10
    kept: int
    n: int  # times it was due and recorded


@dataclass(frozen=True)
class Promised:
    """All that was stated about one promise: the days of one promise lean on each other, so a
    promise counts once, however many days and versions it has."""

    low: float  # the lowest and the highest chance that the answers stand for
    high: float
    kept: int
    n: int

    @property
    def share(self) -> float:
        return self.kept / self.n


@dataclass(frozen=True)
class Sureness:
    """How often promises were kept, against how sure the person was when making them."""

    stated: Sequence[Stated]

    @property
    def n(self) -> int:
        return sum(one.n for one in self.stated)

    @property
    def kept(self) -> int:
        return sum(one.kept for one in self.stated)

    @property
    def expected(self) -> float:
        return sum(one.n * one.sure / 10 for one in self.stated)

    @property
    def promises(self) -> list[Promised]:
        return one_each(self.stated)

    @property
    def is_enough(self) -> bool:
        return self.n >= FEWEST_TIMES and len(self.promises) >= FEWEST_PROMISES

    @property
    def verdict(self) -> Verdict | None:
        """Whether they kept promises less often than they expected ("over"), more often, or
        neither; None below the minimum.

        Each promise multiplies a stake by 1 + c(x - 1), where x is the share missed over the share
        expected to be missed (or the same of what was kept). If the chances hold, each factor is 1
        on average, however the days of one promise hang together, so by Markov's inequality the
        mean over both c reaches 40 in at most 2.5% of cases: an e-value. V. Vovk and R. Wang,
        Ann. Stat. 49 (2021), 1736-1754; for bounded means, I. Waudby-Smith and A. Ramdas, J. R.
        Stat. Soc. B 86 (2024), 1-27.
        """
        if not self.is_enough:
            return None
        promises = self.promises
        missed = [(1 - one.share) / (1 - one.low) for one in promises]
        if self.kept < self.expected and wealth(missed) >= 1 / TAIL:
            return "over"
        kept = [one.share / one.high for one in promises]
        return "under" if self.kept > self.expected and wealth(kept) >= 1 / TAIL else "fits"


def wealth(ratios: Sequence[float]) -> float:
    """What a stake of 1 grows to, on average over `STAKES`; each ratio is 1 on average if the
    chances hold."""
    grown = (prod(1 + stake * (ratio - 1) for ratio in ratios) for stake in STAKES)
    return sum(grown) / len(STAKES)


def one_each(stated: Iterable[Stated]) -> list[Promised]:
    """Each promise once. Ten of ten stands for 95% or more and none of ten for 5% or less, since a
    whole number says no more; what is stated twice counts by its times."""
    found = []
    for _promise, versions in groupby(sorted(stated, key=_promise_of), key=_promise_of):
        parts = list(versions)
        n = sum(one.n for one in parts)
        low = sum(one.n * min(one.sure / 10, 0.95) for one in parts) / n
        high = sum(one.n * max(one.sure / 10, 0.05) for one in parts) / n
        found.append(Promised(low, high, sum(one.kept for one in parts), n))
    return found


def _promise_of(one: Stated) -> str:
    return str(one.promise)


@dataclass(frozen=True)
class SureBin:
    """Promises with similar answers."""

    low: int
    high: int
    kept: int
    n: int
    promises: int
    mean: float  # of the answers, by their times
    range: Range | None  # None if the bin holds fewer than three promises


def sure_bins(stated: Iterable[Stated]) -> list[SureBin]:
    """All three bins, empty ones too. The likely range is Wilson's for as many observations as
    there are promises (fewer if some have many more days than others: L. Kish, Survey Sampling,
    1965, (Σn)²/Σn²), as if the days of one promise all went the same way."""
    stated, found = list(stated), []
    for low, high in SURE_BINS:
        here = [one for one in stated if low <= one.sure <= high]
        promises = one_each(here)
        kept, n = sum(one.kept for one in here), sum(one.n for one in here)
        mean = sum(one.sure * one.n for one in here) / n if n else 0
        ends = None
        if len(promises) >= FEWEST_PROMISES_IN_A_BIN:
            units = n * n / sum(one.n * one.n for one in promises)
            ends = wilson(kept / n * units, units)
        found.append(SureBin(low, high, kept, n, len(promises), mean, ends))
    return found
