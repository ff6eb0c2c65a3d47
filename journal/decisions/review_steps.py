"""The steps of the review: the process first, and only then the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from journal.decisions.models import Decision, DecisionReview
from journal.decisions.review_forms import (
    CheckForm,
    LearnedForm,
    OutcomeForm,
    PredictionResultForm,
    ProcessForm,
)
from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Step

ORIGINALS: dict[str, Any] = {"aside": "decisions/_originals.html"}
PROCESS = Step(
    "process",
    gettext_lazy("Was the way you decided sound, given what you knew?"),
    ProcessForm,
    name=gettext_lazy("the way you decided"),
    hint=gettext_lazy("First look at how you decided, and leave aside how it turned out."),
    required=True,
    **ORIGINALS,
)
PREDICTION = Step(
    "prediction",
    gettext_lazy("Did your prediction come true?"),
    PredictionResultForm,
    name=gettext_lazy("the prediction"),
    hint=gettext_lazy("It’s shown word for word, as you wrote it at the time."),
    required=True,
    **ORIGINALS,
)
OUTCOME = Step(
    "outcome",
    gettext_lazy("How did it turn out, and how much was luck?"),
    OutcomeForm,
    name=gettext_lazy("outcome and luck"),
    hint=gettext_lazy("A good choice can turn out badly, and a poor one well."),
    required=True,
    **ORIGINALS,
)
LEARNED = Step(
    "lesson",
    gettext_lazy("Is there a lesson in it?"),
    LearnedForm,
    name=gettext_lazy("a lesson"),
    hint=gettext_lazy(
        "Only if there is one. You’ll see it next time you decide something in this area."
    ),
    example=gettext_lazy("If I’m asked on the spot, then I say “I’ll answer tomorrow”"),
    **ORIGINALS,
)


def steps_of(row: DecisionReview) -> Sequence[Step]:
    """Without a prediction, the step about it is left out."""
    predicted = (PREDICTION,) if row.decision.prediction else ()
    return (PROCESS, *predicted, OUTCOME, LEARNED)


@dataclass(frozen=True)
class ReviewFlow(Flow):
    """Its addresses carry the decision's id, since a decision has one review. It can be corrected
    for a week."""

    def address(self, row: Any, slug: str) -> str:
        return reverse("decisions:review", args=[row.decision_id, slug])

    def is_open(self, row: Any) -> bool:
        return not row.finished_at or row.is_correctable


REVIEW = ReviewFlow(
    model=DecisionReview,
    name=gettext_lazy("Looking back"),
    steps=steps_of,
    namespace="decisions",
    hue="p-dec",
    icon="dec",
    sentence_label=gettext_lazy("Your question"),
    done=gettext_lazy("Review saved."),
    check=Step(
        CHECK,
        gettext_lazy("Check your answers"),
        CheckForm,
        template="decisions/review_check.html",
    ),
)


def get_or_new_review(decision: Decision, *, page_was_new: bool) -> DecisionReview:
    """The review of a decision. `page_was_new`: the page was rendered before there was one."""
    review = decision.reviews.first()
    if review is None or (page_was_new and not review.finished_at):
        return DecisionReview.for_decision(decision)
    review.decision = decision
    return review
