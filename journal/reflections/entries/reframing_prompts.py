"""The two questions behind an offer. They appear above a new entry and are not stored."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journal.people.models import User

OBSERVER, NEXT = "observer", "next"


@dataclass(frozen=True)
class Question:
    """The attributes that reflections/entries/_prompt.html needs of a prompt."""

    pk: str
    question: str
    practice: str = ""
    drawing: str = ""
    owner_id: None = None


def find(person: User, name: str) -> Question | None:
    if name == NEXT:
        return Question(NEXT, _("What is one next thing you could do, small enough to begin?"))
    if name != OBSERVER:
        return None
    if not person.called:
        return Question(OBSERVER, _("What would someone who knows you well see here?"))
    said = _("What would someone who knows %(name)s well see here?") % {"name": person.called}
    return Question(OBSERVER, said)
