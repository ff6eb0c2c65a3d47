from uuid import UUID

from journal.people.models import User
from journal.reflections.entries.entry_templates.models import EntryTemplate
from journal.reflections.entries.entry_templates.shipped import SHIPPED, ShippedTemplate

AnyTemplate = EntryTemplate | ShippedTemplate


def offered(person: User) -> list[AnyTemplate]:
    """The person's own ones, in the order in which they were made, then the shipped ones."""
    return [*person.entry_templates.live().order_by("id"), *SHIPPED]


def find(person: User, reference: str) -> AnyTemplate | None:
    """The template that a button names: a shipped one, or the id of an own one."""
    for one in SHIPPED:
        if one.pk == reference:
            return one
    try:
        pk = UUID(reference)
    except ValueError:
        return None
    return person.entry_templates.live().filter(pk=pk).first()


def below(text: str, template: AnyTemplate | None) -> str:
    """The text with the template's lines below it; nothing is replaced."""
    if template is None:
        return text
    lines = str(template.lines).replace("\r\n", "\n")
    return f"{text.rstrip()}\n\n{lines}" if text.strip() else lines
