"""The two questions behind an offer. They appear above a new entry and are not stored."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journal.people.models import User
from journal.people.text_direction import isolate

OBSERVER, NEXT = "observer", "next"


@dataclass(frozen=True)
class ReframingPrompt:
    """The attributes that reflections/entries/_prompt.html needs of a prompt."""

    pk: str
    question: str
    practice: str = ""
    drawing: str = ""
    owner_id: None = None


def find(person: User, name: str) -> ReframingPrompt | None:
    if name == NEXT:
        return ReframingPrompt(NEXT, _("What’s one small thing you could do next?"))
    if name != OBSERVER:
        return None
    if not person.called:
        return ReframingPrompt(OBSERVER, _("What would someone who knows you well see here?"))
    said = _("What would someone who knows %(name)s well see here?")
    return ReframingPrompt(OBSERVER, said % {"name": isolate(person.called)})
