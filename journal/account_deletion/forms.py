from django import forms
from django.utils.translation import gettext_lazy as _


class DeletionForm(forms.Form):
    when = forms.ChoiceField(
        label=_("When?"),
        choices=[
            ("week", _("In seven days. Signing in before that keeps everything.")),
            ("now", _("Now. Nothing can bring it back.")),
        ],
        initial="week",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when."), "invalid_choice": _("Choose when.")},
    )
    sure = forms.BooleanField(
        label=_("Delete my account and everything in it"),
        error_messages={"required": _("Tick the box, so that nothing goes by mistake.")},
    )
