from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.privacy.ownership import OwnedForm
from journal.reflections.entries.models import FIRST_DAY, Entry


class EntryForm(OwnedForm):
    class Meta:
        model = Entry
        fields = ("title", "body", "written_on")
        widgets = {
            "title": forms.TextInput(attrs={"placeholder": _("Title, if you like")}),
            "body": forms.Textarea(attrs={"rows": 12}),
            "written_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        error_messages = {
            "body": {
                "required": _("Write something first; a word is enough."),
                "max_length": _(
                    "An entry holds up to 20,000 characters, and this is longer. "
                    "Nothing was lost: cut it into two entries."
                ),
            },
            "written_on": {"invalid": _("Enter a date, for example 2026-11-19.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].strip = False  # type: ignore[attr-defined]
        self.fields["written_on"].widget.attrs["max"] = clock.today(self.instance.owner).isoformat()

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if not body.strip():
            raise ValidationError(self.fields["body"].error_messages["required"])
        return body

    def clean_written_on(self) -> date:
        written_on: date = self.cleaned_data["written_on"]
        if written_on > clock.today(self.instance.owner):
            raise ValidationError(_("That day has not come yet."))
        if written_on < FIRST_DAY:
            raise ValidationError(_("Choose a day from 1900 on."))
        return written_on


class PageForm(forms.Form):
    """Where the next page of the timeline begins: after this entry."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    entry = forms.UUIDField(required=False)

    def position(self) -> tuple[date, UUID] | None:
        """None for the first page, and for an address that makes no sense."""
        if not self.is_valid() or not all(self.cleaned_data.values()):
            return None
        return self.cleaned_data["day"], self.cleaned_data["entry"]
