"""A client's response to a coach's suggestion: accept, change, or decline, without reasons.

The coach learns which of the three, and nothing more: neither the changed words nor
whether the client ever did it.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.guide.todo_items import TodoItem, TodoSource
from journal.lessons import threads
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.promises.models import Promise
from journal.promises.steps import FLOW
from journal.reflections.entries.prompts.models import OWN_PROMPT_CHARACTERS, OwnPrompt
from journal.sharing.models.messages import Suggestion
from journal.sharing.shareable import Practice

What, State = Suggestion.What, Suggestion.State

FIRST_STEPS = {
    Practice.PROMISES: "promises:new",
    Practice.BOUNDARIES: "boundaries:new",
    Practice.SELF_COMPASSION: "compassion:new",
    Practice.DECISIONS: "decisions:new",
    Practice.MISTAKES: "mistakes:new",
}


def may_wait(person: User, day: date) -> QuerySet:
    return Suggestion.objects.filter(owner=person).waiting(day).order_by("id")[:3]


def _lines(row: Suggestion, _day: date) -> list[TodoItem]:
    text = str(row.get_what_display())
    if row.by_on:
        text = _("%(what)s, by %(day)s if you like") % {
            "what": text,
            "day": date_format(row.by_on, "j F"),
        }
    title = _("Your coach has a suggestion")
    return [TodoItem(title, text, reverse("sharing:suggestion", args=[row.pk]), own=False)]


def _lines_by_day(row: Suggestion, day: date) -> list[TodoItem]:
    return [replace(line, on=row.by_on) for line in _lines(row, day)]


waiting = TodoSource("coach", may_wait, _lines)
dated = TodoSource("coach", may_wait, _lines_by_day)  # Today lists them after what has a day


def decline(row: Suggestion) -> None:
    _answer(row, State.DECLINED)


def take(row: Suggestion, *, text: str = "", practice: str = "") -> str:
    """Accepts it and returns the next address. Other words, or another
    practice, count as a change."""
    changed = (text and text != row.text) or (practice and practice != row.practice)
    _answer(row, State.CHANGED if changed else State.TAKEN)
    if row.what == What.PRACTICE:
        chosen = Practice(practice or row.practice)
        asked = "?mode=break" if chosen == Practice.SELF_COMPASSION else ""
        return f"{reverse(FIRST_STEPS[chosen])}{asked}"
    if row.what == What.PROMPT:
        return _prompt(row.owner, text or row.text)
    return promise_draft(row.owner, text or row.text)


def _answer(row: Suggestion, state: str) -> None:
    row.state, row.answered_at = state, timezone.now()
    row.save(update_fields=["state", "answered_at"])


def _prompt(person: User, text: str) -> str:
    """Adds it to the client's own prompts and opens it for writing."""
    prompt = OwnPrompt(owner=person, text=text)
    prompt.save(force_insert=True)
    return prompt.write_address


def promise_draft(person: User, text: str, came_from: OwnedModel | None = None) -> str:
    """Makes a draft, which the client can finish or discard."""
    draft = Promise.new_for(person)
    draft.statement = text
    draft.step = "promise"
    draft.save(force_insert=True)
    if came_from:
        threads.tie(person, came_from, draft)
    return FLOW.resume_address(draft)


def most(what: str) -> int:
    """The maximum length of the client's version."""
    if what == What.PROMPT:
        return OWN_PROMPT_CHARACTERS
    field: Any = Promise._meta.get_field("statement")
    return field.max_length
