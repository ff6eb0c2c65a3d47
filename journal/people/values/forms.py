from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.people.values.models import Value
from journal.privacy.canonical import canonical
from journal.privacy.owned_form import OwnedForm


class ValueForm(OwnedForm):
    class Meta:
        model = Value
        fields = ("name", "meaning")
        labels = {"name": _("Your own word for it")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "meaning": forms.Textarea(attrs={"rows": 2}),
        }
        error_messages = {"name": {"required": _("Enter a name.")}}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        for other in self.instance.owner.values.live():
            if other.pk != self.instance.pk and canonical(other.name) == canonical(name):
                raise ValidationError(_("You already have this one."))
        return name


class DirectionForm(forms.Form):
    do = forms.ChoiceField(choices=[(verb, "") for verb in ("up", "down", "rest", "wake")])

    def verb(self) -> Any:
        return self.cleaned_data["do"] if self.is_valid() else ""
