"""Looking back, step by step: the way it was decided first, and only then what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.decisions.fields import YesNo
from journal.decisions.models import Decision, DecisionReview
from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Answer, Step, StepForm

Result = DecisionReview.PredictionResult


class ReviewForm(StepForm):
    """There is one review of a decision, so its id is known, whatever was posted."""

    def clean_id(self) -> Any:
        return self.instance.pk


class ProcessForm(ReviewForm):
    process_sound_now = YesNo(
        label=DecisionReview._meta.get_field("process_sound_now").verbose_name,
        help_text=gettext_lazy("Given what you knew then, not what you know now."),
        yes=gettext_lazy("Sound"),
        no=gettext_lazy("Shaky"),
        error_messages={
            "required": gettext_lazy("Sound or shaky? Either is worth knowing."),
            "invalid_choice": gettext_lazy("Sound or shaky?"),
        },
    )

    class Meta:
        model = DecisionReview
        fields = ("process_sound_now",)

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.process_sound_now is not None:
            text = _("Sound") if row.process_sound_now else _("Shaky")
            yield Answer(_("The way I decided"), text)


class PredictionResultForm(ReviewForm):
    class Meta:
        model = DecisionReview
        fields = ("prediction_result",)
        widgets = {"prediction_result": forms.RadioSelect(attrs={"row": True})}
        error_messages = {"prediction_result": {"required": gettext_lazy("Choose one.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = [one for one in Result.choices if one[0] != Result.NONE_MADE]
        self.fields["prediction_result"].choices = made


class OutcomeForm(ReviewForm):
    class Meta:
        model = DecisionReview
        fields = ("outcome_quality", "outcome", "luck")
        widgets = {"outcome_quality": forms.RadioSelect(attrs={"row": True})}
        error_messages = {"outcome_quality": {"required": gettext_lazy("Well, badly or mixed?")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quality: Any = self.fields["outcome_quality"]
        quality.choices = DecisionReview.OutcomeQuality.choices


class LearnedForm(ReviewForm):
    class Meta:
        model = DecisionReview
        fields = ("learned", "if_situation", "then_action")
        help_texts = {
            "if_situation": gettext_lazy("The moment just before, so that you can recognise it."),
            "then_action": gettext_lazy("Usable by a tired you."),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if self.lenient or self.errors:
            return cleaned
        if cleaned.get("if_situation") and not cleaned.get("then_action"):
            self.add_error("then_action", _("And what will you do then?"))
        if cleaned.get("then_action") and not cleaned.get("if_situation"):
            self.add_error("if_situation", _("When will you do it?"))
        return cleaned


class CheckForm(ReviewForm):
    class Meta:
        model = DecisionReview
        fields = ()


BESIDE: dict[str, Any] = {"aside": "decisions/_originals.html"}
PROCESS = Step(
    "process",
    gettext_lazy("Was the way you decided sound, given what you knew?"),
    ProcessForm,
    name=gettext_lazy("the way you decided"),
    hint=gettext_lazy("First the deciding, apart from how it turned out."),
    required=True,
    **BESIDE,
)
PREDICTION = Step(
    "prediction",
    gettext_lazy("Did what you predicted come true?"),
    PredictionResultForm,
    name=gettext_lazy("the prediction"),
    hint=gettext_lazy("As you wrote it then, word for word."),
    required=True,
    **BESIDE,
)
OUTCOME = Step(
    "outcome",
    gettext_lazy("How did it turn out, and what was luck?"),
    OutcomeForm,
    name=gettext_lazy("outcome and luck"),
    hint=gettext_lazy("A good choice can turn out badly, and the other way round."),
    required=True,
    **BESIDE,
)
LEARNED = Step(
    "lesson",
    gettext_lazy("Is there a lesson in it?"),
    LearnedForm,
    name=gettext_lazy("a lesson"),
    hint=gettext_lazy("Only if there is one. It comes back when you decide in this area again."),
    example=gettext_lazy("If asked on the spot, then I say “I’ll answer tomorrow”"),
    **BESIDE,
)


def steps_of(row: DecisionReview) -> Sequence[Step]:
    """Where nothing was predicted, nothing is asked about it."""
    predicted = (PREDICTION,) if row.decision.prediction else ()
    return (PROCESS, *predicted, OUTCOME, LEARNED)


@dataclass(frozen=True)
class ReviewFlow(Flow):
    """Its addresses carry the decision's id, since a decision has one review."""

    def address(self, row: Any, slug: str) -> str:
        return reverse("decisions:review", args=[row.decision_id, slug])


REVIEW = ReviewFlow(
    model=DecisionReview,
    name=gettext_lazy("Looking back"),
    steps=steps_of,
    namespace="decisions",
    hue="p-dec",
    icon="dec",
    sentence_label=gettext_lazy("Your question"),
    done=gettext_lazy("Looked back on."),
    check=Step(
        CHECK,
        gettext_lazy("Check your answers"),
        CheckForm,
        template="decisions/review_check.html",
    ),
)


def begun_or_new(decision: Decision, *, anew: bool) -> DecisionReview:
    """The review of a decision. `anew`: what is sent is from a page made before there was one."""
    review_draft = decision.reviews.first()
    if review_draft is None or (anew and not review_draft.finished_at):
        return DecisionReview.for_decision(decision)
    review_draft.decision = decision
    return review_draft
