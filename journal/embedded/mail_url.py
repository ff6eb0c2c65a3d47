"""EMAIL_URL as Django's settings; CannotStart on anything that would be ignored."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from journal.embedded.errors import CannotStart

PLAINLY = "EMAIL_URL has to look like smtp+tls://user:password@host:587"


def settings_of(url: str) -> dict[str, Any]:
    try:
        settings = environ.Env.email_url_config(url)
    except (ImproperlyConfigured, ValueError) as error:
        raise CannotStart(f"{PLAINLY}.") from error
    if ignored := settings.pop("OPTIONS", None):
        raise CannotStart(f"{PLAINLY}, without {', '.join(ignored).lower()}.")
    return dict(settings)
