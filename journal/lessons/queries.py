"""The lesson of a day, the lessons of an area, and the totals of uses over a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from journal.guide.todo_items import TodoItem, TodoSource
from journal.lessons.models import (
    HELPED,
    Lesson,
    LessonQuerySet,
    LessonReturn,
    LessonUse,
    LessonUseQuerySet,
)
from journal.people.models import User

LOOKING_BACK = timedelta(days=90)
SHOWN = 3


@dataclass(frozen=True)
class Today:
    """The one lesson that comes back on a day, for "lessons/_today.html" on Today."""

    lesson: Lesson
    day: date
    answer: str  # empty until the person answers

    @property
    def answer_text(self) -> str:
        return str(LessonReturn.Answer(self.answer).label) if self.answer else ""


def lesson_due(person: User, day: date) -> Today | None:
    return lesson_of_day(coming_back(person, day), day)


def lesson_of_day(lessons: Iterable[Lesson], day: date) -> Today | None:
    """The row that `coming_back` found, for the page."""
    lesson = next(iter(lessons), None)
    return Today(lesson, day, lesson.given or "") if lesson else None  # type: ignore[attr-defined]  # annotated below


def coming_back(person: User, day: date) -> QuerySet[Lesson]:
    """The lesson answered on the day, or else the one that has waited longest. If the answered one
    was retired or deleted since, the day has had its lesson all the same."""
    had_one = Exists(person.lessonreturns.filter(returned_on=day))
    return (
        person.lessons.returning()
        .annotate(on_day=FilteredRelation("returns", condition=Q(returns__returned_on=day)))
        .annotate(given=F("on_day__answer"))
        .filter(Q(given__isnull=False) | Q(next_due__lte=day) & ~had_one)
        .order_by("next_due", "id")[:1]
    )


def due_by(person: User, day: date) -> LessonQuerySet:
    """Active lessons whose turn comes up to a day; Today then shows one a day."""
    return person.lessons.active().filter(next_due__lte=day).order_by("next_due", "id")


def return_of(lesson: Lesson, _day: date) -> list[TodoItem]:
    text, address = _("A lesson comes back."), lesson.get_absolute_url()
    return [TodoItem(lesson.if_situation, text, address, on=lesson.next_due)]


dated = TodoSource("mist", due_by, return_of)


def for_area(person: User, area: str) -> LessonQuerySet:
    """Active lessons of an area, newest first; a decision shows `[:3]`."""
    return person.lessons.active().sharing(area).order_by("-id")


def by_next_return(person: User, _day: date) -> LessonQuerySet:
    return person.lessons.live().with_uses().order_by("next_due", "-since_on", "-id")


def next_ones(person: User, _day: date) -> LessonQuerySet:
    """The lessons that come back soonest, for pages that show a few."""
    return person.lessons.active().with_uses().order_by("next_due", "-id")[:SHOWN]


def that_helped(person: User) -> list[Lesson]:
    """Active lessons that helped before, the most helpful first."""
    lessons = person.lessons.active().filter(uses__deleted_at=None, uses__result__in=HELPED)
    return list(lessons.annotate(times=Count("uses")).order_by("-times", "-id")[:SHOWN])


def uses_that_helped(person: User, day: date) -> LessonUseQuerySet:
    """Uses since a day, latest first, each with its lesson."""
    uses = person.lessonuses.of_live_lessons().filter(result=LessonUse.Result.HELPED)
    return uses.filter(used_on__gte=day).select_related("lesson").latest_first()


def past_uses(person: User, day: date) -> QuerySet[Any, Any]:
    """How often lessons helped in the last 90 days, fully or in part, and how often they came too
    late: one dictionary, or none without uses."""
    uses = person.lessonuses.live().filter(used_on__gte=day - LOOKING_BACK, lesson__deleted_at=None)
    counted = (
        uses.order_by()
        .values("owner")
        .annotate(
            helped=Count("pk", filter=Q(result__in=HELPED)),
            too_late=Count("pk", filter=Q(result=LessonUse.Result.FORGOT)),
        )
    )
    return counted.values("helped", "too_late")
