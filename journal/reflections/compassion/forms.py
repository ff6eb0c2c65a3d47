"""The form of each step, and of the address that opens a new moment."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal.guide.models import Guided
from journal.guide.steps import CHECK, Answer, OutOfTen, StepForm
from journal.lessons import threads
from journal.privacy.length import characters
from journal.reflections.compassion import suggestions
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.daily import queries as daily

Feeling = SelfCompassion.Feeling


class TriggerForm(StepForm):
    """The first step inserts the row and ties it to its origin. A moment without an origin answers
    the harsh voice that a daily check put off."""

    class Meta:
        model = SelfCompassion
        fields = ("trigger",)

    def save_step(self) -> Guided | None:
        row, new = self.instance, self.instance._state.adding
        kept = super().save_step()
        if kept and row.came_from:
            threads.tie(row.owner, row.came_from.row, kept)
        elif kept and new:
            daily.look_at_critic(row.owner, row.occurred_on)
        return kept


class CriticForm(StepForm):
    class Meta:
        model = SelfCompassion
        fields = ("critical_thought",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["critical_thought"].required = not self.lenient


class FeelingForm(StepForm):
    """For a strong feeling, the first submission offers a break and support; the second one
    continues, and the button of the offer makes a break of the moment."""

    BREAK = "break"
    extra_fields = ("mode",)
    intensity_before = OutOfTen(label=_("How strong is it?"))

    class Meta:
        model = SelfCompassion
        fields = ("feeling", "feeling_other", "intensity_before")
        widgets = {"feeling": forms.RadioSelect(attrs={"row": True})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["feeling"].choices = Feeling.choices
        self.fields["feeling"].required = False  # the person's own word is an answer, too

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if self.button == self.BREAK and self.instance.can_become_break:
            self.instance.mode = SelfCompassion.Mode.BREAK
        feeling, own = cleaned.get("feeling"), cleaned.get("feeling_other")
        if self.errors.keys() & {"feeling", "feeling_other"}:
            return cleaned
        if own and not feeling:
            cleaned["feeling"] = Feeling.OTHER
        elif not feeling and not self.lenient:
            self.add_error("feeling", _("Choose the nearest one, or use your own words."))
        elif feeling == Feeling.OTHER and not own and not self.lenient:
            self.add_error("feeling_other", _("Name it in your own words."))
        return cleaned

    def save_step(self) -> Guided | None:
        row = self.instance
        first_time = row.step != CHECK and not row.finished_at and "offered" not in self.data
        if row.is_strong and first_time and not self.lenient:
            self.next_step_url = reverse("compassion:step", args=[row.pk, "feeling"])
        return super().save_step()

    @classmethod
    def autosaves(cls) -> bool:
        return True

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.feeling_name:
            yield Answer(_("The feeling"), row.feeling_name)
        if row.feeling_other:
            yield Answer(_("In your own words"), row.feeling_other, own=True)
        if row.intensity_before is not None:
            yield Answer(_("How strong, from 0 to 10"), row.intensity_before)


class EvidenceForm(StepForm):
    class Meta:
        model = SelfCompassion
        fields = ("evidence_for", "evidence_against")


class FriendForm(StepForm):
    class Meta:
        model = SelfCompassion
        fields = ("friend_words",)


class SharedForm(StepForm):
    class Meta:
        model = SelfCompassion
        fields = ("common_humanity",)


class KinderForm(StepForm):
    """One tap takes over or marks kind words; the form never replaces what the person typed."""

    rerender_actions = suggestions.Taps()
    extra_fields = ("kind_mark",)
    NO_ROOM = _("There isn’t room for those words as well. Shorten yours a little first.")

    class Meta:
        model = SelfCompassion
        fields = ("kinder_thought",)

    def redraw(self) -> None:
        row = self.instance
        tapped = row.tapped = suggestions.tap(row.owner, self.button, row)
        if tapped and tapped.verb == suggestions.USE:
            self._take_over(tapped.word.words)

    def save_step(self) -> Guided | None:
        """Other words have not been marked yet."""
        if "kinder_thought" in self.changed_data:
            self.instance.kind_mark = ""
        return super().save_step()

    @classmethod
    def autosaves(cls) -> bool:
        return True

    def _take_over(self, words: str) -> None:
        typed = self.data.get("kinder_thought", "").strip()
        if words in typed:
            return
        both = f"{typed}\n{words}" if typed else words
        if characters(both) > (self.fields["kinder_thought"].max_length or 0):
            self.add_error("kinder_thought", self.NO_ROOM)
            return
        self.data = self.data.copy()
        self.data["kinder_thought"] = both


class KindActionForm(StepForm):
    """A changed act counts as a new one and is not done yet; without words there is none."""

    extra_fields = ("kind_action_done_at",)

    class Meta:
        model = SelfCompassion
        fields = ("kind_action",)

    def save_step(self) -> Guided | None:
        if "kind_action" in self.changed_data:
            self.instance.kind_action_done_at = None
        return super().save_step()


class LetterForm(StepForm):
    class Meta:
        model = SelfCompassion
        fields = ("letter_body",)
        widgets = {"letter_body": forms.Textarea(attrs={"rows": 14})}


class AfterForm(StepForm):
    """If the feeling grew stronger, the flow finishes here and offers no more writing."""

    intensity_after = OutOfTen(label=_("How strong is it now?"), required=False)

    class Meta:
        model = SelfCompassion
        fields = ("intensity_after", "felt_worse")

    def stored(self) -> dict[str, Any]:
        """An unticked checkbox counts as no answer, so a tick overwrites nothing."""
        return super().stored() | {"felt_worse": self.initial.get("felt_worse") or None}

    def save_step(self) -> Guided | None:
        kept = super().save_step()
        going_on = not self.lenient  # neither leaving nor still typing
        if kept and going_on and self.instance.stung and not kept.finished_at:
            # Posted out of order, the row may lack a required answer and stays a draft.
            with suppress(ValidationError):
                kept.finish()
        return kept

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.intensity_after is not None:
            yield Answer(_("How strong now, from 0 to 10"), row.intensity_after)
        if row.felt_worse:
            yield Answer(_("Afterwards"), _("It feels worse than before"))


class StartForm(forms.Form):
    """The query string of a first page. An unknown mode counts as a break."""

    mode = forms.ChoiceField(choices=SelfCompassion.Mode.choices, required=False)
    on = forms.DateField(required=False)


class PageForm(forms.Form):
    """The moment after which the next page of the list begins."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    moment = forms.UUIDField(required=False)
