"""Plain functions that make mistakes, each written behind the wall as its owner."""

from datetime import timedelta
from typing import Any

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.mistakes.models import Mistake

LESSON = {
    "if_situation": "I promise a call",
    "then_action": "set an alarm",
    "areas": ["family"],
}


def make_mistake(person: User, title: str = "Forgot the call", **fields: Any) -> Mistake:
    """Looked at, with its lesson."""
    with acting_as(person):
        mistake = Mistake.new_for(person)
        mistake.title, mistake.step = title, "check"
        for name, value in {"what_happened": "I forgot", **LESSON, **fields}.items():
            setattr(mistake, name, value)
        mistake.save(force_insert=True)
        mistake.finish()
    return mistake


def make_full_mistake(person: User, word: str = "call") -> Mistake:
    """Everything a mistake can have, with `word` in every sentence."""
    fields = ("expected", "what_happened", "conditions", "my_part", "not_mine", "repair")
    fields += ("forgiveness_note", "if_situation", "then_action")
    words = {name: f"{name} {word}" for name in fields}
    soon = clock.today(person) + timedelta(days=2)
    return make_mistake(person, f"The {word}", intensity_before=8, repair_on=soon, **words)


def make_draft(person: User, what: str = "Snapped at Dad", step: str = "my-part") -> Mistake:
    with acting_as(person):
        draft = Mistake.new_for(person)
        draft.title = draft.what_happened = what
        draft.step = step
        draft.save(force_insert=True)
    return draft


def put_at_rest(mistake: Mistake, intensity_after: int | None = None) -> Mistake:
    with acting_as(mistake.owner):
        mistake.intensity_after = intensity_after
        mistake.rest()
    return mistake


def reread(row: Any) -> Any:
    with acting_as(row.owner):
        return type(row).objects.get(pk=row.pk)
