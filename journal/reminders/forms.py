"""The form of the reminders page: a line for each kind and each promise, and what holds for all."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.promises.models import Promise
from journal.reminders.models import (
    DEFAULT_TIMES,
    MOST_A_DAY,
    SUNDAY,
    Kind,
    Reminder,
    ReminderPreference,
)

HINTS = {
    Kind.DAILY: _("Two minutes, on Today."),
    Kind.WEEK: _("Fifteen minutes, once your week is over."),
    Kind.DUE: _("On the day you chose for looking back or following up."),
    Kind.COACH: _("When your coach has suggested something."),
}


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ReminderForm(forms.ModelForm):
    """One line: by email, by notification or neither, and at which local time."""

    class Meta:
        model = Reminder
        fields = ("by_mail", "by_push", "at", "weekday")
        widgets = {"at": TimeInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.fields["at"].required = False
        self.fields["at"].error_messages["invalid"] = _("Enter a time, for example 20:30.")
        if row.kind == Kind.WEEK:
            self.fields["weekday"] = forms.TypedChoiceField(
                label=_("On"),
                choices=list(WEEKDAYS.items()),
                coerce=int,
                initial=SUNDAY,
                required=False,
                empty_value=None,
                error_messages={"invalid_choice": _("Choose a day of the week.")},
            )
        else:
            del self.fields["weekday"]

    @property
    def hint(self) -> Any:
        return HINTS.get(Kind(self.instance.kind), "")

    def clean_weekday(self) -> int:
        day = self.cleaned_data["weekday"]
        return SUNDAY if day is None else int(day)

    def clean_at(self) -> Any:
        """An emptied time is the usual one of its kind: a line without a tick needs none."""
        return self.cleaned_data["at"] or DEFAULT_TIMES[Kind(self.instance.kind)]


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = ReminderPreference
        fields = ("quiet_from", "quiet_until", "most_a_day", "wording", "sender_name")
        widgets = {
            "quiet_from": TimeInput,
            "quiet_until": TimeInput,
            "wording": forms.RadioSelect,
        }
        help_texts = {
            "sender_name": _("In your inbox and your calendar. Empty, it is “Notes”."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["most_a_day"] = forms.TypedChoiceField(
            label=_("How many a day, at most?"),
            choices=[(n, str(n)) for n in range(1, MOST_A_DAY + 1)],
            coerce=int,
            error_messages={"invalid_choice": _("Choose from 1 to 5.")},
        )
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].error_messages["invalid"] = _("Enter a time, for example 22:00.")

    def clean_sender_name(self) -> str:
        """In one line, since it stands in the head of a mail."""
        return " ".join(self.cleaned_data["sender_name"].split())


class PauseForm(forms.ModelForm):
    class Meta:
        model = ReminderPreference
        fields = ("paused_until",)


class RemindersForm:
    """All lines of a person, with what holds for all of them; valid only as a whole."""

    def __init__(self, person: User, preference: ReminderPreference, data: Any = None) -> None:
        self.person = person
        self.preference = PreferenceForm(data, instance=preference)
        self.lines = [
            ReminderForm(data, instance=row, prefix=row.kind)
            for row in self._rows([(kind, None) for kind in Kind if kind != Kind.PROMISE])
        ]
        active = person.promises.active().order_by("id")
        self.promises = [
            ReminderForm(data, instance=row, prefix=f"promise-{row.promise_id}")
            for row in self._rows([(Kind.PROMISE, promise) for promise in active])
        ]

    def _rows(self, wanted: Iterable[tuple[Kind, Promise | None]]) -> list[Reminder]:
        wanted = list(wanted)
        kinds = {kind for kind, _promise in wanted}
        stored = {
            (Kind(row.kind), row.promise_id): row
            for row in Reminder.objects.filter(owner=self.person, kind__in=kinds)
        }
        rows = []
        for kind, promise in wanted:
            row = stored.get((kind, promise.pk if promise else None))
            row = row or Reminder(owner=self.person, kind=kind, at=DEFAULT_TIMES[kind])
            row.owner, row.promise = self.person, promise
            rows.append(row)
        return rows

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self.forms)

    def __iter__(self) -> Iterator[forms.BoundField]:
        """All fields, for the summary of errors."""
        return (field for form in self.forms for field in form)

    @property
    def forms(self) -> list[forms.ModelForm]:
        return [*self.lines, *self.promises, self.preference]

    def is_valid(self) -> bool:
        checked = [form.is_valid() for form in self.forms]  # all of them, so that all errors show
        return all(checked)

    def save(self, origin: str) -> None:
        """Stores the lines that differ from what is stored, and plans them. The caller holds the
        person's lock, so two tabs make one row of each kind."""
        for form in (*self.lines, *self.promises):
            row = form.instance
            if row._state.adding and not row.is_on:
                continue
            row.plan()
            row.save()
        preference = self.preference.instance
        preference.origin = origin
        preference.save()  # last, since sending locks a reminder and then this row
