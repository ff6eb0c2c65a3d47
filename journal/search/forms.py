from django import forms
from django.utils.translation import gettext_lazy as _

from journal.privacy.words import WordsInput


class SearchForm(forms.Form):
    q = WordsInput(
        label=_("Words you remember"),
        max_length=200,
        error_messages={"required": _("Type a word that you remember.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    after_day = forms.DateField(required=False, widget=forms.HiddenInput)
    after_entry = forms.UUIDField(required=False, widget=forms.HiddenInput)
