"""System checks of the sign-in settings, for the operator."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _


def proxies_are_counted(**_options: Any) -> list[checks.CheckMessage]:
    """Warns of production without a trusted proxy: all requests seem to have one address."""
    if not settings.PRODUCTION or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    text = _("Sign-in attempts are counted as if everyone came from one network.")
    hint = _("Set TRUSTED_PROXIES to the number of your own proxies in front of this server.")
    return [checks.Warning(text, hint=hint, id="people.W001")]
