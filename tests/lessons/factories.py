"""Plain functions that make lessons and uses, each written behind the wall as its owner."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from journal.lessons.models import Lesson, LessonUse
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as


def make_lesson(
    person: User,
    if_situation: str = "I promise a time",
    then_action: str = "open the calendar first",
    areas: Iterable[str] = ("work",),
    **fields: Any,
) -> Lesson:
    """An active lesson, due in three days unless `next_due` says otherwise."""
    with acting_as(person):
        lesson = Lesson.new_for(person)
        lesson.if_situation, lesson.then_action = if_situation, then_action
        lesson.areas = list(areas)
        for name, value in fields.items():
            setattr(lesson, name, value)
        lesson.save(force_insert=True)
    return lesson


def make_related_lesson(row: Any) -> UUID:
    """The id of a new lesson of the same person."""
    return make_lesson(row.owner).pk


def make_due(person: User, days_ago: int = 0, **fields: Any) -> Lesson:
    return make_lesson(person, next_due=clock.today(person) - timedelta(days=days_ago), **fields)


def make_use(lesson: Lesson, result: str = "helped", **fields: Any) -> LessonUse:
    person = lesson.owner
    with acting_as(person):
        given = {"used_on": clock.today(person), **fields}
        return LessonUse.objects.create(owner=person, lesson=lesson, result=result, **given)
