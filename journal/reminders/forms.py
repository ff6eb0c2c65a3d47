"""The form of the reminders page: a line for each kind and each promise, and what holds for all."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.languages.lists import colon
from journal.privacy.comparison import ComparingForm, Difference
from journal.promises.models import Promise
from journal.reminders import wording
from journal.reminders.models import (
    CHANNELS,
    DEFAULT_TIMES,
    MOST_A_DAY,
    SUNDAY,
    Kind,
    Reminder,
    ReminderPreference,
)
from journal.reminders.schedule import is_quiet

HINTS = {
    Kind.DAILY: _("Two minutes, on Today."),
    Kind.WEEK: _("When your week is ready to look back on."),
    Kind.DUE: _("Reviews, repairs, follow-ups and pauses, on the day you chose."),
    Kind.COACH: _(
        "What’s new, what you agreed on for a day, and a session the day before. If you coach, "
        "a new reply."
    ),
}
CHANGED_ELSEWHERE = _("This was changed somewhere else in the meantime. Save again to use yours.")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ReminderForm(ComparingForm):
    """One line: by which channels, at which local time and, for some kinds, on which days."""

    class Meta:
        model = Reminder
        fields = (*CHANNELS, "at", "weekday", "days")
        widgets = {"at": TimeInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.instance.kind
        self.fields["by_mail"].disabled = not settings.MAIL_WORKS  # what is stored stays as it is
        self.fields["at"].required = False
        self.fields["at"].error_messages["invalid"] = _("Enter a time, for example 20:30.")
        self.fields["weekday"] = forms.TypedChoiceField(
            label=pgettext_lazy("which days", "On"),
            choices=list(WEEKDAYS.items()),
            coerce=int,
            required=False,
            empty_value=None,
            error_messages={"invalid_choice": _("Choose a day of the week.")},
        )
        self.fields["days"].required = False
        self.fields["days"].error_messages["invalid_choice"] = _("Choose which days.")
        for name, its_kind in (("weekday", Kind.WEEK), ("days", Kind.DAILY)):
            if kind != its_kind:
                del self.fields[name]

    @property
    def title(self) -> str:
        row = self.instance
        return row.promise.statement if row.promise else str(row.get_kind_display())

    @property
    def hint(self) -> Any:
        return HINTS.get(Kind(self.instance.kind), "")

    @property
    def channels(self) -> list[BoundField]:
        return [self[name] for name in CHANNELS]

    @property
    def when(self) -> list[BoundField]:
        return [field for field in self if field.name not in CHANNELS]

    def clean_at(self) -> Any:
        """An emptied time is the usual one of its kind: a line without a tick needs none."""
        return self.cleaned_data["at"] or DEFAULT_TIMES[Kind(self.instance.kind)]

    def clean_weekday(self) -> int:
        day = self.cleaned_data["weekday"]
        return SUNDAY if day is None else int(day)

    def clean_days(self) -> str:
        return self.cleaned_data["days"] or Reminder.Days.EVERY_DAY

    def refuse_quiet(self, preference: ReminderPreference) -> None:
        """Nothing would ever come at such a time."""
        row = self.instance
        if row.is_on and is_quiet(preference.quiet_from, preference.quiet_until, row.at):
            text = _("This is in your quiet hours. Choose another time, or change them.")
            self.add_error("at", text)

    def store(self) -> None:
        """Plans and stores the line, unless it never was on."""
        row = self.instance
        if row._state.adding and not row.is_on:
            return
        row.plan()
        row.save()


class PreferenceForm(ComparingForm):
    class Meta:
        model = ReminderPreference
        fields = ("quiet_from", "quiet_until", "most_a_day", "wording", "sender_name")
        widgets = {
            "quiet_from": TimeInput,
            "quiet_until": TimeInput,
            "wording": forms.RadioSelect,
        }
        help_texts = {
            "sender_name": _("In your inbox and on lock screens. Empty, it is “Notes”."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["most_a_day"] = forms.TypedChoiceField(
            label=_("How many a day, at most?"),
            help_text=_("If more are due, the earliest of the day come."),
            choices=[(n, str(n)) for n in range(1, MOST_A_DAY + 1)],
            coerce=int,
            error_messages={"invalid_choice": _("Choose from 1 to 5.")},
        )
        self.fields["wording"].choices = wording.CHOICES
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].error_messages["invalid"] = _("Enter a time, for example 22:00.")

    def clean_sender_name(self) -> str:
        """In one line, since it stands in the head of an email."""
        return " ".join(self.cleaned_data["sender_name"].split())


class PauseForm(forms.ModelForm):
    class Meta:
        model = ReminderPreference
        fields = ("paused_until",)


class SeveralRemindersForm:
    """Some reminders of a person, valid and stored only as a whole. A page that is out of date
    shows both versions and is stored when it is sent again."""

    def __init__(
        self,
        preference: ReminderPreference,
        wanted: Iterable[tuple[Kind, Promise | None]],
        data: Any = None,
    ) -> None:
        self.person, self.data = preference.owner, data
        self.reminders = [
            ReminderForm(data, instance=row, prefix=_prefix(row))
            for row in self._rows(list(wanted))
        ]
        # Ticked in a file that was read in: nothing comes before the person has saved it here.
        self.waits_for_save = any(
            one.instance.is_on and one.instance.next_at is None for one in self.reminders
        )
        self.elsewhere: list[Difference] = []
        self.non_field_errors: list[Any] = []
        self._preference = preference

    @property
    def forms(self) -> list[ComparingForm]:
        return [*self.reminders]

    def _rows(self, wanted: list[tuple[Kind, Promise | None]]) -> list[Reminder]:
        stored = {
            (Kind(row.kind), row.promise_id): row
            for row in Reminder.objects.filter(
                owner=self.person, kind__in={kind for kind, _promise in wanted}
            )
        }
        rows = []
        for kind, promise in wanted:
            row = stored.get((kind, promise.pk if promise else None))
            row = row or Reminder(kind=kind, at=DEFAULT_TIMES[kind])
            if kind == Kind.WEEK and row.weekday is None:
                row.weekday = SUNDAY
            row.owner, row.promise = self.person, promise
            rows.append(row)
        return rows

    @property
    def errors(self) -> bool:
        return bool(self.non_field_errors) or any(form.errors for form in self.forms)

    def __iter__(self) -> Iterator[BoundField]:
        """All fields, for the summary of errors."""
        return (field for form in self.forms for field in form)

    @property
    def fingerprint(self) -> str:
        """Of the values that are stored, which a new promise does not change."""
        stored = [
            (form.add_prefix(name), form.stored_value(name))
            for form in self.forms
            if not form.instance._state.adding
            for name in form.fields
        ]
        return sha256(repr(stored).encode()).hexdigest()[:16]

    @property
    def shown(self) -> str:
        """The fingerprint of the values that the person has seen."""
        if self.data is not None and not self.elsewhere:
            return self.data.get("shown", "")
        return self.fingerprint

    def refuse_overwriting(self) -> bool:
        """Whether the page is out of date and would change what it never showed."""
        found = [
            (form, difference)
            for form in self.forms
            if not form.instance._state.adding
            for difference in form.differences()
        ]
        if self.shown in ("", self.fingerprint) or not found:
            return False
        self.elsewhere = [_named(form, difference) for form, difference in found]
        self.non_field_errors = [CHANGED_ELSEWHERE]
        return True

    def is_valid(self) -> bool:
        checked = [form.is_valid() for form in self.forms]  # all of them, so that all errors show
        if all(checked):
            for one in self.reminders:
                one.refuse_quiet(self._preference)
        return not self.errors

    def save(self, origin: str) -> None:
        """The caller holds the person's lock, so two tabs make one row of each kind. The settings
        are stored last, since sending locks a reminder and then them."""
        for one in self.reminders:
            one.store()
        self._preference.origin = origin
        self._preference.save()


def _prefix(row: Reminder) -> str:
    return f"promise-{row.promise_id}" if row.promise_id else row.kind


class RemindersForm(SeveralRemindersForm):
    """All reminders of a person, with what holds for all of them."""

    def __init__(self, preference: ReminderPreference, data: Any = None) -> None:
        self.preference = PreferenceForm(data, instance=preference)
        kinds = [(kind, None) for kind in Kind if kind != Kind.PROMISE]
        active = preference.owner.promises.active().order_by("id")
        super().__init__(
            preference, [*kinds, *((Kind.PROMISE, promise) for promise in active)], data
        )

    @property
    def forms(self) -> list[ComparingForm]:
        return [*self.reminders, self.preference]

    @property
    def of_kinds(self) -> list[ReminderForm]:
        return [one for one in self.reminders if not one.instance.promise]

    @property
    def of_promises(self) -> list[ReminderForm]:
        return [one for one in self.reminders if one.instance.promise]


def _named(form: ComparingForm, difference: Difference) -> Difference:
    """With the line to which the field belongs."""
    if not isinstance(form, ReminderForm):
        return difference
    return replace(difference, label=f"{form.title}{colon()}{difference.label}")
