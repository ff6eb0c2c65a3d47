import hashlib
from typing import IO, Any
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.photos.models import Photo
from journal.photos.uploading import PhotoUpload
from journal.privacy.owned_form import OwnedForm

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif"
PIECE = 64 * 1024


class Files(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[PhotoUpload]:
        """Those with a name and bytes: a browser sends an empty file where none was chosen."""
        return [file for file in files.getlist(name) if file.name and file.size]


class SeveralFiles(forms.FileField):
    widget = Files

    def clean(self, data: list[PhotoUpload], initial: Any = None) -> list[PhotoUpload]:
        if not data:
            raise forms.ValidationError(_("Choose a photo first."))
        return data


class PhotosForm(forms.Form):
    """Photos to add. `visit` is in the address of the page: the same file sent again from there,
    after the browser's Back too, is the same photo."""

    visit = forms.UUIDField(widget=forms.HiddenInput)
    photos = SeveralFiles(
        label=_("Photos"),
        widget=Files(attrs={"accept": ACCEPTED}),
        help_text=_(
            "JPEG, PNG, WebP or HEIC, up to ten, each up to 20 MB. The place and everything else "
            "the camera noted is removed."
        ),
    )

    def id_of(self, file: IO[bytes], entry_id: UUID) -> UUID:
        """What the file becomes when this page sends it to that entry."""
        digest = hashlib.sha256(entry_id.bytes)
        while piece := file.read(PIECE):
            digest.update(piece)
        file.seek(0)
        return uuid5(self.cleaned_data["visit"], digest.hexdigest())


class VisitForm(forms.Form):
    """What the address of the page says."""

    visit = forms.UUIDField()


class DescriptionForm(OwnedForm):
    class Meta:
        model = Photo
        fields = ("description",)
        widgets = {"description": forms.TextInput}
