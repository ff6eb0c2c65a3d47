"""The photos of an entry that its owner shares with it: those ticked in the preview, and no others.

The grant of the entry names them. The preview shows every photo of the entries it shares; none is
ticked until the person ticks it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.batched_queries import in_given
from journal.sharing.coach_queries import Item
from journal.sharing.consent import ShareRequest
from journal.sharing.models.grants import ShareGrant

ENTRY = "entry"
# What a coach may read of a shared photo (policies.py); the files, by `stored_as`.
FIELDS = (
    *("id", "owner_id", "entry_id", "position", "description"),
    *("width", "height", "stored_as", "deleted_at"),
)


class Ticks:
    """The photos that a preview shows as ticked, and those that were posted as such."""

    def __init__(self, posted: QueryDict | None = None) -> None:
        """Without a posted form, those that are shared already."""
        self.posted = posted is not None
        self._ticked, self._were = (
            {_id(text) for text in (posted or QueryDict()).getlist(name)}
            for name in ("photo", "photo_before")
        )

    def apply(
        self, wish: ShareRequest, stands: ShareGrant | None, photos: Iterable[Photo]
    ) -> ShareRequest:
        """The request with its photos. What another page stopped sharing since stays private."""
        if wish.about != ENTRY or wish.item_id is None:
            return wish
        shared = set(stands.photos) if stands else set()
        wanted = (self._ticked - (self._were - shared)) if self.posted else shared
        own = (photo.pk for photo in photos if photo.entry_id == wish.item_id)
        return replace(wish, photos=tuple(pk for pk in own if pk in wanted))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def of_given_entries(person: User, _day: date) -> Any:
    return Photo.objects.live().filter(in_given("entry_id"), owner=person).in_order()


def readable() -> Any:
    """In the coach's role: those that the wall opens."""
    return Photo.objects.only(*FIELDS).in_order()


def of_item(item: Item) -> list[Photo]:
    return list(readable().filter(entry=item.row.pk)) if item.kind.name == ENTRY else []


def attach(items: Iterable[Any], wishes: Iterable[ShareRequest], photos: list[Photo]) -> None:
    """Gives the previewed entries the photos to tick."""
    ticked = {wish.item_id: set(wish.photos) for wish in wishes if wish.about == ENTRY}
    for one in items:
        if one.item.kind.name == ENTRY and one.item.row.pk in ticked:
            one.photos = [
                (photo, photo.pk in ticked[one.item.row.pk])
                for photo in photos
                if photo.entry_id == one.item.row.pk
            ]
