from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from journal.exchange.export_filters import CHOICES
from journal.exchange.foreign.question_fields import answers_of, fields_of
from journal.exchange.foreign.questions import Answers
from journal.exchange.models import Export, HasFile, Import
from journal.exchange.portion import Subject, find_item, name_of_item
from journal.exchange.readable import pdf
from journal.exchange.uploading import SealedUpload
from journal.people.day_fields import DateInput
from journal.people.models import User
from journal.reflections.entries.models import Tag
from journal.webserver.body_limits import has_room

FORMATS = {
    Export.Format.EVERYTHING: _("A book to read, Markdown, CSV, and JSON to import again"),
    Export.Format.DOCUMENT: _("HTML, in date order. To keep a PDF, open it and print it to a file"),
    Export.Format.EPUB: _("EPUB, for an e-book reader or a reading app"),
    Export.Format.PDF: _("PDF, to print or to give to someone; up to some two hundred pages"),
    Export.Format.TEXT: _("TXT, with everything to read and no photos"),
    Export.Format.TABLES: _("CSV of each practice, for a spreadsheet"),
    Export.Format.FIGURES: _("CSV without any text"),
}
# For the dialog only: what a file is, its content says.
ACCEPTED = ".zip,.json,.csv,.md,.markdown,.txt,.xml,.db,.sqlite,.daylio,.bear2bk,.jex"
NO_ROOM = _("This server’s disk is nearly full. Please tell the person who runs it.")
# WinZip's key derivation is fast, so an attacker could try all short passphrases.
SHORTEST_PASSPHRASE = 12


class ExportForm(forms.Form):
    fields: dict[str, Any]
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        initial=Export.Format.EVERYTHING,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    left_out = forms.MultipleChoiceField(
        label=_("Leave out (optional)"),
        help_text=_("Everything is included unless you tick something here."),
        required=False,
        choices=[(name, choice.label) for name, choice in CHOICES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("To"), required=False, widget=DateInput())
    subject = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Everything")), *Subject.choices],
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    tag = forms.ModelChoiceField(
        Tag.objects.none(),
        label=_("Entries with this tag"),
        required=False,
        empty_label=_("Any, or none"),
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)
    passphrase = forms.CharField(
        label=_("Passphrase for the file"),
        help_text=_(
            "Optional. Without one, anyone who has the file can read it. With one, you open"
            " the ZIP in 7-Zip, Keka or WinZip. Use a few words. We keep the passphrase, "
            "encrypted, only until the file is made."
        ),
        required=False,
        strip=False,
        min_length=SHORTEST_PASSPHRASE,
        max_length=HasFile.LONGEST_PASSPHRASE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "min_length": _("Use at least %(limit_value)d characters. A few words are best."),
            "max_length": _("Use at most %(limit_value)d characters."),
        },
    )

    PART = ("since", "until", "subject", "tag")

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["tag"].queryset = person.tags.live()
        self.fields["tag"].label_from_instance = lambda tag: tag.name
        self.fields["format"].choices = [
            (value, format_html("{}<small>{}</small>", label, FORMATS[Export.Format(value)]))
            for value, label in Export.Format.choices
            if value != Export.Format.PDF or pdf.is_possible()
        ]

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or Export.Format.EVERYTHING

    @classmethod
    def asked_by(cls, address: Mapping[str, str]) -> dict[str, str]:
        """The part that a link asks for."""
        return {name: address[name] for name in (*cls.PART, "item") if name in address}

    def clean(self) -> dict[str, Any]:
        if not has_room():
            raise ValidationError(NO_ROOM)
        given = self.cleaned_data.get("item")
        if "item" in self.errors or (given and find_item(self._person, given) is None):
            self.errors.pop("item", None)
            raise ValidationError(_("What you wanted to export isn’t there any more."))
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(_("The end is before the start.")))
        return self.cleaned_data

    @property
    def item_name(self) -> str:
        """What alone is exported, if it is an item; empty for one that is not there."""
        given = self["item"].value()
        try:
            pk = given if isinstance(given, UUID) else UUID(str(given or ""))
        except ValueError:
            return ""
        return name_of_item(self._person, pk) if find_item(self._person, pk) else ""

    @property
    def part(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PART]

    @property
    def asks_for_a_part(self) -> bool:
        """Whether the fields of a part are filled, or refused."""
        return any(field.value() or field.errors for field in self.part)

    def save(self) -> Export:
        given = dict(self.cleaned_data)
        tag = given.pop("tag")
        given |= {"only_tag": tag and tag.pk, "only_item": given.pop("item")}
        return self._person.exports.create(**given)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Choose a file"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty."),
            "invalid": _("Choose a file first."),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    passphrase = forms.CharField(
        label=_("Passphrase of the file"),
        help_text=_("Only if it has one."),
        required=False,
        strip=False,
        max_length=HasFile.LONGEST_PASSPHRASE,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Use at most %(limit_value)d characters.")},
    )

    too_large = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "Up to %(size)s. You’ll see a preview before anything is imported."
        ) % {"size": filesizeformat(settings.IMPORT_MAX_BYTES)}

    def clean(self) -> dict[str, Any]:
        if not has_room():
            self.add_error("file", NO_ROOM)
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

    def save(self) -> Import:
        """Replaces an earlier upload, since a person has one file waiting at a time. Its preview
        may be under way, and stops."""
        row: Import = self.cleaned_data["file"].save()
        row.passphrase = self.cleaned_data["passphrase"]
        for earlier in row.owner.imports.unanswered():
            earlier.progress.ask_to_stop()
        for earlier in row.owner.imports.unanswered().select_for_update():
            earlier.remove_file()
            earlier.delete()
        row.save(force_insert=True)
        return row


class StartForm(forms.Form):
    """What to do with what differs, and the questions of a file of another app."""

    differing = forms.ChoiceField(
        required=False,
        choices=[("mine", _("Keep mine as they are")), ("both", _("Keep both"))],
        initial="mine",
        widget=forms.RadioSelect(attrs={"row": True}),
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )

    def __init__(self, row: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        preview = row.preview
        self._row, self._before = row, Answers.read(row.answers)
        self._lines = preview.get("questions", [])
        differ = preview.get("differ", 0)
        self.fields["differing"].label = ngettext(
            "%(count)s item is already here but is different in the file",
            "%(count)s items are already here but are different in the file",
            differ,
        ) % {"count": differ}
        for name, field in fields_of(self._lines, self._before, row.owner):
            self.fields[name] = field

    @property
    def questions(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "differing"]

    def other_answers(self) -> str:
        """The answers, if they are others than those of the preview."""
        given = {name: self.cleaned_data[name] for name in self.fields if name in self.data}
        if "also" in self.fields:  # a form without a ticked box says nothing of it
            given["also"] = self.cleaned_data["also"] if "asked" in self.data else self._before.also
        now = answers_of(given, self._lines, self._before, self._row.owner)
        return now.text() if now.differs(self._before) else ""
