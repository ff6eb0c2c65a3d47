"""The small form of each question of "Keep promises"."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal.guide.models import Guided
from journal.guide.steps import Answer, OutOfTen, StepForm, is_leaving
from journal.guide.value_step import ServesForm
from journal.people.text_direction import isolate
from journal.privacy.canonical import without_doubles
from journal.privacy.fields import WordsInput
from journal.privacy.length import characters, first
from journal.promises import wording
from journal.promises.models import AFTER_LINE, LINE, Promise
from journal.promises.schedule_fields import Cadence, Weekday

MOST_LINES, MOST_CHARACTERS = 20, 140
FULL = _(
    "200 lines are on your list. Make one a promise, mark one done or let one go, then add more."
)


class ListForm(StepForm):
    """Each line is put on the list; the flow continues with one of them, the others wait there."""

    lines = WordsInput(
        label=_("One on each line"),
        help_text=_("Nothing here is a promise yet."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Promise
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            drafts = self.instance.owner.promises.drafts()
            drafts = [one for one in drafts if one.statement and not one.ended_on]
            self.fields["chosen"] = forms.ChoiceField(
                label=_("Which one first?"),
                help_text=_("The others wait on your list."),
                choices=[(str(draft.pk), draft.statement) for draft in reversed(drafts)],
                initial=str(self.instance.pk),
                required=False,
                widget=forms.RadioSelect(attrs={"own": True}),
            )
            self.fields["lines"].label = _("Anything else?")

    def clean_lines(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines()]
        lines = without_doubles(line for line in lines if line)
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Twenty at a time is plenty. Leave the rest out for now."))
        longest = max(lines, key=characters, default="")
        if characters(longest) > MOST_CHARACTERS:
            raise ValidationError(
                _("“%(start)s…” is longer than 140 characters. Say it shorter.")
                % {"start": isolate(first(longest, 30))}
            )
        if not self.instance.owner.promises.has_room(len(lines)):
            raise ValidationError(FULL)
        return lines

    @transaction.atomic
    def save_step(self) -> Promise | None:
        new, lines = self.instance._state.adding, self.cleaned_data["lines"]
        made: list[Promise] = []
        for line in lines:
            draft = self._line(line, first=new and not made)
            if draft is None:
                return None
            made.append(draft)
        if new:
            if len(made) > 1:
                self.next_step_url = address(made[0], LINE)
                return made[0]
            return self._continue_with(made[0])
        chosen = self.cleaned_data.get("chosen") or self.instance.pk
        return self._continue_with(self.instance.owner.promises.drafts().get(pk=chosen))

    def _continue_with(self, one: Promise) -> Promise:
        """Makes a draft of a line that is chosen. Whoever leaves here has chosen none."""
        if one.is_line and not is_leaving(self.button):
            one.step = AFTER_LINE
            one.save(update_fields=["step"])
        self.next_step_url = address(one, one.step)
        return one

    def _line(self, line: str, *, first: bool) -> Promise | None:
        """Puts a line on the list. Its id derives from the page's id, so a resent form adds it
        once."""
        page = self.instance
        draft = Promise(owner=page.owner, statement=line, step=LINE, starts_on=page.starts_on)
        if first:
            draft.pk = page.pk
            draft.lesson, draft.cue, draft.action = page.lesson, page.cue, page.action
            draft.came_from = page.came_from
            kept = draft.insert_once()
            if kept is None or kept.statement == line:
                return kept
        draft.pk = uuid5(page.pk, line)
        return draft.insert_once()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        return iter(())


class PromiseForm(StepForm):
    class Meta:
        model = Promise
        fields = ("statement",)


class WhyForm(ServesForm):
    class Meta:
        model = Promise
        fields = ("value", "why")
        labels = {"value": _("One of your values"), "why": _("In your words")}


class RhythmForm(StepForm):
    """Keeps only the values that belong to the chosen cadence."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Which days?"),
        choices=Weekday,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"row": True}),
    )
    times_per_week = forms.TypedChoiceField(
        label=_("How many times a week?"),
        choices=[("", "–"), *((n, str(n)) for n in range(1, 8))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Promise
        fields: tuple[str, ...] = (*Promise.RHYTHM, "starts_on", "ends_on")
        labels = {"cadence": _("Rhythm")}
        widgets = {"cadence": forms.RadioSelect}
        error_messages = {"cadence": {"required": _("Choose how often.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cadence"].choices = Cadence.choices
        if "starts_on" in self.fields:
            self.fields["starts_on"].required = False
            self.initial["starts_on"] = self.instance.first_day()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        cadence = cleaned.get("cadence")
        needed = {
            Cadence.WEEKDAYS: ("weekdays", _("Choose at least one day.")),
            Cadence.TIMES_PER_WEEK: ("times_per_week", _("Choose how many times, 1 to 7.")),
            Cadence.ONCE: ("due_on", _("Choose the day.")),
        }
        for choice, (name, sentence) in needed.items():
            if cadence == choice:
                if not cleaned.get(name) and name not in self.errors:
                    if self.lenient:  # half an answer is not a rhythm yet
                        cleaned["cadence"] = ""
                    else:
                        self.add_error(name, sentence)
            elif cadence:
                self.errors.pop(name, None)
                cleaned[name] = [] if name == "weekdays" else None
        self.clean_span(cleaned)
        return cleaned

    def clean_span(self, cleaned: dict[str, Any]) -> None:
        """Validates the first and last day; a promise is never backdated."""
        if "starts_on" not in self.fields:
            return
        cleaned["starts_on"] = starts_on = cleaned.get("starts_on") or self.initial["starts_on"]
        due_on, ends_on = cleaned.get("due_on"), cleaned.get("ends_on")
        if ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("It ends before it starts."))
        if due_on and (due_on < starts_on or (ends_on and due_on > ends_on)):
            self.add_error("due_on", _("That day is outside the time you chose below."))

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.cadence:
            yield Answer(_("Rhythm"), wording.rhythm(row))
        if row.ends_on:
            yield Answer(_("Until"), wording.day(row.ends_on))


class SmallestForm(StepForm):
    class Meta:
        model = Promise
        fields = ("smallest_version",)
        labels = {"smallest_version": _("Bad-day version")}


class IfThenForm(StepForm):
    class Meta:
        model = Promise
        fields = ("cue", "action")
        help_texts = {
            "cue": _("Something that happens anyway: lunch, or I get home."),
            "action": _("The first movement, not the whole promise."),
        }


class ObstacleForm(StepForm):
    class Meta:
        model = Promise
        fields = ("obstacle", "coping_response")


class SpareDaysForm(StepForm):
    reserve_per_month = forms.TypedChoiceField(
        label=_("Days off a month"),
        choices=[(n, str(n)) for n in range(7)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"row": True}),
    )

    class Meta:
        model = Promise
        fields = ("reserve_per_month",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["reserve_per_month"] = self.instance.days_off


class CheckForm(StepForm):
    """Asks for confidence: under 7 it offers a smaller version, never a block."""

    SURE_ENOUGH = 7

    sure = OutOfTen(label=_("How sure are you, 0–10?"), required=False)

    class Meta:
        model = Promise
        fields = ("sure",)

    def save_step(self) -> Guided | None:
        sure = self.instance.sure
        if sure is not None and sure < self.SURE_ENOUGH:
            self.next_step_url = f"{self.instance.get_absolute_url()}?unsure"
        return super().save_step()


def address(row: Promise, slug: str) -> str:
    return reverse("promises:step", args=[row.pk, slug])
