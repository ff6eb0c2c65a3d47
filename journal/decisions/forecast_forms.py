"""The forms of a plain forecast and of what became of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.decisions.models import Forecast
from journal.guide.steps import StepForm


class ForecastForm(StepForm):
    class Meta:
        model = Forecast
        fields = ("question", "chance", "due_on")
        error_messages = {
            "question": {"required": _("Write what will happen.")},
            "chance": {"required": _("Enter a number from 1 to 99.")},
            "due_on": {"required": _("Enter the day on which you’ll know.")},
        }


class ResultForm(forms.Form):
    """The button pressed."""

    result = forms.ChoiceField(choices=Forecast.Result.choices)
