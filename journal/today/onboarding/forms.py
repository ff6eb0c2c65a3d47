"""The forms of the start: which promise, and when."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.guide.steps import StepForm
from journal.people import clock
from journal.people.models import User
from journal.privacy.fields import WordsInput
from journal.privacy.ownership import uuid7
from journal.promises import suggestions
from journal.promises.models import Promise

SATURDAY_AND_SUNDAY = (5, 6)
EMPTY = _("Tap one, or write a few words.")


class ChooseForm(forms.Form):
    """A suggestion, or own words. Only a draft is changed: the page may be sent again, after the
    browser's Back or with another choice, and makes one promise."""

    pick = forms.ChoiceField(
        choices=[(key, one.label) for key, one in suggestions.BY_KEY.items()],
        required=False,
        error_messages={"invalid_choice": EMPTY},
    )
    own = WordsInput(
        label=_("Or in your own words"),
        required=False,
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of_page(cls, person: User, pk: UUID) -> "ChooseForm | None":
        """The form of the page with this id; None where a promise made with it, a line of the
        list, or something in the bin has the id."""
        stored = person.promises.filter(pk=pk).first()
        if stored and (stored.finished_at or stored.deleted_at or stored.is_line):
            return None
        is_own = stored and not suggestions.small_version(stored.statement)
        return cls(initial={"id": pk, "own": stored.statement if stored and is_own else ""})

    def clean_own(self) -> str:
        return " ".join(self.cleaned_data["own"].split())

    def clean(self) -> dict[str, Any]:
        if not (self.errors or self.cleaned_data.get("pick") or self.cleaned_data.get("own")):
            self.add_error("own", EMPTY)
        return self.cleaned_data

    def save(self, person: User) -> Promise:
        """Stores the draft under the page's id; under a fresh one where that id is taken by
        something else: a promise made since, or somebody else's row."""
        pk: UUID = self.cleaned_data["id"] or uuid7()
        drafts = person.promises.begun().select_for_update()
        draft = drafts.filter(pk=pk).first()
        if draft is None:
            new = Promise.new_for(person)
            new.pk, new.step = pk, "rhythm"
            self._fill(new)
            if new.insert_once() is new:
                return new
            draft = drafts.filter(pk=pk).first()  # a second tap, while the first was being stored
        if draft is None:
            new.pk = uuid7()
            new.insert_once()
            return new
        self._fill(draft)
        draft.save()
        return draft

    def _fill(self, draft: Promise) -> None:
        picked = suggestions.BY_KEY.get(self.cleaned_data["pick"])
        draft.statement = str(picked.label) if picked else self.cleaned_data["own"]
        draft.cue = str(picked.moment_text) if picked else ""
        today = clock.today(draft.owner)
        rhythm = picked.rhythm if picked else suggestions.OWN_RHYTHM
        if rhythm == "weekdays" and today.weekday() in SATURDAY_AND_SUNDAY:
            rhythm = "daily"  # so that it can be kept today
        for name, value in suggestions.schedule(rhythm, today).items():
            setattr(draft, name, value)


class WhenForm(StepForm):
    """After what, and how often. The rhythm is filled in already; a moment is optional."""

    moment = forms.ChoiceField(
        label=_("Right after"),
        choices=list(suggestions.MOMENTS.items()),
        required=False,
        widget=forms.RadioSelect(attrs={"chips": True}),
        error_messages={"invalid_choice": _("Choose one of these, or write your own.")},
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=list(suggestions.RHYTHMS.items()),
        widget=forms.RadioSelect(attrs={"chips": True}),
        error_messages={
            "required": _("Choose how often."),
            "invalid_choice": _("Choose how often."),
        },
    )
    field_order = ("moment", "cue", "rhythm")

    class Meta:
        model = Promise
        fields = ("cue",)
        labels = {"cue": _("or after something else")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cue = self.instance.cue
        moment = next((key for key, text in suggestions.MOMENTS.items() if str(text) == cue), "")
        self.initial["rhythm"] = suggestions.rhythm_of(self.instance)
        if moment:
            self.initial.update({"moment": moment, "cue": ""})

    def clean(self) -> dict[str, Any] | None:
        """Typed words win over the tapped moment."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("cue") and cleaned.get("moment"):
            cleaned["cue"] = str(suggestions.MOMENTS[cleaned["moment"]])
        return cleaned

    def save(self, commit: bool = True) -> Promise:
        """Makes the promise."""
        promise: Promise = self.instance
        today = clock.today(promise.owner)
        for name, value in suggestions.schedule(self.cleaned_data["rhythm"], today).items():
            setattr(promise, name, value)
        promise.finish()
        return promise
