from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from journal.people.models import User
from journal.privacy.http import Request


class SignedInRequest(Request):
    """What a view behind `login_required` gets: someone is there."""

    user: User


def next_url(request: HttpRequest, otherwise: str) -> str:
    """Where `next` asks to go, if that is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    own = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if own else otherwise
