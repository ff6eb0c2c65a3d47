"""Whether one way was kept more often than the other: a randomisation test whose unit is the week.

Pure arithmetic, no database. An allocation is a string with a letter for each week, "abbaabab",
half of them "a". Days of one week hang together, so a week is moved as a whole: if the ways made no
difference, each week would have gone as it did under any other allocation, and the one that was
drawn is one of equally many. docs/measures.md says why this test, and what it notices.
"""

import secrets
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from math import hypot, inf

from journal.promises.tallies import wilson

A, B = "a", "b"
EACH_TAIL = 0.025
TINY = 1e-9
FEWEST_WEEKS = 3  # of each way with something recorded

Week = tuple[int, int]  # kept, of how many recorded


def drawn(weeks: int) -> str:
    """Each way in half of the weeks; any such order is as likely as any other."""
    of_a = set(secrets.SystemRandom().sample(range(weeks), weeks // 2))
    return "".join(A if week in of_a else B for week in range(weeks))


def alternating(weeks: int) -> str:
    return (A + B) * (weeks // 2)


@cache
def _orders(weeks: int) -> list[tuple[int, ...]]:
    """The weeks of the first way, in every allocation there is."""
    return list(combinations(range(weeks), weeks // 2))


def difference_range(weeks: Sequence[Week], allocation: str) -> tuple[float, float] | None:
    """The 95% interval for the share kept with "a" minus that with "b": all differences that the
    test does not reject with 2.5% on each side. None where no result could be unlikely enough.

    A supposed difference d is taken away from the weeks of "a". So the difference that another
    allocation would show falls by d times `moved`, and the observed one by d: they are equal at
    (observed - shown) / (1 - moved). Where weeks are alike that finds hardly any range, so
    Newcombe's, which knows days only, is its least.
    """
    kept, of = [one[0] for one in weeks], [one[1] for one in weeks]
    all_kept, all_of = sum(kept), sum(of)
    of_a = [letter == A for letter in allocation]
    a_of = sum(n for n, is_a in zip(of, of_a, strict=True) if is_a)
    if not a_of or a_of == all_of:
        return None
    a_kept = sum(k for k, is_a in zip(kept, of_a, strict=True) if is_a)
    observed = a_kept / a_of - (all_kept - a_kept) / (all_of - a_of)
    lows, highs = [], []
    for order in _orders(len(allocation)):
        k, n = sum(kept[week] for week in order), sum(of[week] for week in order)
        rest = all_of - n
        there = sum(of[week] for week in order if of_a[week])
        moved = there / n - (a_of - there) / rest if n and rest else 1.0
        if moved > 1 - TINY:  # the allocation itself, but for weeks without a record
            lows.append(-inf)
            highs.append(inf)
            continue
        equal_at = (observed - k / n + (all_kept - k) / rest) / (1 - moved)
        lows.append(equal_at)
        highs.append(equal_at)
    beyond = int(EACH_TAIL * len(lows) + TINY)
    low, high = sorted(lows)[beyond], sorted(highs)[-1 - beyond]
    if low == -inf:
        return None
    least_low, least_high = newcombe(a_kept, a_of, all_kept - a_kept, all_of - a_of)
    return max(-1.0, min(low, least_low)), min(1.0, max(high, least_high))


def newcombe(k: int, n: int, other_k: int, other_n: int) -> tuple[float, float]:
    """The 95% hybrid score interval for k/n minus other_k/other_n. R. G. Newcombe, Stat. Med. 17
    (1998) 873-890, method 10."""
    p, other = k / n, other_k / other_n
    (low, high), (other_low, other_high) = wilson(k, n), wilson(other_k, other_n)
    return (
        p - other - hypot(p - low, other_high - other),
        p - other + hypot(high - p, other - other_low),
    )


def differ(found: tuple[float, float]) -> bool:
    low, high = found
    return low > TINY or high < -TINY
