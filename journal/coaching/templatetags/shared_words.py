from django import template

from journal.coaching import details
from journal.coaching.shown import Item

register = template.Library()


@register.filter
def quote(item: Item) -> str:
    return details.quote(item)


@register.filter
def said(item: Item) -> str:
    return details.said(item)
