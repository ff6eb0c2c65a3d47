"""The tables of this app; each of its folders keeps its own."""

from journal.reflections.compassion.models import KindnessStarter, SelfCompassion, StarterMark
from journal.reflections.daily.models import DailyCheck, DailyCheckQuerySet
from journal.reflections.entries.earlier import EarlierVersion
from journal.reflections.entries.models import Entry, EntryQuerySet
from journal.reflections.entries.prompts.models import HiddenPrompt, OwnPrompt, Prompt
from journal.reflections.entries.topics import Topic
from journal.reflections.mistakes.models import Mistake, MistakeQuerySet
from journal.reflections.rating.models import SelfRating, SelfRatingQuerySet
from journal.reflections.rumination.models import RuminationAnswer, RuminationAnswerQuerySet
from journal.reflections.week.models import WeeklyReflection, WeeklyReflectionQuerySet

__all__ = [
    "DailyCheck",
    "DailyCheckQuerySet",
    "EarlierVersion",
    "Entry",
    "EntryQuerySet",
    "HiddenPrompt",
    "KindnessStarter",
    "Mistake",
    "MistakeQuerySet",
    "OwnPrompt",
    "Prompt",
    "RuminationAnswer",
    "RuminationAnswerQuerySet",
    "SelfCompassion",
    "SelfRating",
    "SelfRatingQuerySet",
    "StarterMark",
    "Topic",
    "WeeklyReflection",
    "WeeklyReflectionQuerySet",
]
