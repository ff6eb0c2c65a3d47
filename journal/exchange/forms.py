from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.exchange.models import Import
from journal.exchange.uploading import SealedUpload


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Choose a file"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty."),
            "invalid": _("Choose a file first."),
        },
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )

    too_large = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "A ZIP, up to %(size)s. Nothing is written until you have seen the preview."
        ) % {"size": filesizeformat(settings.IMPORT_MAX_BYTES)}

    def clean(self) -> dict[str, Any]:
        if self.too_large:
            self.errors.pop("file", None)
            self.add_error(
                "file",
                ValidationError(
                    gettext("This file is larger than %(size)s.")
                    % {"size": filesizeformat(settings.IMPORT_MAX_BYTES)}
                ),
            )
        return self.cleaned_data

    def clean_file(self) -> SealedUpload:
        given = self.cleaned_data["file"]
        if not isinstance(given, SealedUpload):
            raise ValidationError(gettext("Choose a file first."))
        return given

    def keep(self) -> Import:
        """A person has one file waiting at a time: a new one takes the place of an earlier."""
        row: Import = self.cleaned_data["file"].keep()
        for earlier in row.owner.imports.unanswered():
            earlier.remove_file()
            earlier.delete()
        row.save(force_insert=True)
        return row


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
