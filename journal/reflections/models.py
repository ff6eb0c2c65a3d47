"""The tables of this app: the daily check, the self-rating and the weekly reflection.

Entries, self-compassion, mistakes and rumination are separate apps in this folder.
"""

from journal.reflections.daily.models import DailyCheck, DailyCheckQuerySet
from journal.reflections.rating.models import SelfRating, SelfRatingQuerySet
from journal.reflections.week.models import WeeklyReflection, WeeklyReflectionQuerySet

__all__ = [
    "DailyCheck",
    "DailyCheckQuerySet",
    "SelfRating",
    "SelfRatingQuerySet",
    "WeeklyReflection",
    "WeeklyReflectionQuerySet",
]
