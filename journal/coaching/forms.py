from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.coaching.models import CoachNote, LibraryPrompt, NoteTemplate
from journal.guide.line_templates import LineTemplateForm
from journal.people.date_validators import a_day_to_come
from journal.people.day_fields import DayField
from journal.people.models import User
from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsInput, opened_rows
from journal.privacy.length import TOO_LONG
from journal.privacy.owned_form import OwnedForm
from journal.privacy.rls import acting_as
from journal.reflections.entries.prompts.models import Prompt
from journal.reflections.practices import Practice as EntryPractice
from journal.sharing.forms import SentOnce
from journal.sharing.models.links import NAME
from journal.sharing.models.messages import Comment, Suggestion
from journal.sharing.models.namesakes import with_label
from journal.sharing.models.roster import Client
from journal.sharing.shareable import Practice


class InviteForm(SentOnce):
    email = forms.EmailField(
        label=_("Their email"),
        max_length=254,
        error_messages={"max_length": TOO_LONG},
        help_text=_(
            "They get a link that works once, within seven days. It explains what sharing "
            "means before they answer."
        ),
    )
    from_name = WordsInput(
        label=_("Your name, as they know it"),
        max_length=NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SessionsForm(forms.ModelForm):
    class Meta:
        model = Client
        fields = ("label", "next_session_at", "last_session_on")
        help_texts = {
            "label": _(
                "Only you see it. It’s shown beside the name, in case two clients have the same"
                " one."
            ),
            "next_session_at": _("Your client sees this date."),
            "last_session_on": _("“Since last session” counts from this day."),
        }

    def clean_label(self) -> str:
        label, client = self.cleaned_data["label"] or "", self.instance
        others = {canonical(one) for one in client.others()}
        if canonical(with_label(client.name, label)) in others:
            raise ValidationError(
                _("You already have a client with this name. Add a label to tell them apart.")
            )
        return label


class NoteForm(OwnedForm):
    class Meta:
        model = CoachNote
        fields = ("body", "is_open")
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"body": {"required": _("Write something first.")}}


class LibraryForm(OwnedForm):
    class Meta:
        model = LibraryPrompt
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class NoteTemplateForm(LineTemplateForm):
    class Meta(LineTemplateForm.Meta):
        model = NoteTemplate


class CommentForm(OwnedForm):
    class Meta:
        model = Comment
        fields = ("body",)
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"body": {"required": _("Write something first.")}}


class SearchForm(forms.Form):
    q = WordsInput(
        label=_("Words you remember"),
        max_length=200,
        error_messages={"required": _("Enter a word you remember.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    after_moment = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    after_thing = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_after_moment(self) -> datetime | None:
        """Converts to UTC, since PostgreSQL rejects some UTC offsets that Python accepts."""
        moment = self.cleaned_data["after_moment"]
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError as error:
            raise ValidationError(_("Please search again.")) from error

    def position(self) -> tuple[datetime, UUID] | None:
        moment, thing = self.cleaned_data["after_moment"], self.cleaned_data["after_thing"]
        return (moment, thing) if moment and thing else None


class SuggestForm(OwnedForm):
    """A prompt from the library or from Selftrust, a practice, or a promise."""

    what = forms.ChoiceField(
        label=_("What kind of suggestion?"),
        choices=Suggestion.What.choices,
        initial=Suggestion.What.PROMPT,
        widget=forms.RadioSelect,
    )
    prompt = forms.ChoiceField(label=_("Which prompt?"), required=False)
    practice = forms.ChoiceField(
        label=_("Which practice?"), required=False, choices=Practice.choices
    )
    promise = WordsInput(
        label=_("The promise, in one sentence"),
        required=False,
        max_length=140,
        help_text=_("Keep it small enough for a bad day. They can change every word."),
    )

    note = WordsInput(
        label=_("A note to go with it"),
        required=False,
        max_length=300,
        help_text=_("Optional, up to 300 characters. Keep it plain: it isn’t a task or a test."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    by_on = DayField(
        label=_("By when"),
        rule=a_day_to_come,
        person=lambda form: form.coach,
        required=False,
        help_text=_("Optional. Without a date, it simply waits."),
    )

    class Meta:
        model = Suggestion
        fields = ()

    sent_fields = ("what", "text", "practice", "note", "by_on")
    field_order = ("what", "prompt", "practice", "promise", "note", "by_on")

    def __init__(self, coach: User, row: Suggestion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=row, **kwargs)
        self.coach = coach
        self.texts: dict[str, str] = {}
        own = [(f"own-{one.pk}", one.text) for one in coach.libraryprompts.live()]
        groups: list[Any] = [(_("Your library"), own)] if own else []
        shipped = list(Prompt.objects.all())
        for name in EntryPractice:
            rows = [(f"ours-{one.pk}", one.question) for one in shipped if one.practice == name]
            groups += [(name.label, rows)] if rows else []
        for _group, rows in groups:
            self.texts |= dict(rows)
        self.fields["prompt"].choices = groups

    def was_stored(self, stored: Any) -> bool:
        """Compares as the client, whose key seals what is stored. No page shows it, so it is not a
        reading that the client's log names."""
        with acting_as(self.instance.owner_id), opened_rows():
            return super().was_stored(stored)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        what = given.get("what")
        if (
            what == Suggestion.What.PROMPT
            and not given.get("prompt")
            and "prompt" not in self.errors
        ):
            self.add_error("prompt", ValidationError(_("Choose a prompt.")))
        if what == Suggestion.What.PRACTICE and not given.get("practice"):
            self.add_error("practice", ValidationError(_("Choose a practice.")))
        if (
            what == Suggestion.What.PROMISE
            and not given.get("promise")
            and "promise" not in self.errors
        ):
            self.add_error("promise", ValidationError(_("Enter the promise in one sentence.")))
        return given

    def _post_clean(self) -> None:
        """Sets the columns that depend on the kind before the model's validation."""
        row, given = self.instance, self.cleaned_data
        row.what, row.by_on = given.get("what", ""), given.get("by_on")
        row.note = given.get("note", "")
        row.text = {
            Suggestion.What.PROMPT: self.texts.get(given.get("prompt", ""), ""),
            Suggestion.What.PROMISE: given.get("promise", ""),
        }.get(row.what, "")
        is_practice = row.what == Suggestion.What.PRACTICE
        row.practice = given.get("practice", "") if is_practice else ""
        if not self.errors:
            super()._post_clean()
