"""Answers that several questions ask for: a day to come, yes or no, 0 to 10."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journal.decisions.models import Decision
from journal.people import clock

AHEAD = timedelta(days=5 * 365)


def a_day_to_come(row: Decision, day: date | None, *, name: str, after: int = 0) -> date | None:
    """As it was, or so many days from today on, and near enough to be meant."""
    today = clock.today(row.owner)
    if day is None or day == getattr(row, name):
        return day
    if day < today + timedelta(days=after):
        raise ValidationError(_("That day is over. Choose a day to come."))
    if day > today + AHEAD:
        raise ValidationError(_("Choose a day within the next five years."))
    return day


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not answered."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            empty_value=None,  # type: ignore[arg-type]
            widget=forms.RadioSelect(attrs={"row": True}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
