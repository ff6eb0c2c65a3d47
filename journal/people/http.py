from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from journal.people.models import User
from journal.privacy.http import Request


class SignedInRequest(Request):
    """The request of a view behind `login_required`: its user is authenticated."""

    user: User


def next_url(request: HttpRequest, otherwise: str) -> str:
    """The address in `next`, if it is on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    own = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if own else otherwise
