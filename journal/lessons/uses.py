from journal.lessons import threads
from journal.lessons.models import Lesson, LessonUse
from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import OwnedModel


def use_beside(person: User, lesson: Lesson, row: OwnedModel) -> LessonUse:
    """The lesson stood beside something (a decision, say) and the person used it.

    Whether it helped is asked later, on the lesson's own page. Doing it twice is doing it once.
    """
    kind, pk = threads.reference(row)
    use, _made = person.lessonuses.get_or_create(
        lesson=lesson,
        linked_kind=kind,
        linked_id=pk,
        defaults={"used_on": clock.today(person)},
    )
    if use.deleted_at:
        use.restore()
    threads.tie(person, lesson, row)
    return use
