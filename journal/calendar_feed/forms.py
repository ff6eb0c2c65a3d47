from django import forms
from django.utils.translation import gettext_lazy as _


class CalendarForm(forms.Form):
    titles = forms.BooleanField(label=_("Show what each entry is about"), required=False)


class ShownForm(forms.Form):
    """Names the address that the page shows, so that a page left open ends no later one."""

    shown = forms.UUIDField()
