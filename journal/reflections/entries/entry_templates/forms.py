from django import forms
from django.utils.translation import gettext_lazy as _

from journal.privacy.owned_form import OwnedForm
from journal.reflections.entries.entry_templates.models import EntryTemplate


class EntryTemplateForm(OwnedForm):
    class Meta:
        model = EntryTemplate
        fields = ("name", "lines")
        help_texts = {"lines": _("Questions or headings, one below the other.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "lines": forms.Textarea(attrs={"rows": 6}),
        }
        error_messages = {
            "name": {"required": _("Give it a name.")},
            "lines": {"required": _("Write a line first.")},
        }
