from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.reflections.entries import reframing_prompts


class Choice(models.TextChoices):
    OBSERVER = reframing_prompts.OBSERVER, _("An outside view")
    NEXT = reframing_prompts.NEXT, _("One next step")
    ASIDE = "aside", _("Set it aside")
    NOT_NOW = "not-now", _("Not now")
    NEVER = "never", _("Turn off these suggestions")


class AnswerForm(forms.Form):
    """The pressed button."""

    do: Any = forms.ChoiceField(choices=Choice.choices)
