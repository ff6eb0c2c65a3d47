"""The person's own lessons beside what they do: a decision, a promise, a boundary, a crossing.

They are found by area, by thread and by likeness of words. One statement reads the latest active
lessons; their words are compared here, within the request, and nothing about them is stored.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.languages.lists import beside
from journal.lessons import likeness
from journal.lessons.models import Lesson, LessonQuerySet, LessonUseQuerySet
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched, in_given
from journal.privacy.ownership import OwnedModel

LATEST, SHOWN = 300, 3  # lessons looked through, and shown


@dataclass(frozen=True)
class RelatedLesson:
    """A lesson next to a row, and how it was found."""

    lesson: Lesson
    is_linked: bool = False  # by a thread, directly or through one row in between
    words: set[str] = field(default_factory=set)  # that both share
    in_area: bool = False
    result: str | None = None  # of its use next to the row; empty if that is not answered yet

    @property
    def is_used(self) -> bool:
        return self.result is not None

    @property
    def is_found(self) -> bool:
        return self.is_linked or bool(self.words) or self.in_area

    @property
    def found_by(self) -> str:
        """ "Linked to this, similar words"."""
        found = (
            (self.is_linked, _("linked to this")),
            (bool(self.words), _("similar words")),
            (self.in_area, _("same area")),
        )
        text = beside(words for is_so, words in found if is_so)
        return text[:1].upper() + text[1:]

    @property
    def origin_text(self) -> str:
        """The lesson's origin and date: "From a mistake, March 2026". Never which mistake."""
        month = date_format(self.lesson.created_at, "F Y")
        texts: dict[str, str] = {
            Lesson.Source.MISTAKE: _("From a mistake, %(month)s"),
            Lesson.Source.DECISION: _("From a decision, %(month)s"),
            Lesson.Source.CROSSING: _("From a crossing, %(month)s"),
        }
        return texts.get(self.lesson.source, _("From %(month)s")) % {"month": month}


def find(
    row: OwnedModel,
    texts: Iterable[str],
    *,
    area: str = "",
    around: Iterable[UUID] = (),
    hidden: Container[UUID] = (),
    shown: Container[str] = (),
) -> list[RelatedLesson]:
    """Up to three active lessons for a row of the person's, which need not be stored yet. Threads
    to `around` count like those to the row. First come the ones used here or `shown` before (by
    id), then the linked ones, those with the most words in common, of the area, and the newest."""
    person: User = row.owner
    near = [row.pk, *around]
    latest, uses = fetch_batched(person, clock.today(person), _latest, _uses_near, given=near)
    results = {use["lesson_id"]: use["result"] for use in uses if use["linked_id"] == str(row.pk)}
    lessons = [one for one in latest if one.pk not in hidden]
    rules = [f"{one.if_situation} {one.then_action}" for one in lessons]
    shared = likeness.shared_words(texts, rules)
    found = [
        RelatedLesson(one, one.is_linked, words, area in one.areas, results.get(str(one.pk)))
        for one, words in zip(lessons, shared, strict=True)
    ]
    stays = [one for one in found if one.is_used or str(one.lesson.pk) in shown]
    others = [one for one in found if one not in stays and one.is_found]
    others.sort(key=lambda one: (not one.is_linked, -len(one.words), not one.in_area))
    return [*stays, *others][:SHOWN]


def _latest(person: User, _day: date) -> LessonQuerySet:
    lessons = person.lessons.active().with_uses().annotate(is_linked=_linked(person))
    return lessons.order_by("-id")[:LATEST]


def _uses_near(person: User, _day: date) -> Any:
    uses = person.lessonuses.live().filter(in_given("linked_id"))
    return uses.values("lesson_id", "linked_id", "result")


def _linked(person: User) -> Q:
    """Whether a thread joins the lesson to one of the given rows, or threads join both to a third
    row."""
    next_to = (
        person.threads.filter(in_given("from_id")).values("to_id"),
        person.threads.filter(in_given("to_id")).values("from_id"),
    )

    def joins(lesson_end: str, other_end: str) -> Exists:
        rows = person.threads.filter(
            **{f"{lesson_end}_kind": "lesson", f"{lesson_end}_id": OuterRef("pk")}
        )
        name = f"{other_end}_id"
        there, back = (Q(**{f"{name}__in": ids}) for ids in next_to)
        return Exists(rows.filter(Q(in_given(name)) | there | back))

    return Q(joins("to", "from")) | Q(joins("from", "to"))


def uses_at(person: User, *ids: UUID) -> LessonUseQuerySet:
    """The uses recorded next to these rows, each with its lesson."""
    uses = person.lessonuses.of_live_lessons().filter(linked_id__in=ids)
    return uses.select_related("lesson").latest_first()
