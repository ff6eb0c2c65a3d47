"""The form of each step of the weekly reflection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.guide.models import Guided
from journal.guide.steps import LEAVING, StepForm
from journal.people import clock
from journal.people.models import User
from journal.promises.models import Promise
from journal.promises.steps import FLOW as PROMISE
from journal.reflections.week.models import WeeklyReflection

SMALLER_SHOWN = 5
CLOSED = _("That week closed meanwhile. Your words are still here: copy them, they are yours.")


def smaller_versions(person: User) -> list[Promise]:
    """The smaller versions of current promises, newest first, as starting
    points for next week's."""
    return list(person.promises.active().order_by("-id")[:SMALLER_SHOWN])


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
        fields = ("sentence_of_week",)

    @property
    def has_content(self) -> bool:
        return self.button not in LEAVING or super().has_content


class PromisesForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("kept_days",)


class MissesForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("easier",)


class BoundariesForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("protected",)


class CriticForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("kinder_words",)


class DecisionsForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("process",)


class LessonsForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("lesson_helped",)


class EvidenceForm(WeekForm):
    class Meta:
        model = WeeklyReflection
        fields = ("rely_on",)


class NextForm(WeekForm):
    """Words without a choice choose the promise. One tap takes over the smaller version of a
    current one; the form never replaces what the person typed."""

    extra_fields = ("next_promise",)
    rerender_actions = frozenset(f"take-{n}" for n in range(SMALLER_SHOWN))
    YOURS_STAYS = _("Yours stays. Empty the box first, to take that one over.")

    class Meta:
        model = WeeklyReflection
        fields = ("next_choice", "next_statement")
        widgets = {"next_choice": forms.RadioSelect}
        error_messages = {"next_choice": {"required": _("Choose one; a rest week counts.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["next_choice"]
        choice.choices = WeeklyReflection.Next.choices
        choice.required = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        choice, words = cleaned.get("next_choice"), cleaned.get("next_statement")
        if self.errors:
            return cleaned
        if words and not choice:
            cleaned["next_choice"] = WeeklyReflection.Next.PROMISE
        elif not choice and not self.lenient:
            self.add_error("next_choice", self.Meta.error_messages["next_choice"]["required"])
        elif choice == WeeklyReflection.Next.PROMISE and not words and not self.lenient:
            self.add_error("next_statement", _("Say what the promise is, in a few words."))
        return cleaned

    def redraw(self) -> None:
        there, n = smaller_versions(self.instance.owner), int(self.button.removeprefix("take-"))
        if n >= len(there):
            return
        if self.data.get("next_statement", "").strip():
            self.add_error("next_statement", self.YOURS_STAYS)
            return
        self.data = self.data.copy()
        self.data["next_statement"] = there[n].smallest_version
        self.data["next_choice"] = WeeklyReflection.Next.PROMISE

    @classmethod
    def autosaves(cls) -> bool:
        return True

    def save_step(self) -> Guided | None:
        if self.instance.next_choice != WeeklyReflection.Next.PROMISE:
            self.instance.next_promise = None
        kept = super().save_step()
        if isinstance(kept, WeeklyReflection) and kept.finished_at:
            kept.settle_next()
        return kept


class CheckForm(WeekForm):
    """Has no fields. After a chosen promise, its own questions come next."""

    class Meta:
        model = WeeklyReflection
        fields = ()

    @property
    def next_step_url(self) -> str:  # type: ignore[override]  # known once it is finished
        return promise_address(self.instance)


def promise_address(row: WeeklyReflection) -> str:
    """The address at which the chosen small promise continues; empty if there is none."""
    promise = row.next_promise
    if promise is None or promise.deleted_at:
        return ""
    return promise.get_absolute_url() if promise.finished_at else PROMISE.resume_address(promise)


class PageForm(forms.Form):
    """The week before which the next page of past weeks begins."""

    before = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
