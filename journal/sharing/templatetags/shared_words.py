from django import template

from journal.sharing import shared_fields, third_person
from journal.sharing.coach_queries import Item

register = template.Library()
register.filter("facts", third_person.facts)


@register.filter
def quote(item: Item) -> str:
    return shared_fields.quote(item)
