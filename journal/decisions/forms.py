"""Forms for later thoughts and for the filters of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.decisions.models import Addendum
from journal.guide.steps import StepForm


class AddendumForm(StepForm):
    class Meta:
        model = Addendum
        fields = ("thought",)
        error_messages = {"thought": {"required": _("Write a few words, or cancel.")}}


class AtForm(forms.Form):
    """The step that shows a related lesson."""

    at = forms.SlugField(required=False)
