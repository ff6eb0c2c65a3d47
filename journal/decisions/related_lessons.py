"""The person's own lessons from the same area of life, shown next to a decision."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.decisions.models import Decision
from journal.lessons.models import Lesson
from journal.lessons.queries import for_area

MOST_LESSONS = 3


@dataclass(frozen=True)
class RelatedLesson:
    lesson: Lesson
    is_used: bool  # for this very decision

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


def find_related_lessons(decision: Decision) -> list[RelatedLesson]:
    """Up to three active lessons of its area, without hidden ones."""
    person = decision.owner
    lessons = list(
        for_area(person, decision.area).exclude(pk__in=decision.hidden_lessons)[:MOST_LESSONS]
    )
    uses = person.lessonuses.live().filter(linked_kind="decision", linked_id=decision.pk)
    used = set(uses.values_list("lesson_id", flat=True)) if lessons else set()
    return [RelatedLesson(lesson, lesson.pk in used) for lesson in lessons]
