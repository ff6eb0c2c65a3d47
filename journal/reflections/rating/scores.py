"""The score of five answers, and the comparison of two scores. Pure arithmetic.

The five statements are our own and were never tested as a scale, so the score is only a mean: it
needs four answers and has one decimal, and a difference under half a point is "about the same".
Comparisons use the rounded scores.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

FEWEST_ANSWERS = 4
FEWEST_FOR_A_TREND = 3
NOTABLE = Decimal("0.5")


def score(answers: Sequence[int | None]) -> Decimal | None:
    """The mean of the given answers, 1.0 to 5.0; None if there are too few."""
    given = [answer for answer in answers if answer is not None]
    if len(given) < FEWEST_ANSWERS:
        return None
    mean = Decimal(sum(given)) / len(given)
    return mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def about_the_same(earlier: Decimal, later: Decimal) -> bool:
    return abs(later - earlier) < NOTABLE
