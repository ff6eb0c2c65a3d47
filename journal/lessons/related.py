"""The person's own lessons beside what they do: a decision, a promise, a boundary, a crossing.

They are found by area, by thread and by likeness of words. One statement reads the latest active
lessons; their words are compared here, within the request, and nothing about them is stored.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.lessons import likeness, threads
from journal.lessons.models import Lesson, LessonQuerySet, LessonUseQuerySet
from journal.people.models import User
from journal.privacy.ownership import OwnedModel

LATEST, SHOWN = 300, 3  # lessons looked through, and shown
Ids = Sequence[UUID] | QuerySet[Any]


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
        text = ", ".join(words for is_so, words in found if is_so)
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
    around: Sequence[Ids] = (),
    hidden: Sequence[UUID] = (),
    shown: Container[str] = (),
) -> list[RelatedLesson]:
    """Up to three active lessons for a row of the person's, which need not be stored yet. Threads
    to `around` count like those to the row. First come the ones used here or `shown` before (by
    id), then the linked ones, those with the most words in common, of the area, and the newest."""
    lessons = list(_latest(row, around).exclude(pk__in=hidden)[:LATEST])
    rules = [f"{one.if_situation} {one.then_action}" for one in lessons]
    shared = likeness.shared_words(texts, rules)
    found = [
        RelatedLesson(lesson, lesson.is_linked, words, area in lesson.areas, lesson.result)
        for lesson, words in zip(lessons, shared, strict=True)
    ]
    stays = [one for one in found if one.is_used or str(one.lesson.pk) in shown]
    others = [one for one in found if one not in stays and one.is_found]
    others.sort(key=lambda one: (not one.is_linked, -len(one.words), not one.in_area))
    return [*stays, *others][:SHOWN]


def _latest(row: OwnedModel, around: Sequence[Ids]) -> LessonQuerySet:
    person: User = row.owner
    kind, pk = threads.reference(row)
    here = Q(uses__linked_kind=kind, uses__linked_id=pk, uses__deleted_at=None)
    return (
        person.lessons.active()
        .with_uses()
        .annotate(here=FilteredRelation("uses", condition=here))
        .annotate(
            result=F("here__result"),
            is_linked=_linked(person, pk, around),
        )
        .order_by("-id")
    )


def _linked(person: User, pk: UUID, around: Sequence[Ids]) -> Q:
    """Whether a thread joins the lesson to one of the rows, or threads join both to a third row."""

    def at(end: str, *more: Ids) -> Q:
        return reduce(or_, (Q(**{f"{end}__in": ids}) for ids in ([pk], *around, *more)))

    next_to = (
        person.threads.filter(at("from_id")).values("to_id"),
        person.threads.filter(at("to_id")).values("from_id"),
    )

    def joins(lesson_end: str, other_end: str) -> Exists:
        rows = person.threads.filter(
            **{f"{lesson_end}_kind": "lesson", f"{lesson_end}_id": OuterRef("pk")}
        )
        return Exists(rows.filter(at(f"{other_end}_id", *next_to)))

    return Q(joins("to", "from")) | Q(joins("from", "to"))


def uses_at(person: User, *ids: UUID) -> LessonUseQuerySet:
    """The uses recorded next to these rows, each with its lesson."""
    uses = person.lessonuses.of_live_lessons().filter(linked_id__in=ids)
    return uses.select_related("lesson").latest_first()
