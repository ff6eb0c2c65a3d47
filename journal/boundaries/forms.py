"""Forms for telling, crossings, reviews and retiring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import AreaFeeling, Boundary, Channel, Crossing, Rehearsal, Telling
from journal.boundaries.related_lessons import lessons_at
from journal.boundaries.step_forms import ScriptForm
from journal.guide.steps import StepForm
from journal.lessons.related_form import LessonsForm
from journal.people.areas import Area
from journal.privacy.fields import WordsInput

Result = Crossing.Result


class TellingForm(StepForm):
    class Meta:
        model = Telling
        fields = ("told_to", "told_on", "channel", "reaction", "how_it_was")
        widgets = {
            "how_it_was": forms.RadioSelect(attrs={"row": True}),
            "channel": forms.RadioSelect(attrs={"row": True}),
            "reaction": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = Channel.choices
        self.fields["how_it_was"].choices = Telling.HowItWas.choices


class CrossingForm(LessonsForm):
    """Four short answers. If it was not safe to act, the form asks nothing more and keeps only what
    the person wrote about the event itself."""

    extra_fields = ("follow_up_done_at",)
    saves_partially = True

    class Meta:
        model = Crossing
        fields = (
            "what_happened",
            "occurred_on",
            "was_clear",
            "response",
            "result",
            "follow_up",
            "follow_up_on",
        )
        widgets = {
            "what_happened": forms.Textarea(attrs={"rows": 2}),
            "was_clear": forms.RadioSelect(attrs={"row": True}),
            "response": forms.Textarea(attrs={"rows": 2}),
            "result": forms.RadioSelect(attrs={"row": True}),
            "follow_up": forms.Textarea(attrs={"rows": 1}),
        }
        help_texts = {
            "what_happened": _("For example: called at 22:10."),
            "response": _("For example: let it ring."),
            "follow_up": _("For example: remind Sam."),
        }
        error_messages = {
            "result": {
                "required": _("Choose one. If you’re not sure, “I haven’t decided yet” is fine.")
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["was_clear"].choices = Crossing.Clear.choices
        self.fields["result"].choices = Result.choices
        self.fields["what_happened"].required = False  # `clean` decides whether it is required
        self.add_lessons(lessons_at(self.instance, self.answered))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("result") == Result.UNSAFE_TO_ACT:
            cleaned["follow_up"], cleaned["follow_up_on"] = "", None
            self.lessons = []
            self.errors.pop("follow_up_on", None)
            self.errors.pop("follow_up", None)
        elif self.lenient:  # the person left ("too much"); the form keeps what is there, undecided
            cleaned["result"] = cleaned.get("result") or Result.UNDECIDED
        elif not cleaned.get("what_happened") and "what_happened" not in self.errors:
            self.add_error("what_happened", _("Write a few words about what happened."))
        alone = cleaned.get("follow_up_on") and not cleaned.get("follow_up")
        if alone and "follow_up" not in self.errors:
            self.add_error("follow_up", _("Write what comes next, or leave the day empty."))
        return cleaned

    def save_step(self) -> Any:
        if not self.instance.follow_up:
            self.instance.follow_up_done_at = None
        kept = super().save_step()
        if kept is self.instance:
            self.save_lessons(kept, kept.occurred_on)
        return kept


class RenewForm(ScriptForm):
    """The next script, written after a crossing."""

    class Meta:
        model = Boundary
        fields = Boundary.SCRIPT


class ReviewForm(StepForm):
    class Meta:
        model = Boundary
        fields = ("review_on",)
        labels = {"review_on": _("Ask again on")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["review_on"] = self.instance.next_review()


class RetireForm(StepForm):
    class Meta:
        model = Boundary
        fields = ("retire_reason",)
        help_texts = {"retire_reason": _("Optional. A note you may be glad of later.")}


class FeelingForm(forms.Form):
    feeling = forms.ChoiceField(choices=[("", ""), *AreaFeeling.Feeling.choices], required=False)


class StartForm(forms.Form):
    """What the address of a new row may say beforehand."""

    area = forms.ChoiceField(choices=Area.choices, required=False)
    on = forms.DateField(required=False)


class BeginForm(StepForm):
    """Has no fields but the id of the new rehearsal."""

    class Meta:
        model = Rehearsal
        fields = ()


class TurnForm(forms.Form):
    """One turn of a rehearsal: the button says how the person answered, the words are optional."""

    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=9)
    reply = WordsInput(
        label=_("Your turn"),
        help_text=_("Say it out loud first. Write it down only if you’d like to keep it."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RehearsalForm(StepForm):
    class Meta:
        model = Rehearsal
        fields = ("body", "went")
        widgets = {
            "body": forms.RadioSelect(attrs={"row": True}),
            "went": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = Rehearsal.Body.choices
