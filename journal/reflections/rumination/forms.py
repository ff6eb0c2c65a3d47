from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.reflections.rumination import questions


class Choice(models.TextChoices):
    OBSERVER = questions.OBSERVER, _("An observer's view")
    NEXT = questions.NEXT, _("One next action")
    ASIDE = "aside", _("Set it aside")
    NOT_NOW = "not-now", _("Not now")
    NEVER = "never", _("Never suggest this")


class AnswerForm(forms.Form):
    """The button that was pressed."""

    do: Any = forms.ChoiceField(choices=Choice.choices)
