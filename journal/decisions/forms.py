"""Later thoughts, and what the list is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.decisions.models import Addendum
from journal.guide.steps import StepForm


class AddendumForm(StepForm):
    class Meta:
        model = Addendum
        fields = ("thought",)
        error_messages = {"thought": {"required": _("Write a few words, or leave it.")}}


class AtForm(forms.Form):
    """The step a lesson stands beside."""

    at = forms.SlugField(required=False)
