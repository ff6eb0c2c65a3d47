import hashlib
from typing import IO, Any
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.photos.models import Photo
from journal.photos.uploading import PhotoUpload
from journal.privacy.owned_form import OwnedForm
from journal.privacy.ownership import uuid7

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
    """Photos to add. `visit` is the page's: the same file sent again from it is the same photo."""

    visit = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    photos = SeveralFiles(
        label=_("Photos"),
        widget=Files(attrs={"accept": ACCEPTED}),
        help_text=_(
            "JPEG, PNG, WebP or HEIC, up to ten, each up to 20 MB. The place and everything else "
            "the camera noted is removed."
        ),
    )

    def id_of(self, file: IO[bytes]) -> UUID:
        """What the file becomes when this page sends it."""
        digest = hashlib.sha256()
        while piece := file.read(PIECE):
            digest.update(piece)
        file.seek(0)
        return uuid5(self.cleaned_data["visit"], digest.hexdigest())


class DescriptionForm(OwnedForm):
    class Meta:
        model = Photo
        fields = ("description",)
        widgets = {"description": forms.TextInput}
