"""A form that compares its typed values with the stored row, field by field."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from journal.languages.lists import beside
from journal.privacy.fields import WordsInput


@dataclass(frozen=True)
class Difference:
    """A field in which the form and the row differ, formatted for the page."""

    name: str
    label: str | Promise
    typed: str
    stored: str
    own: bool  # the person's words


class ComparingForm(forms.ModelForm):
    """The caller locks the row, so that the comparison still holds when the form saves."""

    fields: dict[str, Any]  # the field classes differ by form
    data: Any  # a QueryDict, or a dict
    NOT_COMPARED: tuple[str, ...] = ("id", "version")
    elsewhere: tuple[Difference, ...] = ()  # shown by parts/_errors.html

    def changed_elsewhere(self, text: Any) -> None:
        """Adds an error and the differences, and sets the stored version: posting the form again
        overwrites the row."""
        self.elsewhere = tuple(self.differences())
        self.data = self.data.copy()
        self.data["version"] = str(self.instance.version)
        self.add_error(None, text)

    def differences(self) -> list[Difference]:
        return [
            Difference(
                name=name,
                label=field.label or name,
                typed=self.as_text(name, self.typed_value(name)),
                stored=self.as_text(name, self.stored_value(name)),
                own=isinstance(field, WordsInput),
            )
            for name, field in self.compared_fields().items()
            if self.differs(name)
        ]

    def compared_fields(self) -> dict[str, forms.Field]:
        return {
            name: one
            for name, one in self.fields.items()
            if name not in self.NOT_COMPARED and not one.disabled
        }

    def differs(self, name: str) -> bool:
        return self.stored_value(name) != self.typed_value(name)

    def stored_value(self, name: str) -> Any:
        return self._as_sent(name, self.get_initial_for_field(self.fields[name], name))

    def typed_value(self, name: str) -> Any:
        widget, key = self.fields[name].widget, self.add_prefix(name)
        return self._as_sent(name, widget.value_from_datadict(self.data, self.files, key))

    def _as_sent(self, name: str, value: Any) -> Any:
        """The value as a browser posts it: text, or a sorted list of texts."""
        field = self.fields[name]
        # A form may ignore a field that another answer made irrelevant, whatever was typed in it.
        with suppress(ValidationError):
            value = field.to_python(value)
        value = field.prepare_value(value)
        if isinstance(value, (list, tuple)):
            return sorted(str(one) for one in value)
        return "" if value in (None, False) else str(value)

    def as_text(self, name: str, value: Any) -> str:
        """The value formatted for the page."""
        field: Any = self.fields[name]
        if not value:
            return _("None")
        if isinstance(field, forms.DateField):
            with suppress(ValueError):
                return date_format(date.fromisoformat(value))
        if isinstance(field, forms.TimeField):
            return value[:5]  # without its seconds
        if choices := getattr(field, "choices", None):
            labels: dict[Any, Any] = dict(flatten_choices(choices))
            texts = {str(key): str(label) for key, label in labels.items()}
            chosen = [value] if isinstance(value, str) else value
            return beside(texts.get(one, one) for one in chosen)
        return _("Yes") if isinstance(field, forms.BooleanField) else value
