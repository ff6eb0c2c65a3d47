"""Hard moments a page at a time, and what of them waits."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from journal.guide.flow import Draft
from journal.guide.todo_items import Asked, TodoItem, draft_item
from journal.people.models import User
from journal.reflections.compassion.models import SelfCompassion, SelfCompassionQuerySet
from journal.reflections.compassion.steps import FLOW

PAGE, DRAFTS_SHOWN = 20, 10


@dataclass(frozen=True)
class MomentsPage:
    rows: list[SelfCompassion]
    last: SelfCompassion | None  # where the next page begins, if there is one


def build_page(person: User, day: date | None, moment: UUID | None) -> MomentsPage:
    """One statement, however many there are."""
    moments = person.selfcompassions.finished().newest_first()
    if day and moment:
        moments = moments.before(day, moment)
    rows = list(moments[: PAGE + 1])
    return MomentsPage(rows[:PAGE], rows[PAGE - 1] if len(rows) > PAGE else None)


def drafts(person: User) -> list[Draft]:
    return [
        FLOW.draft(row) for row in person.selfcompassions.drafts().newest_first()[:DRAFTS_SHOWN]
    ]


def may_wait(person: User, day: date) -> SelfCompassionQuerySet:
    """Drafts of the last seven days and kind acts of the last three."""
    return person.selfcompassions.waiting(day).newest_first()


def todo_items_of(row: SelfCompassion, _day: date) -> list[TodoItem]:
    if not row.finished_at:
        return [draft_item(FLOW.draft(row))]
    text = _("A small kind act you had in mind.")
    return [TodoItem(row.kind_action, text, row.get_absolute_url())]


waiting = Asked("comp", may_wait, todo_items_of)
