"""The list of mistakes, a page at a time, and the items they add to the waiting list."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from journal.guide.flow import Draft
from journal.guide.todo_items import TodoItem, TodoSource, draft_item
from journal.people.models import User
from journal.people.pagination import Page, first_page
from journal.reflections.mistakes.models import Mistake, MistakeQuerySet
from journal.reflections.mistakes.steps import FLOW


def build_page(person: User, before: UUID | None) -> Page[Mistake]:
    rows = person.mistakes.finished().newest_first()
    return first_page(rows.before(before) if before else rows)


def drafts(person: User) -> list[Draft]:
    return FLOW.drafts(person.mistakes.drafts().newest_first())


def may_wait(person: User, day: date) -> MistakeQuerySet:
    """Drafts, and repairs that are due."""
    return person.mistakes.waiting(day).newest_first()


def todo_items_of(row: Mistake, _day: date) -> list[TodoItem]:
    """A repair shows its own words: the waiting list never repeats the mistake itself."""
    if not row.finished_at:
        return [draft_item(FLOW.draft(row))]
    text, address = _("Something you wanted to put right."), row.get_absolute_url()
    return [TodoItem(row.repair, text, address, on=row.repair_on)]


waiting = TodoSource("mist", may_wait, todo_items_of)
