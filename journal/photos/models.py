"""Photos of an entry. Their pixels are in three sealed files in the storage (files.py)."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4, uuid5

from django.db import models
from django.db.models import Q, Sum
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from journal.people.row_urls import row_url
from journal.photos.decoder import SIZES
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to

MOST_PER_ENTRY = 10
LONGEST_DESCRIPTION = 300


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str

    @property
    def img(self) -> SafeString:
        """Rendered here: a page of the journal has many, and a template takes three times as
        long."""
        html = '<img src="{}" width="{}" height="{}" loading="lazy" decoding="async" alt="{}">'
        return format_html(html, self.url, self.width, self.height, self.alt)


class PhotoQuerySet(OwnedQuerySet):
    def in_order(self) -> Self:
        return self.order_by("position")

    def of_entries(self, entries: Any) -> Self:
        """Of some entries, given by their ids: each entry's in order."""
        return self.live().filter(entry__in=entries).in_order()

    def deleted_with(self, entries: Any) -> Self:
        """All photos of some entries, to delete their files too."""
        return self.filter(entry__in=entries).only("stored_as")

    def bytes_stored(self) -> int:
        """Of the bin too, whose files still take their space."""
        return self.aggregate(sum=Sum("stored_bytes"))["sum"] or 0


class Photo(OwnedModel):
    export_name = "photos.Photo"

    owner = belongs_to("photos")
    entry = models.ForeignKey(
        "entries.Entry", on_delete=models.CASCADE, related_name="photos", db_index=False
    )
    position = models.PositiveSmallIntegerField(editable=False)
    description = WordsField(
        _("Description"),
        max_length=LONGEST_DESCRIPTION,
        blank=True,
        help_text=_("What it shows, for whoever can’t see it."),
    )
    # Of the largest size, upright.
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    taken_on = models.DateField(null=True, editable=False)  # as the camera said; None if it did not
    stored_bytes = models.PositiveIntegerField(editable=False)  # of all sizes, sealed
    # From which the names of the files are made; whoever reads the storage learns nothing of it.
    stored_as = models.UUIDField(default=uuid4, editable=False)

    objects: ClassVar = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="photo_and_owner"),
            models.UniqueConstraint(
                fields=["owner", "entry", "position"],
                condition=Q(deleted_at=None),
                name="photo_alone_at_its_position",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_PER_ENTRY),
                name="photo_one_of_ten",
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1), name="photo_has_a_size"
            ),
            models.UniqueConstraint(fields=["stored_as"], name="photo_in_files_of_its_own"),
        ]
        indexes = [
            # Includes the bin, for the purge of an entry and for the space that photos take.
            models.Index(
                fields=["owner", "entry"], include=["stored_bytes"], name="photos_of_entry"
            )
        ]

    def file_id(self, size: str) -> UUID:
        """The id to which the sealed file of this size is bound, and its name in the storage."""
        return uuid5(self.stored_as, size)

    def names(self) -> list[str]:
        return [self.file_id(size).hex for size in SIZES]

    def picture(self, size: str) -> Picture:
        """Where the photo is in this size, and how large, as the decoder has made it."""
        scale = min(1.0, SIZES[size] / max(self.width, self.height))
        width, height = (max(1, round(side * scale)) for side in (self.width, self.height))
        return Picture(row_url("photos:picture", self.pk, size), width, height, self.alt)

    @property
    def small(self) -> Picture:
        return self.picture("small")

    @property
    def medium(self) -> Picture:
        return self.picture("medium")

    @property
    def large(self) -> Picture:
        return self.picture("large")

    @property
    def alt(self) -> str:
        return self.description or str(_("Photo without a description"))

    def get_absolute_url(self) -> str:
        return row_url("photos:detail", self.pk)
