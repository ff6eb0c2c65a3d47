"""Boundaries: a limit, the planned response, the words for it, and what became of it; and how the
areas of life feel."""

from journal.boundaries.models.area_feeling import AreaFeeling
from journal.boundaries.models.boundary import REVIEW_AFTER, Boundary
from journal.boundaries.models.crossing import Crossing, CrossingQuerySet
from journal.boundaries.models.rehearsal import Rehearsal
from journal.boundaries.models.telling import Channel, Telling

__all__ = [
    "REVIEW_AFTER",
    "AreaFeeling",
    "Boundary",
    "Channel",
    "Crossing",
    "CrossingQuerySet",
    "Rehearsal",
    "Telling",
]
