"""What can wait, as the one list that Today folds: what has a day, by day; then what a coach sent;
then the lesson of the day; then what has no day; one offer, one prompt; and the way to earlier
entries."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.lessons import queries as lessons
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts.models import OwnPrompt
from journal.reflections.entries.prompts.selection import AnyPrompt
from journal.today import offers
from journal.today.waiting import TodoRow

COACH = "coach"


def later_rows(
    waiting: Sequence[TodoRow],
    lesson: lessons.Today | None,
    offer: offers.Offer | None,
    prompt: AnyPrompt | None,
    last_entry: Entry | None,
) -> list[TodoRow]:
    dated = sorted((row for row in waiting if row.on), key=lambda row: row.on or date.max)
    others = [row for row in waiting if not row.on]
    of_coach = [row for row in others if row.icon == COACH]
    rest = [_offer_row(row) if row.offer else row for row in others if row.icon != COACH]
    last = [*_offer(offer), *_prompt(prompt), *_entries(last_entry)]
    return [*dated, *of_coach, *_lesson(lesson), *rest, *last]


def _offer_row(row: TodoRow) -> TodoRow:
    """The card with its buttons is under Practices."""
    title, text = _("This keeps coming back"), _("Another way to look at it")
    return TodoRow(title, text, f"{reverse('today:practices')}#offer", row.icon)


def _lesson(todays: lessons.Today | None) -> list[TodoRow]:
    """Nothing once it is answered."""
    if not todays or todays.answer:
        return []
    address = f"{reverse('lessons:list')}#todays-lesson"
    title, text = _("A lesson for today"), todays.lesson.if_situation
    return [TodoRow(title, text, address, "mist")]


def _offer(offer: offers.Offer | None) -> list[TodoRow]:
    """What the start left out, one thing a day."""
    if offer is None:
        return []
    return [TodoRow(str(offer.title), str(offer.text), offer.address, offer.icon)]


def _prompt(prompt: AnyPrompt | None) -> list[TodoRow]:
    if prompt is None:
        return []
    text, icon = _("A question to write about"), prompt.drawing or "pen"
    own = isinstance(prompt, OwnPrompt)
    return [TodoRow(prompt.question, text, prompt.write_address, icon, own=own)]


def _entries(last: Entry | None) -> list[TodoRow]:
    """One row without any words of theirs: others may see this page."""
    if last is None:
        return []
    text = _("The last one: %(day)s") % {"day": date_format(last.written_on, "l j F")}
    return [TodoRow(_("Earlier entries"), text, reverse("entries:list"), "journal")]
