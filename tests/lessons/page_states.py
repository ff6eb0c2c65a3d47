"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from collections.abc import Callable
from datetime import timedelta

from journal.lessons import threads
from journal.lessons.threads import came_up_at, use_lesson_for
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing
from tests.lessons.factories import make_due, make_lesson, make_use
from tests.promises.factories import make_draft, make_promise

Show = Callable[[User], str]


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


def never_helped(ada: User) -> str:
    """A lesson whose words are offered for rewriting."""
    lesson = make_lesson(ada)
    for result in ("did_not_help", "came_up_but_forgot", "did_not_help"):
        make_use(lesson, result)
    return lesson.get_absolute_url()


def beside_promise(end: str) -> Show:
    """A promise at which one lesson was used and another could be."""

    def show(ada: User) -> str:
        promise = make_promise(ada, "Walk after lunch")
        make_lesson(ada, "it rains at lunch", "take the stairs")
        with acting_as(ada):
            use_lesson_for(ada, make_lesson(ada), promise)
        return f"{promise.get_absolute_url()}{end}"

    return show


def beside_draft(ada: User) -> str:
    make_lesson(ada, "it rains at lunch", "take the stairs")
    return f"/promises/{make_draft(ada, 'Walk after lunch').pk}/step/why/"


def beside_boundary(end: str) -> Show:
    """A boundary in an area with lessons, one of which came up when it was crossed."""

    def show(ada: User) -> str:
        boundary, lesson = make_boundary(ada), make_lesson(ada)
        make_lesson(ada, "Sam calls late", "let it ring")
        crossing = make_crossing(boundary)
        with acting_as(ada):
            came_up_at(crossing, lesson, "came_up_but_forgot", clock.today(ada))
        return f"{boundary.get_absolute_url()}{end.format(crossing=crossing.pk)}"

    return show


def one_use(ada: User) -> str:
    return f"/lessons/uses/{make_use(make_lesson(ada), note='It was close').pk}/"


def promise(ada: User) -> str:
    return f"/promises/new/?lesson={make_lesson(ada).pk}&step=promise"


def kept_promise(ada: User) -> str:
    return make_promise(ada, "Open the calendar", lesson=make_lesson(ada)).get_absolute_url()
