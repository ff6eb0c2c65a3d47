from django import forms
from django.utils.translation import gettext_lazy as _


class DeletionForm(forms.Form):
    when = forms.ChoiceField(
        label=_("When?"),
        choices=[
            ("week", _("In seven days. If you sign in before then, you keep everything.")),
            ("now", _("Now. This can’t be undone.")),
        ],
        initial="week",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when."), "invalid_choice": _("Choose when.")},
    )
    sure = forms.BooleanField(
        label=_("Delete my account and everything in it"),
        error_messages={"required": _("Tick the box, so that nothing is deleted by mistake.")},
    )
