from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.operation import installation_state
from journal.privacy.length import TOO_LONG


class LogPageForm(forms.Form):
    """The number of the line after which the requested page of the log begins."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class RecoveryKeyForm(forms.Form):
    """Asks for the first characters of the recovery key, which show that the operator has it."""

    beginning = forms.CharField(
        label=_("First six characters of the recovery key"),
        help_text=_("Copy them from where you keep the key. They’re compared, not stored."),
        min_length=installation_state.SHOWN,
        max_length=installation_state.SHOWN,
        error_messages={"max_length": TOO_LONG},
    )

    def clean_beginning(self) -> str:
        beginning: str = self.cleaned_data["beginning"]
        if not installation_state.begins_the_recovery_key(beginning):
            raise ValidationError(_("This server’s recovery key starts with something else."))
        return beginning
