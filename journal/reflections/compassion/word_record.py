"""How hard moments went with some kind words. Plain values, no database.

A change is the strength before minus the strength after, on the person's own scale from 0 to 10.
Words are compared with the same person's other moments, never with zero: feelings also settle with
time. docs/measures.md, "Kind words", says what the figures mean and what they miss.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from statistics import fmean

FEWEST = 5  # moments with the words, and as many others; below that there is no figure
PRIOR = 5  # the weight of "no difference", in moments
RECENT = 3  # the newest moments that decide whether words step back
CHANCE = 0.05  # that any of a person's words is said to ease more, if none does


def change(before: int | None, after: int | None, *, felt_worse: bool) -> int | None:
    """How far a moment eased; None if nobody knows. One that felt worse never counts as eased."""
    if before is None or after is None:
        return -1 if felt_worse else None
    return min(before - after, -1) if felt_worse else before - after


@dataclass(frozen=True)
class WordRecord:
    """The changes of the moments with some words, newest first, and of all others."""

    changes: Sequence[int] = ()
    others: Sequence[int] = ()

    @property
    def n(self) -> int:
        return len(self.changes)

    @property
    def eased(self) -> int:
        return sum(one > 0 for one in self.changes)

    @property
    def same(self) -> int:
        return sum(one == 0 for one in self.changes)

    @property
    def stronger(self) -> int:
        return sum(one < 0 for one in self.changes)

    @property
    def is_enough(self) -> bool:
        return self.n >= FEWEST

    @property
    def steps_back(self) -> bool:
        """Whether one of the last three moments with the words grew stronger."""
        return any(one < 0 for one in self.changes[:RECENT])

    @property
    def gain(self) -> float:
        """How much more moments eased with the words than without, in points, shrunk towards no
        difference: n / (n + 5) of the difference between the means, and never below 0.

        That is Bühlmann's credibility (H. Bühlmann, ASTIN Bull. 4 (1967), 199-207), with a fixed
        weight for the prior and the positive part of B. Efron and C. Morris, J. Am. Stat. Assoc. 68
        (1973), 117-130: words with which less eased stay beside those without a record.
        """
        if not self.is_enough or len(self.others) < FEWEST:
            return 0
        return max(0, fmean(self.changes) - fmean(self.others)) * self.n / (self.n + PRIOR)


def place(mark: int, record: WordRecord) -> tuple[bool, int, float]:
    """The key by which kind words are put in order, wherever they are offered: those that step back
    last, then by the place of the person's mark, then by the gain."""
    return record.steps_back, mark, -record.gain


def eased_more(records: Mapping[str, WordRecord]) -> set[str]:
    """The words with which moments eased more than chance explains.

    An exact permutation test of the sum of changes, one-sided (E. J. G. Pitman, Suppl. J. R. Stat.
    Soc. 4 (1937), 119-130). The words that have enough moments share the 5% (Bonferroni), so that
    a person whose words make no difference is told of one in at most 5% of cases.
    """
    tested = sum(one.is_enough and len(one.others) >= FEWEST for one in records.values())
    return {key for key, one in records.items() if one.gain and chance_of(one) <= CHANCE / tested}


def chance_of(record: WordRecord) -> float:
    """Of all choices of n among all moments, the share whose changes add up to as much or more."""
    n, every = record.n, [*record.changes, *record.others]
    low, bits = min(every), len(every)
    # ways[k] counts the choices of k moments by their sum, `bits` bits for each sum.
    ways = [1] + [0] * n
    for one in every:
        for k in range(n, 0, -1):
            ways[k] += ways[k - 1] << bits * (one - low)
    left = ways[n] >> bits * (sum(record.changes) - low * n)
    found = 0
    while left:
        found += left & ((1 << bits) - 1)
        left >>= bits
    return found / comb(len(every), n)
