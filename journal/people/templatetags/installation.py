"""Template tags for the settings of the installation."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def host_name() -> str:
    """The name of the operator of this server; empty if it is not set."""
    return settings.HOST_NAME


@register.simple_tag
def mail_works() -> bool:
    return settings.MAIL_WORKS
