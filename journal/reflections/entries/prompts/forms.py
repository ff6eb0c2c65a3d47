from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.people.models import User
from journal.privacy.owned_form import OwnedForm
from journal.reflections.entries.prompts import selection
from journal.reflections.entries.prompts.models import OwnPrompt
from journal.reflections.practices import Practice


class OwnPromptForm(OwnedForm):
    class Meta:
        model = OwnPrompt
        fields = ("text", "practice")
        labels = {"text": _("Your own prompt")}
        help_texts = {"text": _("A question you’d like to be asked again.")}
        widgets = {"text": forms.TextInput(attrs={"autocomplete": "off"})}
        error_messages = {"text": {"required": _("Write the question first.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = [
            ("", pgettext_lazy("no practice", "None")),
            *Practice.choices,
        ]


class OfferForm(forms.Form):
    """The prompt to hide, or to offer again."""

    hide = forms.CharField(required=False)
    again = forms.CharField(required=False)

    def chosen(self, person: User) -> tuple[selection.AnyPrompt | None, bool]:
        """The prompt, and whether to hide it."""
        if not self.is_valid():
            return None, False
        hide = self.cleaned_data["hide"]
        return selection.find(person, hide or self.cleaned_data["again"]), bool(hide)
