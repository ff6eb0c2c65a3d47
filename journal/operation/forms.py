from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.operation import installation_state


class RecoveryKeyForm(forms.Form):
    """Asks for the first characters of the recovery key, which show that the operator has it."""

    beginning = forms.CharField(
        label=_("The first six characters of the recovery key"),
        help_text=_("Read them from where you keep it. They are compared and not stored."),
        min_length=installation_state.SHOWN,
        max_length=installation_state.SHOWN,
    )

    def clean_beginning(self) -> str:
        beginning: str = self.cleaned_data["beginning"]
        if not installation_state.begins_the_recovery_key(beginning):
            raise ValidationError(
                _("The recovery key of this installation begins with something else.")
            )
        return beginning
