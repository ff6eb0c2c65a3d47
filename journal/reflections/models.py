"""The tables of this app; each of its folders keeps its own."""

from journal.reflections.compassion.models import KindnessStarter, SelfCompassion, StarterMark
from journal.reflections.entries.models import Entry, EntryQuerySet

__all__ = ["Entry", "EntryQuerySet", "KindnessStarter", "SelfCompassion", "StarterMark"]
