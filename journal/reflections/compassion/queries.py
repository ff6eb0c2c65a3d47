"""Hard moments, a page at a time, and the items they add to the waiting list."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from journal.guide.flow import Draft
from journal.guide.todo_items import TodoItem, TodoSource, draft_item
from journal.people.models import User
from journal.people.pagination import Page, first_page
from journal.reflections.compassion.models import SelfCompassion, SelfCompassionQuerySet
from journal.reflections.compassion.steps import FLOW


def build_page(person: User, day: date | None, moment: UUID | None) -> Page[SelfCompassion]:
    moments = person.selfcompassions.finished().newest_first()
    if day and moment:
        moments = moments.before(day, moment)
    return first_page(moments)


def drafts(person: User) -> list[Draft]:
    return FLOW.drafts(person.selfcompassions.drafts().newest_first())


def may_wait(person: User, day: date) -> SelfCompassionQuerySet:
    """Drafts of the last seven days, and open kind acts of the last three."""
    return person.selfcompassions.waiting(day).newest_first()


def todo_items_of(row: SelfCompassion, _day: date) -> list[TodoItem]:
    if not row.finished_at:
        return [draft_item(FLOW.draft(row))]
    text = _("Something kind you planned to do.")
    return [TodoItem(row.kind_action, text, row.get_absolute_url())]


waiting = TodoSource("comp", may_wait, todo_items_of)
