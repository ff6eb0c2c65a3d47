"""What five answers amount to, and what two pictures say of each other. Pure arithmetic.

The five statements are our own and were never tested as a scale, so the figure is only a mean: it
needs four answers, is rounded to one decimal as a person would, and a difference under half a
point is "about the same". What is compared are the figures that are shown.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

FEWEST_ANSWERS = 4
FEWEST_FOR_A_TREND = 3
NOTABLE = Decimal("0.5")


def score(answers: Sequence[int | None]) -> Decimal | None:
    """The mean of what was answered, 1.0 to 5.0; None where too little was."""
    given = [answer for answer in answers if answer is not None]
    if len(given) < FEWEST_ANSWERS:
        return None
    mean = Decimal(sum(given)) / len(given)
    return mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def about_the_same(earlier: Decimal, later: Decimal) -> bool:
    return abs(later - earlier) < NOTABLE
