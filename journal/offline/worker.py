"""The service worker's list of files, and its version.

The addresses of static files hold a hash, and the version is a digest of these addresses and of the
offline pages. So the text of /sw.js changes with each release that changes the shell, and each
browser then installs the new worker.
"""

import hashlib
import json
from functools import cache

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language

FILES = (
    "css/selftrust.css",
    "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "fonts/literata-latin-wght-normal.woff2",
    "js/page.js",
    "js/counter.js",
    "js/device.js",
    "js/outbox.js",
    "js/offline.js",
    "mark.svg",
    "mark-32.png",
)
OFFLINE_PAGE = "/offline/"
PAGES = (
    OFFLINE_PAGE,
    "/offline/grounding/",
    "/support/",
)  # the same for everyone: the only pages that a device keeps


def source() -> str:
    return _source(get_language())


@cache
def _source(language: str | None) -> str:
    files = [static(name) for name in FILES]
    pages = [render_to_string(f"offline/{name}.html") for name in ("offline", "grounding")]
    version = hashlib.sha256("\n".join([*files, *pages]).encode()).hexdigest()[:12]
    shell = {"version": version, "files": files, "pages": PAGES, "offline": OFFLINE_PAGE}
    shell["language"] = language or ""
    return render_to_string("offline/sw.js", {"shell": json.dumps(shell)})
