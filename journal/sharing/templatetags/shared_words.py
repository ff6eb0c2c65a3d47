from django import template

from journal.sharing import shared_fields
from journal.sharing.coach_queries import Item

register = template.Library()


@register.filter
def quote(item: Item) -> str:
    return shared_fields.quote(item)


@register.filter
def said(item: Item) -> str:
    return shared_fields.said(item)
