"""What a page can say about the installation it is served by."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def host_name() -> str:
    """Who runs this server, as the person reads it; empty when it was not said."""
    return settings.HOST_NAME


@register.simple_tag
def mail_works() -> bool:
    return settings.MAIL_WORKS
