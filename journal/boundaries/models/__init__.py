"""Boundaries: a limit, what the person will do, the words for it, and what became of it."""

from journal.boundaries.models.boundary import REVIEW_AFTER, Boundary
from journal.boundaries.models.crossing import Crossing, CrossingQuerySet
from journal.boundaries.models.telling import Channel, Telling

__all__ = [
    "REVIEW_AFTER",
    "Boundary",
    "Channel",
    "Crossing",
    "CrossingQuerySet",
    "Telling",
]
