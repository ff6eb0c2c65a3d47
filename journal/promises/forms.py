"""Forms for the answer of a day, for a range of days, and for changes of a promise's terms."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journal.guide.steps import OutOfTen, StepForm
from journal.people import clock
from journal.people.day_fields import DateInput
from journal.people.models import User
from journal.privacy.fields import WordsInput
from journal.privacy.owned_form import OwnedForm
from journal.promises import wording
from journal.promises.history import PromiseHistory
from journal.promises.models import EDITABLE_DAYS, LINE, CheckIn, Promise
from journal.promises.occurrences import can_be_answered, is_by_week, is_due
from journal.promises.step_forms import FULL, RhythmForm

AHEAD = timedelta(days=62)  # how far in advance days can be excused
CLEAR = "clear"
NOT_COME = _("Enter a date that isn’t in the future.")
EXCUSES = [("", "–"), *CheckIn.Excuse.choices]
NO_SPARE_DAYS = _("No planned days off are left in that month. Another reason is fine too.")


class LineForm(OwnedForm):
    """One thing that the person told themselves, however small."""

    class Meta:
        model = Promise
        fields = ("statement",)
        labels = {"statement": _("One thing, in a few words")}
        widgets = {"statement": forms.TextInput}
        error_messages = {"statement": {"required": _("Write a few words.")}}

    def clean_statement(self) -> str:
        return " ".join(self.cleaned_data["statement"].split())

    def clean(self) -> dict[str, Any]:
        others = self.instance.owner.promises.exclude(pk=self.instance.pk)
        if not others.has_room():
            self.add_error("statement", FULL)
        self.instance.step = LINE
        return self.cleaned_data


class CheckInForm(forms.Form):
    """The answer for one day. The view read `record` while it held the lock on the promise."""

    due_on = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Which day is it about?"),
            "invalid": _("Enter a date, for example 2026-11-19."),
        },
    )
    status = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[*CheckIn.Status.choices, (CLEAR, "")],
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )
    excuse = forms.ChoiceField(
        label=_("What was it?"),
        choices=EXCUSES,
        required=False,
        error_messages={"invalid_choice": _("Choose what it was.")},
    )
    note = WordsInput(
        label=_("What was true that day?"), max_length=500, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, record: PromiseHistory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        today, plan, promise = self.record.today, self.record.plan, self.record.promise
        if day > today and not self.record.can_be_answered_ahead(day):
            raise ValidationError(NOT_COME)
        if day < today - timedelta(days=EDITABLE_DAYS):
            raise ValidationError(_("You can edit a day for 7 days; that one is further back."))
        if can_be_answered(plan, day) or day in self.record.answers:
            return day
        if plan.is_paused_on(day):
            raise ValidationError(_("The promise was paused on that day."))
        if promise.ended_on and day >= promise.ended_on:
            raise ValidationError(_("The promise had ended by that day."))
        raise ValidationError(_("Nothing was due on that day."))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        day, status = cleaned.get("due_on"), cleaned.get("status")
        if not day or not status:
            return cleaned
        if status not in (CLEAR, *self.record.statuses_on(day)):
            self.add_error("due_on", NOT_COME)
        if status == CheckIn.Status.MISSED and is_by_week(self.record.plan, day):
            self.add_error("status", _("No single day counts as missed here, only the week."))
        if status == CheckIn.Status.EXCUSED and "excuse" not in self.errors:
            self._clean_excuse(day)
        return cleaned

    def _clean_excuse(self, day: date) -> None:
        """A reason is optional; a day off needs one that is left."""
        if self.cleaned_data.get("excuse") == CheckIn.Excuse.SPARE_DAY:
            left = self.record.promise.spare_days_left(day, without=frozenset([day]))
            if left < 1:
                self.add_error("excuse", NO_SPARE_DAYS)

    def save(self, row: CheckIn | None = None) -> None:
        """Leaves the note unchanged unless the request sent one. `row`: the day's answer, where it
        was read under the lock."""
        given, promise = self.cleaned_data, self.record.promise
        if given["status"] == CLEAR:
            promise.clear(given["due_on"])
            return
        note = given["note"] if self.add_prefix("note") in self.data else None
        promise.record(given["due_on"], given["status"], given["excuse"], note, row)


class ExcuseForm(forms.Form):
    """Excuses several days at once. Days that were kept stay kept."""

    from_on = forms.DateField(label=_("From"), widget=DateInput())
    until_on = forms.DateField(label=_("Until"), widget=DateInput())
    excuse = forms.ChoiceField(
        label=_("What was it?"),
        choices=CheckIn.Excuse.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"row": True}),
    )
    note = WordsInput(
        label=_("A note, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, person: User, records: list[PromiseHistory], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.records = clock.today(person), records

    def clean_from_on(self) -> date:
        day: date = self.cleaned_data["from_on"]
        if day < self.today - timedelta(days=EDITABLE_DAYS):
            raise ValidationError(_("You can edit a day for 7 days; that one is further back."))
        return day

    def clean_until_on(self) -> date:
        day: date = self.cleaned_data["until_on"]
        if day > self.today + AHEAD:
            raise ValidationError(_("Choose a day in the next two months."))
        if day < self.cleaned_data.get("from_on", day):
            raise ValidationError(_("It ends before it starts."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors:
            found = [(record, self._days(record)) for record in self.records]
            cleaned["days"] = found = [(record, days) for record, days in found if days]
            if not found:
                self.add_error("from_on", _("Nothing is due in that time."))
            if cleaned["excuse"] == CheckIn.Excuse.SPARE_DAY:
                self._check_reserve(found)
        return cleaned

    def _days(self, record: PromiseHistory) -> list[date]:
        """Due days of the range that have no answer or were missed. A week that is due by the week
        gets one excused unit for each of its days, up to its target."""
        first, last = self.cleaned_data["from_on"], self.cleaned_data["until_on"]
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        open_days = [d for d in span if record.answers.get(d, "missed") == "missed"]
        return [d for d in open_days if is_due(record.plan, d) or record.lacks_answer(d)]

    def _check_reserve(self, found: list[tuple[PromiseHistory, list[date]]]) -> None:
        for record, days in found:
            for month in {day.replace(day=1) for day in days}:
                wanted = [day for day in days if day.replace(day=1) == month]
                left = record.promise.spare_days_left(month, without=frozenset(wanted))
                if len(wanted) > left:
                    sentence = ngettext(
                        "That is more than the %(left)s planned day off left in that month.",
                        "That is more than the %(left)s planned days off left in that month.",
                        max(left, 0),
                    )
                    self.add_error("excuse", sentence % {"left": max(left, 0)})
                    return

    def save(self) -> int:
        """Returns the number of days it excused."""
        excuse, note = self.cleaned_data["excuse"], self.cleaned_data["note"] or None
        for record, days in self.cleaned_data["days"]:
            record.promise.excuse(days, excuse, note)
        return sum(len(days) for _record, days in self.cleaned_data["days"])


class TakeBackForm(forms.Form):
    """Days set aside ahead that shall count again, for a trip that falls through."""

    day = forms.TypedMultipleChoiceField(
        label=_("Set aside ahead"),
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose the days to take back."),
            "invalid_choice": _("Choose the days to take back."),
        },
    )

    def __init__(self, *args: Any, records: list[PromiseHistory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = records
        days = sorted({day for record in records for day in record.days_set_aside_ahead})
        choices: Any = [(day.isoformat(), wording.day(day)) for day in days]
        self.fields["day"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["day"].initial = [value for value, _label in choices]

    @property
    def has_days(self) -> bool:
        return bool(self.fields["day"].initial)

    def save(self) -> int:
        """Returns the number of answers it removed."""
        days = self.cleaned_data["day"]
        return sum(record.promise.take_back(days) for record in self.records)


class RenegotiateForm(RhythmForm):
    """New terms from today on. Requires a statement and a rhythm; the reason is optional."""

    reason = WordsInput(
        label=_("What changed?"),
        help_text=_("Optional. It stays with this version of the promise."),
        max_length=200,
        required=False,
    )
    sure = OutOfTen(label=_("How sure are you of the new version, 0–10?"), required=False)
    field_order = ("reason", "statement", "smallest_version", "cue", "action")

    class Meta(RhythmForm.Meta):
        fields = Promise.RENEGOTIABLE
        labels = {
            "statement": _("The new everyday version"),
            "smallest_version": _("The new bad-day version"),
        }
        help_texts = {
            "smallest_version": _("What counts on a bad day? Two minutes or less."),
        }

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        """How sure the person was of the old terms says nothing of the new ones."""
        super().__init__(*args, initial={"sure": None, **(initial or {})}, **kwargs)

    def clean_span(self, cleaned: dict[str, Any]) -> None:
        ends_on, due_on = self.instance.ends_on, cleaned.get("due_on")
        if due_on and ends_on and due_on > ends_on:
            self.add_error("due_on", _("That day is after the promise ends."))


class PauseForm(StepForm):
    class Meta:
        model = Promise
        fields = ("pause_reason", "resume_on")


class RetireForm(StepForm):
    class Meta:
        model = Promise
        fields = ("retire_reason",)
        widgets = {"retire_reason": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["retire_reason"]
        reason.choices = Promise.RetireReason.choices
        reason.required = True
        reason.error_messages["required"] = _("Choose a reason.")


class WeekForm(forms.Form):
    """Accepts the first day of a week that is over and not confirmed yet."""

    fields: dict[str, Any]
    week_start = forms.ChoiceField(
        error_messages={
            "required": _("Which week?"),
            "invalid_choice": _("That week is not open."),
        }
    )

    def __init__(self, *args: Any, record: PromiseHistory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weeks = [(week.starts_on.isoformat(), "") for week in record.weeks_to_confirm]
        self.fields["week_start"].choices = weeks


class LessonAskedFor(forms.Form):
    """Accepts the lesson a new promise starts from."""

    lesson = forms.UUIDField(required=False)
