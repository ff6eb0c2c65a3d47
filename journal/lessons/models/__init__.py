"""If-then lessons, their returns and uses; and threads, which link rows across the practices."""

from journal.lessons.models.lesson import HELPED, LAST_BOX, Lesson, LessonQuerySet, LessonReturn
from journal.lessons.models.thread import Thread
from journal.lessons.models.use import LessonUse, LessonUseQuerySet

__all__ = [
    "HELPED",
    "LAST_BOX",
    "Lesson",
    "LessonQuerySet",
    "LessonReturn",
    "LessonUse",
    "LessonUseQuerySet",
    "Thread",
]
