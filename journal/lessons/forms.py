"""Forms for a lesson, for a use of one, for the answer on a day, and for the list's filters."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.guide.steps import StepForm
from journal.lessons.models import Lesson, LessonReturn, LessonUse
from journal.people import clock
from journal.people.areas import Area

CLEAR = "clear"


class LessonForm(StepForm):
    areas = forms.MultipleChoiceField(
        label=_("Where might this come up again?"),
        help_text=_("You’ll see it beside decisions and boundaries in these areas."),
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"row": True}),
        error_messages={
            "required": _("Choose at least one area."),
            "invalid_choice": _("Choose from these areas."),
        },
    )

    class Meta:
        model = Lesson
        fields = ("if_situation", "then_action", "areas")
        help_texts = {
            "if_situation": _("Describe the moment just before it, so you’ll recognise it."),
            "then_action": _("Make it easy to do when you’re tired."),
        }
        error_messages = {
            "if_situation": {"required": _("Write when it comes up.")},
            "then_action": {"required": _("Write what you will do then.")},
        }


class UseForm(StepForm):
    class Meta:
        model = LessonUse
        fields = ("used_on", "result", "note")
        widgets = {
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        error_messages = {
            "used_on": {"required": _("Enter the day it came up.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"] = forms.ChoiceField(
            label=_("How did it go?"),
            choices=LessonUse.Result.choices,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose how it went."),
                "invalid_choice": _("Choose how it went."),
            },
        )
        today = clock.today(self.instance.owner)
        self.fields["used_on"].widget.attrs["max"] = today.isoformat()


class ResultForm(forms.Form):
    result = forms.ChoiceField(choices=LessonUse.Result.choices)


class AnswerForm(forms.Form):
    """The answer to the lesson that came back. A page left open past midnight
    still sends its own day."""

    answer = forms.ChoiceField(choices=[*LessonReturn.Answer.choices, (CLEAR, "")])
    returned_on = forms.DateField(input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lesson = lesson

    def clean_returned_on(self) -> date:
        """A day that has an answer already takes another: after a journey west it is to come."""
        day: date = self.cleaned_data["returned_on"]
        today = clock.today(self.lesson.owner)
        if day in (today, today - timedelta(days=1)):
            return day
        if day > today and self.lesson.returns.filter(returned_on=day).exists():
            return day
        raise ValidationError(_("You can only answer for today or yesterday."))


class AreaForm(forms.Form):
    area = forms.ChoiceField(choices=Area.choices, required=False)

    def area_asked_for(self) -> str:
        """Empty for all areas and for an unknown one."""
        return self.cleaned_data["area"] if self.is_valid() else ""


class StartForm(forms.Form):
    """The origin of a new lesson: a starter, or the row it was learned from."""

    start = forms.IntegerField(required=False, min_value=1, max_value=10)
    from_kind = forms.CharField(required=False, max_length=20)
    from_id = forms.UUIDField(required=False)
