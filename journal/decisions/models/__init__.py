"""Decisions: a question, its options, the choice and its reasons, and the review of its outcome."""

from journal.decisions.models.addendum import Addendum
from journal.decisions.models.decision import (
    AFTER_PREDICTION,
    CERTAIN,
    KNOWN_ON,
    REVIEW_AFTER,
    STRONG,
    WAIT,
    Decision,
    DecisionQuerySet,
    in_a_day,
)
from journal.decisions.models.forecast import Forecast
from journal.decisions.models.option import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    MOST_VALUES,
    OUT_OF_TEN,
    Option,
    ValueInPlay,
    out_of_ten,
)
from journal.decisions.models.review import (
    CORRECTABLE_FOR,
    DecisionReview,
    EarlierReview,
)
from journal.decisions.models.review_answers import ANSWERS, quadrant

__all__ = [
    "AFTER_PREDICTION",
    "ANSWERS",
    "CERTAIN",
    "CORRECTABLE_FOR",
    "FEWEST_OPTIONS",
    "KNOWN_ON",
    "MOST_OPTIONS",
    "MOST_VALUES",
    "OUT_OF_TEN",
    "REVIEW_AFTER",
    "STRONG",
    "WAIT",
    "Addendum",
    "Decision",
    "DecisionQuerySet",
    "DecisionReview",
    "EarlierReview",
    "Forecast",
    "Option",
    "ValueInPlay",
    "in_a_day",
    "out_of_ten",
    "quadrant",
]
