"""Adding a photo to an entry."""

from contextlib import suppress
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.photos import decoding, files
from journal.photos.decoding import PhotoRefused
from journal.photos.models import MOST_PER_ENTRY, Photo
from journal.privacy.ownership import uuid7
from journal.privacy.storage import StorageAway


def add_photo(entry: Any, file: IO[bytes], *, pk: UUID | None = None, **given: Any) -> Photo:
    """Decodes, seals and stores the photo in `file` behind the others of the entry, or raises
    PhotoRefused. A second call with the same `pk`, after a lost response say, changes nothing,
    except that it brings the photo back from the bin."""
    person = entry.owner
    photo = Photo(id=pk or uuid7(), owner=person, entry=entry, **given)
    with transaction.atomic():
        person.lock()
        there = person.photos.filter(pk=photo.pk).first()
        if there is not None:
            bring_back(there)
            return there
    free_position(entry.pk, person)  # before the work of decoding
    decoded = decoding.decode(file)
    photo.width, photo.height = decoded.width, decoded.height
    day = decoded.taken_on
    photo.taken_on = day if day and FIRST_DAY <= day <= clock.today(person) else None
    with transaction.atomic():
        person.lock()  # else two tabs could take one position, or the last of the space, twice
        photo.position = free_position(entry.pk, person)
        check_quota(person, sum(map(len, decoded.files.values())))
        try:
            files.write(photo, decoded.files)
            stored = photo.insert_once()
        except BaseException:
            with suppress(StorageAway):  # what is left, the purge finds
                files.remove(photo)
            raise
    if stored is not photo:
        with suppress(StorageAway):
            files.remove(photo)
    if stored is None:  # somebody else's row has this id
        raise PhotoRefused(_("This photo couldn’t be added. Try again."))
    return stored


def bring_back(photo: Photo) -> bool:
    """From the bin, to its old position or behind the others; whoever calls it has locked the
    person. Returns whether it was there. Raises PhotoRefused if the entry has ten others."""
    if not photo.deleted_at:
        return False
    photo.position = free_position(photo.entry_id, photo.owner, photo.position)
    photo.deleted_at = None
    photo.save(update_fields=["deleted_at", "position"])
    return True


def check_quota(person: User, more: int) -> None:
    if person.photos.bytes_stored() + more > settings.PHOTOS_QUOTA:
        raise PhotoRefused(
            _("There’s no room left for this photo: your photos may take %(size)s here.")
            % {"size": filesizeformat(settings.PHOTOS_QUOTA)}
        )


def free_position(entry_id: UUID, person: User, wanted: int = 0) -> int:
    """The wanted one if it is free; otherwise behind the last photo, or in a gap, where there is
    only a gap left."""
    rows = person.photos.live().filter(entry=entry_id)
    taken = set(rows.values_list("position", flat=True))
    free = [number for number in range(1, MOST_PER_ENTRY + 1) if number not in taken]
    if not free:
        raise PhotoRefused(
            ngettext(
                "An entry can have %(count)s photo.",
                "An entry can have %(count)s photos.",
                MOST_PER_ENTRY,
            )
            % {"count": MOST_PER_ENTRY}
        )
    if wanted in free:
        return wanted
    return next((number for number in free if number > max(taken, default=0)), free[0])
