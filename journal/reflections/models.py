"""The tables of this app; each of its folders keeps its own."""

from journal.reflections.daily.models import DailyCheck, DailyCheckQuerySet
from journal.reflections.entries.models import Entry, EntryQuerySet
from journal.reflections.rating.models import SelfRating, SelfRatingQuerySet

__all__ = [
    "DailyCheck",
    "DailyCheckQuerySet",
    "Entry",
    "EntryQuerySet",
    "SelfRating",
    "SelfRatingQuerySet",
]
