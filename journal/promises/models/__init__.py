"""Promises to oneself, the answers of each day, and the changes of their terms."""

from journal.promises.models.check_in import CheckIn, CheckInQuerySet, WeekConfirmation
from journal.promises.models.experiment import LENGTHS, Experiment
from journal.promises.models.parts import Part
from journal.promises.models.promise import EDITABLE_DAYS, PLENTY, Promise, PromiseQuerySet
from journal.promises.models.schedule import PromisePause, PromiseRevision
from journal.promises.models.unpromised import AFTER_LINE, LINE, MOST_WAITING

__all__ = [
    "AFTER_LINE",
    "EDITABLE_DAYS",
    "LENGTHS",
    "LINE",
    "MOST_WAITING",
    "PLENTY",
    "CheckIn",
    "CheckInQuerySet",
    "Experiment",
    "Part",
    "Promise",
    "PromisePause",
    "PromiseQuerySet",
    "PromiseRevision",
    "WeekConfirmation",
]
