"""The tables of this app; each of its folders keeps its own."""

from journal.reflections.entries.models import Entry, EntryQuerySet
from journal.reflections.rating.models import SelfRating, SelfRatingQuerySet

__all__ = ["Entry", "EntryQuerySet", "SelfRating", "SelfRatingQuerySet"]
