"""The questions of "Make informed decisions", in the order they are asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.decisions.fields import YesNo
from journal.decisions.models import CERTAIN, STRONG, Decision, in_a_day
from journal.decisions.option_forms import OptionsForm, ValuesForm, WeighForm
from journal.decisions.parts import Option
from journal.decisions.related_lessons import lessons_beside
from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Answer, DateInput, OutOfTen, Step, StepForm
from journal.people.areas import Area
from journal.people.date_validators import a_day_to_come

LONGEST_WAIT = timedelta(days=365)


class QuestionForm(StepForm):
    class Meta:
        model = Decision
        fields = ("question", "area", "deadline")
        widgets = {"area": forms.RadioSelect(attrs={"row": True}), "deadline": DateInput()}
        help_texts = {"deadline": gettext_lazy("Optional, if there is a day.")}
        error_messages = {
            "question": {"required": gettext_lazy("Say in a few words what it is about.")},
            "area": {"required": gettext_lazy("Choose one; the last one fits anything.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = Area.choices

    def clean_deadline(self) -> date | None:
        return a_day_to_come(
            self.instance.owner, self.cleaned_data["deadline"], stored=self.instance.deadline
        )


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
    """A suggestion at most: it holds nobody back."""

    extra_fields = ("state",)

    class Meta:
        model = Decision
        fields = ("cooling_off_until",)
        widgets = {
            "cooling_off_until": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        }
        help_texts = {"cooling_off_until": gettext_lazy("You can choose earlier at any time.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if not self.is_bound and not row.cooling_off_until and row.suggests_waiting():
            self.initial["cooling_off_until"] = in_a_day()

    def clean_cooling_off_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["cooling_off_until"]
        now = timezone.now()
        if until is None or until == self.instance.cooling_off_until:
            return until
        if until <= now:
            raise ValidationError(_("That time is over. Choose a later one, or leave it empty."))
        if until > now + LONGEST_WAIT:
            raise ValidationError(_("A year is the longest wait. Choose an earlier time."))
        return until

    def save_step(self) -> Any:
        if self.instance.state != Decision.State.DROPPED:
            self.instance.state = self.instance.open_state()
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.cooling_off_until:
            until = timezone.localtime(row.cooling_off_until)
            yield Answer(_("Wait until"), date_format(until, "l j F, H:i"))


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
            raise ValidationError(_("Only one of them. Which one comes first?"))
        return self.cleaned_data["chosen_option"]

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.chosen_option_id:
            yield Answer(_("I choose"), row.chosen_option.name, own=True)
        if row.reasons:
            yield Answer(_("Because"), row.reasons, own=True)


class PredictionForm(StepForm):
    confidence = forms.IntegerField(
        label=Decision._meta.get_field("confidence").verbose_name,
        help_text=gettext_lazy("From 1 to 99. 50 means that you cannot tell."),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": CERTAIN, "max_value": CERTAIN, "invalid": CERTAIN},
    )

    class Meta:
        model = Decision
        fields = ("prediction", "confidence")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        prediction, confidence = cleaned.get("prediction"), cleaned.get("confidence")
        if self.lenient or self.errors:
            return cleaned
        if prediction and confidence is None:
            self.add_error("confidence", _("How sure are you? A number from 1 to 99."))
        elif confidence is not None and not prediction:
            self.add_error("prediction", _("Say what will happen, or leave both empty."))
        return cleaned

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.prediction:
            yield Answer(_("Prediction"), row.prediction, own=True)
        if row.confidence is not None:
            yield Answer(_("How sure"), _("%(n)s %%") % {"n": row.confidence})


class ReviewDateForm(StepForm):
    class Meta:
        model = Decision
        fields = ("review_on",)
        widgets = {"review_on": DateInput()}
        error_messages = {"review_on": {"required": gettext_lazy("Choose a day to come.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.instance.review_on:
            self.initial["review_on"] = self.instance.next_review()

    def clean_review_on(self) -> date | None:
        day = self.cleaned_data["review_on"]
        return a_day_to_come(self.instance.owner, day, stored=self.instance.review_on, after=1)


class CheckForm(StepForm):
    process_sound_then = YesNo(
        label=Decision._meta.get_field("process_sound_then").verbose_name,
        help_text=gettext_lazy("Optional. Think of how you decide, not of what comes of it."),
        yes=gettext_lazy("It is sound"),
        no=gettext_lazy("It is shaky"),
        required=False,
    )

    class Meta:
        model = Decision
        fields = ("process_sound_then",)


def with_lessons(row: Decision) -> dict[str, Any]:
    return {"lessons": lessons_beside(row)}


def why_wait(row: Decision) -> dict[str, Any]:
    strong = (row.feeling_intensity or 0) >= STRONG
    return {"strong": strong, "suggests": strong or row.suggests_waiting()}


BESIDE_LESSONS: dict[str, Any] = {
    "aside": "decisions/_related_lessons.html",
    "context": with_lessons,
}

STEPS = (
    Step(
        "question",
        gettext_lazy("What are you deciding?"),
        QuestionForm,
        name=gettext_lazy("the question"),
        hint=gettext_lazy("Ask it openly, and pick an area."),
        example=gettext_lazy("How shall I use Fridays?"),
        required=True,
    ),
    Step(
        "values",
        gettext_lazy("Which values are in play?"),
        ValuesForm,
        name=gettext_lazy("values"),
        hint=gettext_lazy("Up to three."),
        example=gettext_lazy("Family, craft"),
        template="decisions/values.html",
    ),
    Step(
        "state",
        gettext_lazy("How do you feel, how strongly?"),
        StateForm,
        name=gettext_lazy("how you feel"),
        hint=gettext_lazy("Tired and hungry count."),
        example=gettext_lazy("Excited, 8"),
        template="decisions/state.html",
    ),
    Step(
        "options",
        gettext_lazy("What could you do? At least two."),
        OptionsForm,
        name=gettext_lazy("options"),
        hint=gettext_lazy("If these vanished, what then?"),
        example=gettext_lazy("Study; freelance; rest"),
        required=True,
        template="decisions/options.html",
        **BESIDE_LESSONS,
    ),
    Step(
        "weigh",
        gettext_lazy("For each: gains, costs, consequences, undoable?"),
        WeighForm,
        name=gettext_lazy("weigh"),
        hint=gettext_lazy("Then what happens next?"),
        example=gettext_lazy("Less pay until May"),
        template="decisions/weigh.html",
        **BESIDE_LESSONS,
    ),
    Step(
        "information",
        gettext_lazy("What do you know? What is missing?"),
        InformationForm,
        name=gettext_lazy("information"),
        hint=gettext_lazy("Name what would be enough."),
        example=gettext_lazy("Ask two who did it"),
    ),
    Step(
        "distance",
        gettext_lazy("Ten days, months, years on? Advising a friend?"),
        DistanceForm,
        name=gettext_lazy("distance"),
        hint=gettext_lazy("Widen time, then perspective."),
        example=gettext_lazy("I’d value training"),
    ),
    Step(
        "premortem",
        gettext_lazy("It went badly. Why?"),
        PremortemForm,
        name=gettext_lazy("what could go badly"),
        hint=gettext_lazy("Imagine it already happened."),
        example=gettext_lazy("Never protected the day"),
    ),
    Step(
        "cool-off",
        gettext_lazy("Wait before choosing?"),
        CoolOffForm,
        name=gettext_lazy("cooling off"),
        hint=gettext_lazy("Suggested 24 hours if feeling ≥7 or one-way."),
        example=gettext_lazy("Thursday 18:00"),
        template="decisions/cool_off.html",
        context=why_wait,
    ),
    Step(
        "choice",
        gettext_lazy("What do you choose, and why?"),
        ChoiceForm,
        name=gettext_lazy("the choice"),
        hint=gettext_lazy("Future you will read this."),
        example=gettext_lazy("Study, because…"),
        required=True,
        template="decisions/choice.html",
        **BESIDE_LESSONS,
    ),
    Step(
        "prediction",
        gettext_lazy("What will happen, by when? How sure?"),
        PredictionForm,
        name=gettext_lazy("a prediction"),
        hint=gettext_lazy("Checkable yes/no; 50% means unsure."),
        example=gettext_lazy("Passed by June, 70%"),
    ),
    Step(
        "review-date",
        gettext_lazy("When will you look back?"),
        ReviewDateForm,
        name=gettext_lazy("looking back"),
        hint=gettext_lazy("Default 30 days."),
        example=gettext_lazy("1 June"),
        required=True,
    ),
)

FLOW = Flow(
    model=Decision,
    name=gettext_lazy("New decision"),
    steps=STEPS,
    namespace="decisions",
    hue="p-dec",
    icon="dec",
    sentence_label=gettext_lazy("Your question"),
    aside="decisions/_draft_summary.html",
    done=gettext_lazy("Decided. From here on it stays as you wrote it."),
    check=Step(
        CHECK,
        gettext_lazy("Check your answers"),
        CheckForm,
        template="decisions/check.html",
    ),
)
LESSON_STEPS = {step.slug: step for step in STEPS if step.context is with_lessons}
