"""When a person would like to be nudged: off, or once a day. Stored; nothing is sent yet."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.people.models import User

EVENING = time(20, 30)
# All that a nudge would say: nothing of what this is, in case others see the screen.
WORDS = _("Time for your notes")


class ReminderForm(forms.ModelForm):
    often = forms.ChoiceField(
        label=_("How often?"),
        choices=[("off", _("Not at all")), ("daily", _("Once a day"))],
        required=False,
        widget=forms.RadioSelect(attrs={"row": True}),
    )

    class Meta:
        model = User
        fields = ("remind_at",)
        widgets = {"remind_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}
        error_messages = {"remind_at": {"invalid": _("Enter a time, for example 20:30.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.instance.remind_at is not None
        self.initial["often"] = "daily" if wanted else "off"
        self.initial["remind_at"] = self.instance.remind_at or EVENING
        self.order_fields(["often", "remind_at"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("often") != "daily":
            self.errors.pop("remind_at", None)
            cleaned["remind_at"] = None
        elif not cleaned.get("remind_at") and "remind_at" not in self.errors:
            self.add_error("remind_at", _("Choose a time."))
        return cleaned

    def save_answers(self) -> bool:
        self.instance.save(update_fields=["remind_at"])
        return True
