"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from datetime import timedelta

from journal.lessons import threads
from journal.lessons.threads import use_lesson_for
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.lessons.factories import make_due, make_lesson, make_use
from tests.promises.factories import make_promise


def every_kind(ada: User) -> str:
    today = clock.today(ada)
    promise = make_promise(ada, "Call Ida on Sundays")
    first = make_due(ada, 2, box=2, areas=["family", "work"])
    for result in ("helped", "partly", "came_up_but_forgot"):
        make_use(first, result)
    with acting_as(ada):
        threads.tie(ada, promise, first)
    make_lesson(ada, "an estimate goes out", "have it read by a second person", box=4)
    make_lesson(ada, "I skip lunch", "postpone big choices", state="resting", next_due=None)
    ended = make_lesson(ada, "I am late twice", "start earlier", ["time"])
    make_use(ended, used_on=today - timedelta(days=20))
    with acting_as(ada):
        ended.retire()
    return "/lessons/"


def used(ada: User) -> str:
    """With uses, one of them not told yet, threads both ways, and an answered return."""
    promise, other = make_promise(ada, "Call Ida on Sundays"), make_promise(ada, "Swim")
    lesson = make_due(ada, areas=["family"])
    make_use(lesson, note="The calendar was full, so I said so")
    with acting_as(ada):
        threads.tie(ada, promise, lesson)
        use_lesson_for(ada, lesson, other)
        lesson.answer(clock.today(ada), "useful")
    return lesson.get_absolute_url()


def one_use(ada: User) -> str:
    return f"/lessons/uses/{make_use(make_lesson(ada), note='It was close').pk}/"


def promise(ada: User) -> str:
    return f"/promises/new/?lesson={make_lesson(ada).pk}&step=promise"


def kept_promise(ada: User) -> str:
    return make_promise(ada, "Open the calendar", lesson=make_lesson(ada)).get_absolute_url()
