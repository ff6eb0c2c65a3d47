from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.adapter import invitation_of
from journal.people.models import User


class SignupForm(AllauthSignupForm):
    """An address and a password; the browser adds its time zone, a link its invitation."""

    invite = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    zone = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("zone") not in clock.zone_names():
            self.cleaned_data["zone"] = ""
        return cleaned

    def save(self, request: HttpRequest) -> User:
        invitation = invitation_of(request)
        if invitation and not invitation.use():
            raise ValidationError(_("This invitation has been used."))
        return super().save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.zone = self.cleaned_data["zone"]
        user.save(update_fields=["zone"])


def hour_choices() -> list[tuple[int, Any]]:
    return [(0, _("Midnight")), *((hour, f"{hour:02}:00") for hour in range(1, 24))]


class PreferencesForm(forms.ModelForm):
    day_starts_at = forms.TypedChoiceField(
        label=_("My day starts at"),
        help_text=_("What you write before this hour belongs to the day before."),
        choices=hour_choices,
        coerce=int,
    )
    zone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = User
        fields = User.PREFERENCES
        widgets = {"theme": forms.RadioSelect}
        help_texts = {"called": _("Optional. Only you see it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        server_zone = _("As the server: %(zone)s") % {"zone": settings.TIME_ZONE}
        names = [(name, name.replace("_", " ")) for name in clock.zone_names()]
        self.fields["zone"].choices = [("", server_zone), *names]  # type: ignore[attr-defined]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            required=False,
            choices=[("", _("As my browser asks")), *settings.LANGUAGES],
        )


class OperatorForm(forms.Form):
    token = forms.CharField(label=_("Operator token"), max_length=200, strip=True)
