"""Boundaries: a limit, the planned response, the words for it, its tellings and its crossings."""

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
