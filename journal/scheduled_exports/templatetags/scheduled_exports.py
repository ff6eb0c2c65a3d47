from typing import Any

from django import template

from journal.scheduled_exports.models import state_of

register = template.Library()


@register.inclusion_tag("scheduled_exports/_link.html", takes_context=True)
def scheduled_exports(context: Any) -> dict[str, Any]:
    """How the person's scheduled exports stand, and the way there."""
    return state_of(context["request"].user)
