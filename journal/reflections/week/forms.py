"""The form of each step of the weekly reflection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.guide.steps import LEAVING, StepForm
from journal.people import clock
from journal.promises.models import PLENTY
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.next_week import Option, options_of
from journal.reflections.week.promise_changes import asked_from

CLOSED = _("This week has closed. Your words are still here: copy them before you leave.")


class WeekForm(StepForm):
    """A week has one reflection, so its id is known, whatever the form posts."""

    def clean_id(self) -> Any:
        return self.instance.pk

    def clean(self) -> dict[str, Any] | None:
        """A started reflection stays editable; a week that closed before its start is not."""
        cleaned, row = super().clean(), self.instance
        today = clock.today(row.owner)
        if row._state.adding and not row.is_open_on(today):
            self.add_error(None, CLOSED)
        return cleaned


class ArriveForm(WeekForm):
    """The first Continue inserts the reflection, with or without text."""

    class Meta:
        model = WeeklyReflection
        fields = ("plan_helped", "sentence_of_week")
        widgets = {"plan_helped": forms.RadioSelect(attrs={"chips": True})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.record.plan.is_there:
            self.fields["plan_helped"].choices = WeeklyReflection.Helped.choices
        else:
            del self.fields["plan_helped"]

    @property
    def has_content(self) -> bool:
        return self.button not in LEAVING or super().has_content


class PromisesForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("kept_days",)


class EvidenceForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("rely_on",)


class NextForm(WeekForm):
    """A tapped row or own words finish the week; the buttons that leave only save the words."""

    NOT_COMPARED = (*WeekForm.NOT_COMPARED, "pick")
    pick = forms.ChoiceField(
        label=_("Next week"),
        required=False,
        error_messages={"invalid_choice": _("That one isn’t offered any more. Choose another.")},
    )
    chosen: Option | None = None
    is_out_of_date = False

    class Meta:
        model = WeeklyReflection
        fields = ("next_statement",)
        labels = {"next_statement": _("Or in your own words")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        going_on = [] if row.finished_at else list(asked_from(row.owner, row.next_first))
        self.options = options_of(row, going_on)
        self.fields["pick"].choices = [(one.value, one.title) for one in self.options]
        self.is_plenty = len(going_on) >= PLENTY

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.lenient:
            self._choose(cleaned["pick"], cleaned["next_statement"])
        return cleaned

    def _choose(self, pick: str, words: str) -> None:
        if self.is_stale:
            self.is_out_of_date = True
            self.changed_elsewhere(
                _("This week was changed in another tab. Look once more, then choose again.")
            )
        elif pick:
            self.chosen = next(one for one in self.options if one.value == pick)
        elif words:
            self.chosen = Option(WeeklyReflection.Next.PROMISE, "", words)
        else:
            self.add_error("next_statement", _("Tap one, or write a few words."))

    def finish(self) -> None:
        """Stores the choice and finishes the week."""
        if self.chosen:
            self.chosen.choose(self.instance)
            self.instance.finish()

    def is_what_was_chosen(self) -> bool:
        """Whether a finished week holds what this form says: it is sent again."""
        row, pick, words = self.instance, self.data.get("pick"), self.data.get("next_statement")
        if pick:
            return pick in (row.next_choice, f"smaller-{row.next_promise_id}", "idea")
        return " ".join((words or "").split()) == row.next_statement


class PageForm(forms.Form):
    """The week before which the next page of past weeks begins."""

    before = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
