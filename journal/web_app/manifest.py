"""The web app manifest: how an installed window looks, and what it offers before it is open.

There is one for each name that a person can choose. Both are the same for everyone and hold nothing
about anyone, so the browser fetches them without cookies. Both name the same app (`id`): a browser
that has installed it takes over the other name and icon when the person chooses them. Under the
neutral name, the shortcuts are neutral too, since a long press on the icon shows them.
"""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from journal.people.models import User

PAPER = "#f6f4ef"  # as in templates/parts/_head.html
START = "/today/?app=1"
PHOTOS = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"]
AppName = User.AppName
SHORTCUTS = {
    AppName.SELFTRUST: (_("Check in"), _("Write"), _("A hard moment")),
    AppName.NOTES: (_("Today"), _("Write"), pgettext_lazy("a short pause", "Pause")),
}
OPENED = ("today:today", "entries:write", "compassion:new")


def manifest(name: AppName) -> dict[str, Any]:
    return {
        "id": "/",
        "name": str(name.label),
        "short_name": str(name.label),
        "lang": get_language(),
        "start_url": START,
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": list(_icons(name)),
        "shortcuts": [
            {"name": str(label), "url": reverse(address)}
            for label, address in zip(SHORTCUTS[name], OPENED, strict=True)
        ],
        # Without a CSRF token: the page shows the text in a form (entries/capture_views.py). Photos
        # wait in the service worker (static/worker/share.js).
        "share_target": {
            "action": reverse("capture:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "photos", "accept": PHOTOS}],
            },
        },
    }


def _icons(name: AppName) -> Iterator[dict[str, str]]:
    """The larger one keeps clear of the edge, so that a mask of any shape leaves it whole."""
    for size, purpose in ((192, "any"), (512, "any"), (512, "maskable")):
        yield {
            "src": static(f"{name.icon}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
