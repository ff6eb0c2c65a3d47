"""The form of later thoughts."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.decisions.models import AFTER_PREDICTION, REVIEW_AFTER, Addendum, Decision
from journal.guide.steps import StepForm
from journal.people import clock
from journal.people.date_validators import a_day_to_come
from journal.people.day_fields import DateInput
from journal.people.models import User


class AddendumForm(StepForm):
    class Meta:
        model = Addendum
        fields = ("thought",)
        error_messages = {"thought": {"required": _("Write a few words, or cancel.")}}


class LaterForm(forms.Form):
    """The day on which to ask again, for what it is too early to say."""

    ask_on = forms.DateField(
        label=_("Ask me again on"),
        widget=DateInput,
        error_messages={
            "required": _("Enter a date in the future."),
            "invalid": _("Enter a date, for example 2026-11-19."),
        },
    )

    def __init__(self, person: User, *args: Any, decision: Decision | None = None) -> None:
        in_a_month = clock.today(person) + REVIEW_AFTER
        earliest = (decision and decision.prediction_on) or in_a_month
        super().__init__(*args)
        self.initial["ask_on"] = max(earliest, in_a_month)
        self.person, self.decision = person, decision

    def said(self) -> str:
        day = date_format(self.cleaned_data["ask_on"], "j F Y")
        return gettext("We’ll ask again on %(day)s.") % {"day": day}

    def clean_ask_on(self) -> date:
        day: date = self.cleaned_data["ask_on"]
        a_day_to_come(self.person, day, after=1)
        if self.decision and self.decision.is_before_prediction(day):
            raise ValidationError(AFTER_PREDICTION)
        return day
