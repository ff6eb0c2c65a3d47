from django import forms
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.people.settings_forms import SettingsForm


class AppNameForm(SettingsForm):
    section, headline = "app-name", _("Name and icon")

    class Meta:
        model = User
        fields = ("app_name",)
        help_texts = {
            "app_name": _("“Notes” has a plain icon, so that a glance doesn’t tell what it is.")
        }
        widgets = {"app_name": forms.RadioSelect(attrs={"row": True})}
        error_messages = {"app_name": {"invalid_choice": _("Choose one of the two names.")}}
