"""Days in models and forms: a day up to today, or a day to come.

The model says once which kind of day a column holds; every form of it then checks the day alike. A
day that the row holds already is never checked again, whatever changed meanwhile: the time zone,
the hour at which days start, or the date.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.date_validators import a_day_so_far, a_day_to_come
from journal.people.models import User

OPENED = timedelta(days=3)  # the farthest from today that a page left open, or a journey, can be


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def owner_of(form: Any) -> User:
    owner: User = form.instance.owner
    return owner


class SuggestingField(forms.BoundField):
    """Renders the value that the page suggested along with the input, hidden."""

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> Any:
        shown = super().as_widget(widget, attrs, only_initial)
        if only_initial or (widget or self.field.widget).is_hidden:
            return shown
        return format_html("{}{}", shown, self.as_hidden(only_initial=True))


class CheckedOnChange:
    """A form field that checks a value by its `rule` only where it differs from the one held: the
    value in the row, or the one that its page suggests.

    `person` returns the person whose calendar counts, from the form.
    """

    def __init__(
        self,
        *,
        rule: Callable[..., object],
        person: Callable[[Any], User] = owner_of,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.rule, self.person = rule, person

    def _clean_bound_field(self, bound: Any) -> Any:
        """Django's hook that knows the form as well as the value, as for files."""
        for held in (getattr(bound.form.instance, bound.name), bound.initial):
            if held and self._says(held, bound.data):
                return held
        value = super()._clean_bound_field(bound)  # type: ignore[misc]  # private to Django
        if value is not None and not self.was_suggested(bound, value):
            self.rule(self.person(bound.form), value)
        return value

    def was_suggested(self, bound: Any, value: Any) -> bool:
        return False

    def _says(self: Any, held: Any, typed: Any) -> bool:
        """Whether the text is the one in which the page shows this value, which may say less: an
        input has no seconds, and says nothing of which of two equal hours it means."""
        shown = self.widget.format_value(self.prepare_value(held))
        return typed == shown or not self.has_changed(held, typed)


class DayField(CheckedOnChange, forms.DateField):
    """`blank_is_none` False: a form that accepts missing answers takes the day held, or today."""

    widget = DateInput
    bound_field_class = SuggestingField
    default_error_messages = {"invalid": _("Enter a date, for example 2026-11-19.")}

    def __init__(self, *, blank_is_none: bool = True, **more: Any) -> None:
        super().__init__(**more)
        self.blank_is_none = blank_is_none

    def _clean_bound_field(self, bound: Any) -> date | None:
        day: date | None = super()._clean_bound_field(bound)
        if day or self.blank_is_none:
            return day
        return bound.initial or clock.today(self.person(bound.form))

    def was_suggested(self, bound: Any, value: date) -> bool:
        """Whether the page suggested this day when it was opened. A page could say anything, so the
        day has to be near."""
        is_near = abs(value - clock.today(self.person(bound.form))) <= OPENED
        return is_near and bound.form.data.get(bound.html_initial_name) == bound.data


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class MomentField(CheckedOnChange, forms.DateTimeField):
    widget = MomentInput


class DayColumn(models.DateField):
    """A date column whose forms use DayField; migrations know it as a DateField."""

    rule: Callable[[User, date], object]

    def formfield(self, **kwargs: Any) -> Any:
        given: dict[str, Any] = {
            "form_class": DayField,
            "rule": self.rule,
            "blank_is_none": self.null,
        }
        return super().formfield(**given | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class DaySoFarField(DayColumn):
    """A day up to today."""

    rule = staticmethod(a_day_so_far)


class DayToComeField(DayColumn):
    """A day to come: today at the earliest, or `after` days from today."""

    def __init__(self, *args: Any, after: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = partial(a_day_to_come, after=after)


class MomentToComeField(models.DateTimeField):
    """A moment to come, as `rule` says; its forms use MomentField."""

    def __init__(self, *args: Any, rule: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MomentField, "rule": self.rule} | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs
