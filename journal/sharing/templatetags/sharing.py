"""{% load sharing %}{% sharing row %}: the sharing panel of one item."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from journal.sharing import sharing_panel, talk

register = template.Library()


@register.simple_tag(takes_context=True)
def sharing(context: Context, row: Any) -> SafeString | str:
    """Runs one statement, and one more after a new comment; renders nothing for a person who never
    had a coach."""
    request: Any = context["request"]
    found = sharing_panel.sharing_panel(request.user, row)
    if found is None:
        return ""
    shown = render_to_string("sharing/_sharing_panel.html", {"panel": found}, request)
    talk.mark_seen(one for one, _link in found.talks)
    return shown
