from journal.guide import line_templates
from journal.guide.line_templates import ShippedTemplate
from journal.people.models import User
from journal.reflections.entries.entry_templates.models import EntryTemplate
from journal.reflections.entries.entry_templates.shipped import SHIPPED

AnyTemplate = EntryTemplate | ShippedTemplate


def offered(person: User) -> list[AnyTemplate]:
    """The person's own ones, in the order in which they were made, then the shipped ones."""
    return [*person.entry_templates.live().order_by("id"), *SHIPPED]


def find(person: User, reference: str) -> AnyTemplate | None:
    return line_templates.find(person.entry_templates.live(), SHIPPED, reference)
