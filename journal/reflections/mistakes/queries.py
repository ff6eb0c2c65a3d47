"""The list of mistakes, a page at a time, and what of them waits."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from journal.guide.flow import Draft
from journal.guide.todo_items import Asked, TodoItem, draft_item
from journal.people.models import User
from journal.reflections.mistakes.models import Mistake, MistakeQuerySet
from journal.reflections.mistakes.steps import FLOW

PAGE, DRAFTS_SHOWN = 20, 10


@dataclass(frozen=True)
class MistakesPage:
    rows: list[Mistake]
    last: Mistake | None  # where the next page begins, if there is one


def build_page(person: User, before: UUID | None) -> MistakesPage:
    """One statement, however many there are."""
    rows = person.mistakes.finished().newest_first()
    if before:
        rows = rows.before(before)
    found = list(rows[: PAGE + 1])
    return MistakesPage(found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None)


def drafts(person: User) -> list[Draft]:
    return [FLOW.draft(row) for row in person.mistakes.drafts().newest_first()[:DRAFTS_SHOWN]]


def may_wait(person: User, day: date) -> MistakeQuerySet:
    """Drafts and repairs due."""
    return person.mistakes.waiting(day).newest_first()


def todo_items_of(row: Mistake, _day: date) -> list[TodoItem]:
    """A repair is shown by its own words: mistakes themselves do not come back."""
    if not row.finished_at:
        return [draft_item(FLOW.draft(row))]
    return [TodoItem(row.repair, _("Something you wanted to mend."), row.get_absolute_url())]


waiting = Asked("mist", may_wait, todo_items_of)
