from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from journal.scheduled_exports import keys
from journal.scheduled_exports.models import SUNDAY, ExportSchedule

CHANGED_ELSEWHERE = _("This was changed somewhere else in the meantime. Save again to use yours.")


class ScheduleForm(forms.Form):
    """What is pasted as `key` may be a secret one by mistake: it comes back into no page then, and
    its name keeps it out of every page that gives back or holds a form (people/resubmit.py). A key
    that the page has just made comes as `made`, its public half alone, which may be held."""

    fields: dict[str, Any]
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=ExportSchedule.Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the two."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day of the week?"),
        help_text=_("Only for every week."),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose a day of the week.")},
    )
    key = forms.CharField(
        label=_("Your public key"),
        help_text=_("A key of age. It begins with age1."),
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, schedule: ExportSchedule, data: QueryDict | None = None) -> None:
        self._schedule, self._is_secret = schedule, False
        if data is not None:
            pasted = data.get("made") or data.get("key", "")
            self._is_secret = keys.is_secret(pasted)
            data = data.copy()
            data["key"] = "" if self._is_secret else pasted
        initial = {"rhythm": schedule.rhythm, "weekday": schedule.weekday}
        initial |= {"key": schedule.recipient, "version": self._version}
        super().__init__(data, initial=initial)

    @property
    def _version(self) -> int:
        return 0 if self._schedule._state.adding else self._schedule.version

    @property
    def makes_a_key(self) -> bool:
        return "make" in self.data

    def clean_weekday(self) -> int:
        day = self.cleaned_data["weekday"]
        return SUNDAY if day is None else int(day)

    def clean_key(self) -> str:
        if self.makes_a_key:
            return ""
        if self._is_secret:
            raise ValidationError(keys.SECRET_PASTED)
        return keys.public_key(self.cleaned_data["key"])

    def refuse_overwriting(self) -> bool:
        """Whether the schedule was changed since the page was made. Sent again, the form wins."""
        if self.cleaned_data["version"] in (None, self._version):
            return False
        self.data = {**self.data, "key": self.cleaned_data["key"], "version": self._version}
        self.add_error(None, CHANGED_ELSEWHERE)
        return True

    def save(self) -> None:
        row, given = self._schedule, self.cleaned_data
        row.rhythm, row.weekday, row.recipient = given["rhythm"], given["weekday"], given["key"]
        row.begin()
        row.save()
