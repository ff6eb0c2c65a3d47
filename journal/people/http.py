import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from journal.privacy.http import Request

if TYPE_CHECKING:  # selftrust/wsgi.py imports this before the apps are loaded
    from journal.people.models import User

API_PATH = "/api/v1/"  # what programs ask for, by token (journal/api/)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class SignedInRequest(Request):
    """The request of a view behind `login_required`: its user is authenticated."""

    user: "User"


def next_url(request: HttpRequest, otherwise: str) -> str:
    """The address in `next`, if it is on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_local(asked) else otherwise


def is_local(address: str) -> bool:
    """Whether it is a path on this site, for every reader of it: browsers drop control characters
    from an address, so "/\\t/host" would be "//host"."""
    return (
        address.startswith("/")
        and not CONTROL.search(address)
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


def page_around(request: HttpRequest) -> str:
    """The page into which htmx would swap the response, without its host."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    address = f"{here.path or '/'}{'?' + here.query if here.query else ''}"
    return address if is_local(address) else "/"
