"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from collections.abc import Callable

from journal.lessons import threads
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.lessons.factories import make_due, make_use
from tests.promises.factories import make_promise
from tests.reflections.mistakes_factories import (
    LESSON,
    make_draft,
    make_full_mistake,
    make_mistake,
    put_at_rest,
    reread,
)


def complete(ada: User) -> str:
    return make_full_mistake(ada).get_absolute_url()


def without_lesson(ada: User) -> str:
    mistake = make_mistake(ada)
    with acting_as(ada):
        ada.lessons.get().trash()
    return mistake.get_absolute_url()


def at_rest(ada: User) -> str:
    mistake = put_at_rest(make_full_mistake(ada), intensity_after=2)
    with acting_as(ada):
        mistake.repair_is_done(done=True)
    return mistake.get_absolute_url()


def from_a_promise(ada: User) -> str:
    promise, mistake = make_promise(ada), make_mistake(ada)
    with acting_as(ada):
        threads.tie(ada, promise, mistake)
    return mistake.get_absolute_url()


def after_a_promise(ada: User) -> str:
    return f"/mistakes/new/?from_kind=promise&from_id={make_promise(ada).pk}&on=2026-11-02"


def removed(ada: User) -> str:
    mistake = make_mistake(ada)
    with acting_as(ada):
        mistake.trash()
    return "/mistakes/trash/"


def every_kind(ada: User) -> str:
    for make in (complete, at_rest, from_a_promise):
        make(ada)
    make_draft(ada)
    make_use(make_due(ada))
    return "/mistakes/"


def earlier(ada: User) -> str:
    make_mistake(ada, "Sent it unchecked")
    return f"/mistakes/?before={make_mistake(ada).pk}"


def step(slug: str) -> Callable[[User], str]:
    def show(ada: User) -> str:
        make_use(make_due(ada))
        draft = make_draft(ada, step="check")
        with acting_as(ada):
            draft.intensity_before, draft.my_part = 9, "I shouted first"
            draft.repair = "Call him on Sunday"
            for name, value in LESSON.items():
                setattr(draft, name, value)
            draft.save()
        return f"/mistakes/{reread(draft).pk}/step/{slug}/"

    return show


def rest(ada: User) -> str:
    return complete(ada) + "rest/"
