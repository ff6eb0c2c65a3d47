"""The small form of each question of "Make informed decisions"; options have option_forms.py."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.decisions.fields import YesNo
from journal.decisions.models import (
    AFTER_PREDICTION,
    CERTAIN,
    KNOWN_ON,
    Decision,
    Option,
    in_a_day,
)
from journal.guide.steps import Answer, OutOfTen, StepForm
from journal.people.areas import Area
from journal.people.percent import percent


class QuestionForm(StepForm):
    class Meta:
        model = Decision
        fields = ("question", "area", "deadline")
        widgets = {"area": forms.RadioSelect(attrs={"row": True})}
        help_texts = {"deadline": gettext_lazy("Optional. Leave it empty if there’s no deadline.")}
        error_messages = {
            "question": {"required": gettext_lazy("Write a few words about what you’re deciding.")},
            "area": {
                "required": gettext_lazy("Choose an area. If none fits, choose “Something else”.")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = Area.choices


class StateForm(StepForm):
    feeling_intensity = OutOfTen(
        label=Decision._meta.get_field("feeling_intensity").verbose_name, required=False
    )

    class Meta:
        model = Decision
        fields = ("feelings", "feeling_intensity")


class InformationForm(StepForm):
    class Meta:
        model = Decision
        fields = ("info_have", "info_missing", "good_enough")


class DistanceForm(StepForm):
    class Meta:
        model = Decision
        fields = ("distance_note",)


class PremortemForm(StepForm):
    class Meta:
        model = Decision
        fields = ("premortem",)


class CoolOffForm(StepForm):
    """A suggestion only: it never blocks the flow."""

    extra_fields = ("state",)

    class Meta:
        model = Decision
        fields = ("cooling_off_until",)
        help_texts = {"cooling_off_until": gettext_lazy("You can still choose earlier.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if not self.is_bound and not row.cooling_off_until and row.suggests_waiting():
            self.initial["cooling_off_until"] = in_a_day()

    def save_step(self) -> Any:
        if self.instance.state != Decision.State.DROPPED:
            self.instance.state = self.instance.open_state()
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.cooling_off_until:
            until = timezone.localtime(row.cooling_off_until)
            yield Answer(_("Wait until"), date_format(until, "l j F, H:i"))


class ReadyForm(StepForm):
    """An honest yes: three questions, none of them needed in order to decide."""

    process_sound_then = YesNo(
        label=Decision._meta.get_field("process_sound_then").verbose_name,
        yes=gettext_lazy("It’s sound"),
        no=gettext_lazy("It’s shaky"),
        required=False,
    )
    feeling_now = OutOfTen(
        label=Decision._meta.get_field("feeling_now").verbose_name, required=False
    )

    class Meta:
        model = Decision
        fields = ("honest_yes", "process_sound_then", "feeling_now")
        widgets = {"honest_yes": forms.RadioSelect(attrs={"row": True})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["honest_yes"].choices = Decision.HonestYes.choices

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.honest_yes:
            yield Answer(_("The same if nobody were waiting"), row.get_honest_yes_display())
        if row.process_sound_then is not None:
            sound = _("It’s sound") if row.process_sound_then else _("It’s shaky")
            yield Answer(_("The way you’re deciding"), sound)
        if row.feeling_now is not None:
            yield Answer(_("The feeling now, 0 to 10"), row.feeling_now)


class ChoiceForm(StepForm):
    class Meta:
        model = Decision
        fields = ("chosen_option", "reasons")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = gettext_lazy("Choose one of your options.")
        field: Any = forms.ModelChoiceField(
            self.instance.options.all(),
            label=gettext_lazy("What do you choose?"),
            empty_label=None,
            widget=forms.RadioSelect(attrs={"own": True}),
            required=not self.lenient,
            blank=False,
            error_messages={"required": one, "invalid_choice": one},
        )
        field.label_from_instance = lambda option: option.name
        self.fields["chosen_option"] = field
        self.order_fields(["chosen_option", "reasons"])

    def clean_chosen_option(self) -> Option | None:
        if len(set(self.data.getlist("chosen_option"))) > 1:
            raise ValidationError(_("Choose only one option."))
        return self.cleaned_data["chosen_option"]

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.chosen_option_id:
            yield Answer(_("You choose"), row.chosen_option.name, own=True)
        if row.reasons:
            yield Answer(_("Because"), row.reasons, own=True)


class PredictionForm(StepForm):
    confidence = forms.IntegerField(
        label=Decision._meta.get_field("confidence").verbose_name,
        help_text=gettext_lazy("From 1 to 99. 50 means you can’t tell."),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": CERTAIN, "max_value": CERTAIN, "invalid": CERTAIN},
    )

    class Meta:
        model = Decision
        fields = ("prediction", "prediction_on", "confidence")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        prediction, confidence = cleaned.get("prediction"), cleaned.get("confidence")
        known_on = cleaned.get("prediction_on")
        if self.lenient or self.errors:
            return cleaned
        if prediction and not known_on:
            self.add_error("prediction_on", KNOWN_ON)
        if prediction and confidence is None:
            self.add_error("confidence", _("Enter how sure you are, from 1 to 99."))
        if not prediction and (known_on or confidence is not None):
            self.add_error("prediction", _("Write what you think will happen, or leave all empty."))
        return cleaned

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.prediction:
            yield Answer(_("Prediction"), row.prediction, own=True)
        if row.prediction_on:
            yield Answer(_("You’ll know on"), date_format(row.prediction_on, "j F Y"))
        if row.confidence is not None:
            yield Answer(_("How sure"), percent(row.confidence))


class ReviewDateForm(StepForm):
    class Meta:
        model = Decision
        fields = ("review_on",)
        error_messages = {"review_on": {"required": gettext_lazy("Choose a day in the future.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.instance.review_on:
            self.initial["review_on"] = self.instance.prediction_on or self.instance.next_review()

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if self.instance.is_before_prediction(day):
            raise ValidationError(AFTER_PREDICTION)
        return day


class CheckForm(StepForm):
    class Meta:
        model = Decision
        fields = ()
