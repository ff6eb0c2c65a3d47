from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.access_tokens.models import AccessToken
from journal.api import tokens
from journal.people.models import User
from journal.privacy.fields import WordsInput
from journal.privacy.ownership import uuid7

LASTS = ((30, _("30 days")), (90, _("90 days")), (365, _("A year")))
TOO_MANY = _("You have %(most)s tokens, and that’s as many as there can be. End one of them first.")


class TokenForm(forms.Form):
    """A new token. `id` is of the row it will be, so that a form sent twice makes one."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = WordsInput(
        label=_("What is it for?"),
        help_text=_("So that you know it again, such as “Phone”."),
        max_length=60,
        error_messages={"required": _("Give it a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    allows = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=AccessToken.Allows.choices,
        initial=[AccessToken.Allows.WRITE],  # the most common need, and it reads nothing
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    days = forms.TypedChoiceField(
        label=_("Until when?"),
        choices=LASTS,
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose when it ends."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data, initial={"id": uuid7()})
        self.person = person

    def clean(self) -> dict[str, Any]:
        if tokens.tokens_of(self.person).count() >= tokens.MOST:
            raise ValidationError(TOO_MANY % {"most": tokens.MOST})
        return self.cleaned_data

    def save(self) -> str | None:
        given = self.cleaned_data
        pk = given["id"] or uuid7()
        return tokens.make(self.person, pk, given["name"], given["allows"], given["days"])
