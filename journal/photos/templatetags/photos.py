from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("photos/_space.html", takes_context=True)
def photo_space(context: Any) -> dict[str, int]:
    """How much space the person's photos take, of how much they may take."""
    person = context["request"].user
    return {"used": person.photos.bytes_stored(), "most": settings.PHOTOS_QUOTA}
