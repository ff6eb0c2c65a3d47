"""The small form of each question of the review."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.decisions.fields import YesNo
from journal.decisions.models import DecisionReview
from journal.decisions.models.review_answers import SHAKY, SOUND
from journal.guide.steps import Answer, StepForm

Result = DecisionReview.PredictionResult
TOO_EARLY = "too_early"


class ReviewForm(StepForm):
    """A decision has one review, so its id is known, whatever the form posts."""

    def clean_id(self) -> Any:
        return self.instance.pk


class ProcessForm(ReviewForm):
    process_sound_now = YesNo(
        label=DecisionReview._meta.get_field("process_sound_now").verbose_name,
        help_text=gettext_lazy("Think of what you knew then, not of what you know now."),
        yes=SOUND,
        no=SHAKY,
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
            yield Answer(_("The way you decided"), row.process_text)


class PredictionResultForm(ReviewForm):
    """ "Too early" is no result: it leads to the page that asks for another day."""

    class Meta:
        model = DecisionReview
        fields = ("prediction_result",)
        widgets = {"prediction_result": forms.RadioSelect(attrs={"row": True})}
        error_messages = {"prediction_result": {"required": gettext_lazy("Choose one.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made: list[Any] = [one for one in Result.choices if one[0] != Result.NONE_MADE]
        if not self.instance.finished_at:
            made.append((TOO_EARLY, _("It’s too early to say")))
        self.fields["prediction_result"].choices = made

    @property
    def is_too_early(self) -> bool:
        return self.data.get("prediction_result") == TOO_EARLY and not self.instance.finished_at

    def clean_prediction_result(self) -> str:
        return "" if self.is_too_early else self.cleaned_data["prediction_result"]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | (
            {"prediction_result"} if self.is_too_early else set()
        )

    def save_step(self) -> Any:
        if self.is_too_early and not self.lenient:
            decision = self.instance.decision_id
            self.leaves_to = reverse("decisions:review-later", args=[decision])
        return super().save_step()


class OutcomeForm(ReviewForm):
    class Meta:
        model = DecisionReview
        fields = ("outcome_quality", "outcome", "luck")
        widgets = {"outcome_quality": forms.RadioSelect(attrs={"row": True})}
        error_messages = {
            "outcome_quality": {"required": gettext_lazy("Choose how it turned out.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quality: Any = self.fields["outcome_quality"]
        quality.choices = DecisionReview.OutcomeQuality.choices


class LearnedForm(ReviewForm):
    class Meta:
        model = DecisionReview
        fields = ("learned", "if_situation", "then_action")
        help_texts = {
            "if_situation": gettext_lazy(
                "Describe the moment just before it, so you’ll recognise it."
            ),
            "then_action": gettext_lazy("Make it easy to do when you’re tired."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.finished_at:  # its lesson is a row of its own now
            del self.fields["if_situation"], self.fields["then_action"]

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
